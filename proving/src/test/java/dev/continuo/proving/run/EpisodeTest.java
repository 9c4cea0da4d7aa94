package dev.continuo.proving.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.proving.fault.Fault;
import dev.continuo.proving.fault.FaultKind;
import dev.continuo.proving.fault.FaultScript;
import dev.continuo.proving.service.Sabotage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Lives of the whole service. Each fault has its own cell here; what they do together, campaigns try. */
class EpisodeTest {
    @TempDir
    private static Path folder;

    @BeforeAll
    static void beQuiet() {
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(ch.qos.logback.classic.Level.OFF);
    }

    @Test
    void withoutFaultsItStartsAndPlays() {
        final List<String> lines = new ArrayList<>();
        final Episode.Result result = new Episode(1, FaultScript.none(), Sabotage.NONE).run(folder, lines::add);
        assertTrue(result.isGood(), result.toString());
        assertTrue(lines.getLast().contains("brain-1 ends") && lines.stream().anyMatch(line -> line.endsWith("  playing")), lines.toString());
    }

    @Test
    void theSameSeedGivesTheSameLogAndAnotherGivesAnother() {
        final List<String> once = new ArrayList<>();
        final List<String> again = new ArrayList<>();
        final Episode episode = new Campaign(3, 30, 30, Sabotage.NONE).episode(0);
        final Episode.Result result = episode.run(folder, once::add);
        assertEquals(result, episode.run(folder, again::add));
        assertEquals(once, again);
        assertTrue(once.size() > 20, once.toString());
        assertNotEquals(result.digest(), new Episode(episode.seed() + 1, episode.script(), Sabotage.NONE).run(folder, _ -> { }).digest());
    }

    /** Each alone, long enough to show. */
    @ParameterizedTest
    @CsvSource({"bus-drop action_chunk 1", "bus-drop joint_state 1", "bus-drop camera_frame 1", "bus-drop instruction 1", "bus-duplicate action_chunk 1", "bus-delay action_chunk 1.5", "bus-reorder action_chunk 0.5",
        "bus-corrupt action_chunk 1", "bus-corrupt joint_state 1", "bus-corrupt camera_frame 1", "bus-corrupt reasoning 1", "bus-corrupt instruction 1", "partition - 0", "process-pause control 0",
        "process-pause brain 0", "process-jitter control 0.02", "process-kill - 0", "agent-hang arm-left 0", "agent-hang action 0", "agent-hang reasoning 0", "agent-hang camera-top 0", "agent-hang instruction 0",
        "agent-throw arm-right 0", "agent-throw action 0", "agent-throw reasoning 0", "agent-throw monitor 0", "policy-nan - 0", "policy-infinite - 0", "policy-frozen - 0", "policy-oversized - 0", "policy-jumping - 0",
        "policy-refuses - 0", "policy-throws - 0", "camera-frozen - 0", "camera-gone - 0", "can-dead 0 0", "can-garbage 1 0", "can-off 0 0", "motor-silent 1.2 0", "motor-late 0.4 0.02", "motor-duplicated 1.5 0",
        "motor-bit-flip 0.1 0", "emergency-stop - 0", "instruction - 0"})
    void nothingForbiddenHappensUnderOneFault(final String fault) {
        final String[] words = fault.split(" ");
        final Fault only = Fault.of("10000 ms  7000 ms  " + words[0] + "  " + words[1] + "  " + words[2]);
        final Episode.Result result = new Episode(11, new FaultScript(List.of(only)), Sabotage.NONE).run(folder, _ -> { });
        assertTrue(result.isGood() && result.gaveUp().isEmpty(), result.toString());
    }

    @Test
    void plantedBugsAreFound() {
        assertFound("I1", new Episode(1, FaultScript.none(), Sabotage.JUMP));
        assertFound("I3", new Episode(1, new FaultScript(List.of(new Fault(FaultKind.EMERGENCY_STOP, Fault.NOTHING, 10_000, 5_000, 0))), Sabotage.DEAF));
        assertFound("I2", new Episode(1, new FaultScript(List.of(new Fault(FaultKind.POLICY_REFUSES, Fault.NOTHING, 10_000, 10_000, 0))), Sabotage.BLIND));
    }

    private static void assertFound(final String invariant, final Episode episode) {
        final Episode.Result result = episode.run(folder, _ -> { });
        assertFalse(result.isGood(), episode.toString());
        assertEquals(invariant, result.violations().getFirst().invariant(), result.toString());
    }

    @Test
    void aLongScriptIsMadeShort() {
        final FaultScript script = new FaultScript(List.of(
            new Fault(FaultKind.BUS_DUPLICATE, "joint_state", 6_000, 500, 1),
            new Fault(FaultKind.CAMERA_FROZEN, Fault.NOTHING, 8_000, 700, 0),
            new Fault(FaultKind.EMERGENCY_STOP, Fault.NOTHING, 10_000, 4_000, 0),
            new Fault(FaultKind.POLICY_NAN, Fault.NOTHING, 11_000, 300, 0),
            new Fault(FaultKind.INSTRUCTION, Fault.NOTHING, 60_000, 1, 0)));
        final Episode episode = new Episode(1, script, Sabotage.DEAF);
        final Episode.Result shortest = Shrinking.of(episode, episode.run(folder, _ -> { }), folder);
        assertEquals(1, shortest.script().faults().size(), shortest.script().text());
        assertEquals(FaultKind.EMERGENCY_STOP, shortest.script().faults().getFirst().kind());
        assertTrue(shortest.script().faults().getFirst().durationMillis() < 4_000, shortest.script().text());
        assertEquals("I3", shortest.violations().getFirst().invariant());
    }
}
