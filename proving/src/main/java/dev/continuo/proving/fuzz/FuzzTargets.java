package dev.continuo.proving.fuzz;

import dev.continuo.hardware.franka.FciAnswer;
import dev.continuo.hardware.franka.FciAnswers;
import dev.continuo.hardware.franka.FciVersion;
import dev.continuo.hardware.franka.HandAnswers;
import dev.continuo.hardware.franka.HandStatus;
import java.util.List;
import java.util.Optional;

/** All targets, the fast ones first. */
public final class FuzzTargets {
    /** The name of a target with a planted bug. */
    public static final String CANARY = "canary";

    private static final long LITTLE = 1 << 20;
    private static final long SOME = 16 << 20;
    private static final long MUCH = 64 << 20;

    private FuzzTargets() {
    }

    /** Every target, made anew. */
    public static List<FuzzTarget> all() {
        return List.of(
            new FuzzTarget("slcan", 256, LITTLE, CanFuzz::slcan),
            new FuzzTarget("can-records", 512, LITTLE, CanFuzz::records),
            new FuzzTarget("bota", 256, LITTLE, new BotaFuzz()),
            new FuzzTarget("fci-state", 4096, LITTLE, FrankaFuzz::state),
            new FuzzTarget("fci-command", 1024, LITTLE, FrankaFuzz::command),
            new FuzzTarget("fci-request", 512, LITTLE, FrankaFuzz::request),
            new FuzzTarget("fci-answer-panda", 512, MUCH, input -> FrankaFuzz.answers(new FciAnswers(FrankaFuzz.PEER, FciVersion.PANDA), FciAnswer::text, input)),
            new FuzzTarget("fci-answer-fr3", 512, MUCH, input -> FrankaFuzz.answers(new FciAnswers(FrankaFuzz.PEER, FciVersion.FR3), FciAnswer::text, input)),
            new FuzzTarget("hand-request", 128, LITTLE, FrankaFuzz::handRequest),
            new FuzzTarget("hand-answer", 256, LITTLE, input -> FrankaFuzz.answers(new HandAnswers(FrankaFuzz.PEER), answer -> HandStatus.of(answer.status()), input)),
            new FuzzTarget("message", 512, LITTLE, new MessageFuzz()),
            new FuzzTarget("arx-arm", 2048, LITTLE, CanFuzz::arm),
            new FuzzTarget("mjpeg", 4096, MUCH, PictureFuzz::stream),
            new FuzzTarget("fault-script", 512, LITTLE, new FileFuzz(".faults", FileFuzz::faultScript)),
            new FuzzTarget("arm-agent", 1024, SOME, new AgentFuzz()),
            new FuzzTarget("safetensors", 1024, SOME, new FileFuzz(".safetensors", FileFuzz::weights)),
            new FuzzTarget("jpeg", 2048, 4 * MUCH, new PictureFuzz()),
            new FuzzTarget("profile", 2048, MUCH, new FileFuzz(".conf", FileFuzz::profile)),
            new FuzzTarget("vlm-config", 2048, SOME, new FileFuzz(".json", FileFuzz::vlmConfig)),
            new FuzzTarget("policy-config", 1024, SOME, new FileFuzz(".json", FileFuzz::policyConfig)),
            new FuzzTarget("tokenizer", 4096, MUCH, new FileFuzz(".json", FileFuzz::tokenizer)));
    }

    /** The target of a name; beside those of {@link #all} there is {@value #CANARY}, whose planted bug a fuzzer must find. */
    public static Optional<FuzzTarget> named(final String name) {
        return name.equals(CANARY) ? Optional.of(new FuzzTarget(CANARY, 64, LITTLE, FuzzTargets::canary)) : all().stream().filter(target -> target.name().equals(name)).findFirst();
    }

    private static void canary(final byte[] input) {
        if (input.length > 3 && input[0] == 'B' && input[1] == 'U' && input[2] == 'G' && input[3] == '!') {
            throw new IllegalStateException("the planted bug");
        }
    }
}
