package dev.continuo.supervision.roles;

import dev.continuo.actors.actor.ArmActor;
import dev.continuo.actors.actor.ArmEvent;
import dev.continuo.actors.actor.Hosting;
import dev.continuo.actors.actor.StageActor;
import dev.continuo.actors.agent.ArmTelemetry;
import dev.continuo.actors.agent.EventOutput;
import dev.continuo.actors.agent.MonitorAgent;
import dev.continuo.actors.agent.MotionGate;
import dev.continuo.actors.bus.Bus;
import dev.continuo.actors.latency.LatencyLog;
import dev.continuo.config.CameraProfile;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileException;
import dev.continuo.hardware.Arm;
import dev.continuo.hardware.safety.StopFile;
import dev.continuo.perception.Camera;
import dev.continuo.supervision.cluster.FromRole;
import dev.continuo.supervision.cluster.RoleName;
import dev.continuo.supervision.cluster.ToGuardian;
import dev.continuo.supervision.process.ProcessStarter;
import dev.continuo.supervision.report.RunFeed;
import dev.continuo.supervision.report.StatusLine;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * The service's own actors for somebody who brings what they stand on: time, threads, processes, arms. It is what a simulation of the whole service runs; nothing here reads a clock, starts a thread
 * or opens a device of its own.
 */
public final class EmbeddedService {
    private static final Duration STAGE_SILENCE = Duration.ofSeconds(5);
    private static final long STOP_FILE_NANOS = 1_000_000_000L;

    /**
     * What the role {@code control} stands on.
     *
     * @param profile  without web and recording, which are left out
     * @param hosting  runs the agents of the arms and of the role's own stages
     * @param bus      the data plane
     * @param gate     shared by all arms; carries the emergency stop
     * @param arms     connects to an arm by its index; called at every start of its agent
     * @param children stand for the processes of the other roles
     * @param folder   where the emergency stop's file is looked for
     * @param feed     told how the run stands
     * @param outcome  completed when the run has ended
     */
    public record Surroundings(Profile profile, Hosting hosting, Bus bus, MotionGate gate, IntFunction<Arm> arms, Map<RoleName, ProcessStarter> children, Path folder,
        RunFeed feed, CompletableFuture<RunOutcome> outcome) {
    }

    private EmbeddedService() {
    }

    /** The guardian, with arms that are connected once it is told {@link Guardian.WarmedUp}. */
    public static Behavior<ToGuardian> control(final Surroundings on) {
        final Profile profile = on.profile();
        final RunSettings settings = new RunSettings(profile, on.folder(), Optional.empty(), false, on.folder(), List.of(), Optional.empty());
        final List<ArmTelemetry> telemetry = new ArrayList<>();
        profile.arms().forEach(arm -> telemetry.add(new ArmTelemetry(arm.name())));
        final RunRecorder recorder = new RunRecorder(profile, telemetry, LatencyLog.inMemory(), new EventOutput(on.bus()), on.hosting().clock().nanoTime());
        final InstructionDesk instruction = new InstructionDesk(on.bus(), on.hosting().clock(), profile.instruction());
        final StatusLine quiet = new StatusLine(new PrintStream(OutputStream.nullOutputStream()), true, 0);
        return Guardian.create(new GuardianParts(settings, on.hosting().clock(), on.gate(), new StopFile(on.gate().emergencyStop(), settings.emergencyStopFile(), STOP_FILE_NANOS),
            arms(profile, on.hosting(), on.gate(), on.arms(), telemetry, on.bus()), stages(on.hosting(), instruction, recorder, on.bus()), on.children(), _ -> Behaviors.ignore(), instruction, new HeardReasoning(on.bus()), recorder,
            new StatusBoard(quiet, on.feed(), Optional.empty()), on.outcome()));
    }

    /** The arms' actors by name, given whom they tell their events. */
    static Map<String, Function<ActorRef<ArmEvent>, Behavior<ArmActor.Command>>> arms(final Profile profile, final Hosting hosting, final MotionGate gate, final IntFunction<Arm> drivers,
        final List<ArmTelemetry> telemetry, final Bus bus) {
        final Map<String, Function<ActorRef<ArmEvent>, Behavior<ArmActor.Command>>> arms = new LinkedHashMap<>();
        for (int i = 0; i < profile.arms().size(); i++) {
            final int index = i;
            final ArmActor.Parts parts = new ArmActor.Parts(profile, i, () -> drivers.apply(index), gate, telemetry.get(i), bus);
            arms.put(profile.arms().get(i).name(), guardian -> ArmActor.create(parts, hosting, guardian));
        }
        return arms;
    }

    /** The stages that every {@code control} has, by name; more may be put beside them. */
    static Map<String, Behavior<StageActor.Command>> stages(final Hosting hosting, final InstructionDesk instruction, final RunRecorder recorder, final Bus bus) {
        final Map<String, Behavior<StageActor.Command>> stages = new LinkedHashMap<>();
        stages.put("monitor", StageActor.create(new StageActor.Parts("monitor", () -> {
            final MonitorAgent monitor = new MonitorAgent(bus, hosting.clock());
            recorder.add(monitor.latencies());
            return monitor;
        }, hosting, STAGE_SILENCE)));
        stages.put("instruction", StageActor.create(new StageActor.Parts("instruction", instruction::newAgent, hosting, STAGE_SILENCE)));
        return stages;
    }

    /**
     * The role {@code brain}.
     *
     * @param cameras opens a camera; called at every start of its agent
     * @param latency how long the mind is taken to think
     * @param control told signs of life
     * @param giveUp  told why when the process should be replaced
     */
    public static Behavior<BrainActor.Command> brain(final Profile profile, final Mind mind, final Function<CameraProfile, Camera> cameras, final BrainRole.AssumedLatency latency,
        final Bus bus, final Hosting hosting, final ActorRef<FromRole> control, final Consumer<String> giveUp) {
        return BrainActor.create(BrainRole.stages(profile, cameras, sensor -> {
            throw new ProfileException("sensor " + sensor.name() + ": none are simulated");
        }, mind, latency, bus, hosting), control, giveUp);
    }
}
