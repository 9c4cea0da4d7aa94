package dev.continuo.supervision.roles;

import dev.continuo.actors.actor.ArmActor;
import dev.continuo.actors.actor.ArmEvent;
import dev.continuo.actors.actor.Hosting;
import dev.continuo.actors.actor.StageActor;
import dev.continuo.actors.actor.ThreadHost;
import dev.continuo.actors.agent.ArmTelemetry;
import dev.continuo.actors.agent.EventOutput;
import dev.continuo.actors.agent.MotionGate;
import dev.continuo.actors.agent.StageAgent;
import dev.continuo.actors.agent.WarmUp;
import dev.continuo.actors.agent.WatchAgent;
import dev.continuo.actors.agent.Watched;
import dev.continuo.actors.bus.AeronBus;
import dev.continuo.actors.bus.Bus;
import dev.continuo.actors.latency.LatencyLog;
import dev.continuo.config.CameraProfile;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileException;
import dev.continuo.hardware.linux.RealTime;
import dev.continuo.hardware.linux.SystemdNotify;
import dev.continuo.hardware.safety.EmergencyStop;
import dev.continuo.hardware.safety.StopFile;
import dev.continuo.perception.Cameras;
import dev.continuo.supervision.cluster.ArteryFolders;
import dev.continuo.supervision.cluster.FromRole;
import dev.continuo.supervision.cluster.Membership;
import dev.continuo.supervision.cluster.RoleName;
import dev.continuo.supervision.cluster.Systems;
import dev.continuo.supervision.cluster.ToGuardian;
import dev.continuo.supervision.process.ProcessStarter;
import dev.continuo.supervision.process.RoleProcess;
import dev.continuo.recording.RecorderAgent;
import dev.continuo.recording.RecordingFolder;
import dev.continuo.supervision.report.RunFeed;
import dev.continuo.supervision.report.StatusLine;
import dev.continuo.supervision.trace.TraceAgent;
import dev.continuo.supervision.web.Operator;
import dev.continuo.supervision.web.WebParts;
import dev.continuo.supervision.web.WebServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process of the guardian and the arms: the whole service seen from the command line. */
public final class ControlRole {
    private static final Logger LOG = LoggerFactory.getLogger(ControlRole.class);
    private static final DateTimeFormatter FILE_TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
    private static final Duration STOP_TIMEOUT = Duration.ofMillis(500);
    private static final Duration STAGE_SILENCE = Duration.ofSeconds(5);
    /** It waits for the disk. */
    private static final Duration RECORDER_STOP_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration RECORDER_SILENCE = Duration.ofSeconds(30);
    private static final Duration CAMERA_PATIENCE = Duration.ofSeconds(5);
    private static final long STOP_FILE_NANOS = 100_000_000L;
    private static final long TERMINATE_MILLIS = 600;
    /** Enough for the compiler to settle on the loop's code. */
    private static final int WARM_UP_CYCLES = 20_000;
    /** Before the simulated motors, which are real-time too where there are any. */
    private static final int ARM_PRIORITY = 80;
    private static final String ARM_THREAD = "arm-";

    private final RunSettings settings;
    private final Profile profile;
    private final NanoClock clock = SystemNanoClock.INSTANCE;
    private final EmergencyStop emergencyStop = new EmergencyStop();
    private final MotionGate gate = new MotionGate(emergencyStop);
    private final StatusLine status;
    private final RunFeed feed = new RunFeed();
    private final Watched watched = new Watched(clock);
    private final List<ArmTelemetry> telemetry = new ArrayList<>();
    private final CompletableFuture<RunOutcome> outcome = new CompletableFuture<>();

    private final ContactSensors contactSensors;

    private ControlRole(final RunSettings settings) {
        this.settings = settings;
        profile = settings.profile();
        contactSensors = new ContactSensors(profile, clock);
        final boolean terminal = System.console() != null && System.console().isTerminal();
        status = new StatusLine(System.out, terminal, columns());
    }

    /**
     * Runs the service until its time is up or it is told to end.
     *
     * @param endings given what to do when the process is asked to end
     * @throws ProfileException if it cannot be started with this configuration
     */
    public static RunOutcome run(final RunSettings settings, final Consumer<Runnable> endings) {
        return new ControlRole(settings).run(endings);
    }

    private RunOutcome run(final Consumer<Runnable> endings) {
        ArmDrivers.require(profile);
        contactSensors.require();
        requireCameras();
        LOG.info("control: {}", RealTime.lockMemory().text());
        OpenWires.of(profile).forEach(open -> {
            LOG.warn(open);
            status.say("continuo: warning: " + open);
        });
        ArteryFolders.deleteOrphans();
        makeRunsFolder();
        final Optional<RecordingFolder> recording = settings.recorded().map(this::recording);
        try (Bus bus = AeronBus.launch(profile.bus(), error -> LOG.warn("bus", error));
            RunRecorder recorder = recorder(bus);
            HeardReasoning reasoning = new HeardReasoning(bus)) {
            final ActorSystem<SpawnProtocol.Command> system =
                settings.singleProcess() ? Systems.local() : Systems.member(profile, RoleName.CONTROL);
            try {
                final ActorRef<ToGuardian> guardian = Systems.spawnGuardian(system, Guardian.create(parts(bus, recorder, reasoning, recording)));
                endings.accept(() -> guardian.tell(new Guardian.Finish()));
                final Operator operator = new ServiceOperator(profile.task(), emergencyStop, guardian);
                Keyboard.start(operator, status::say);
                status.say("continuo: " + profile.name() + ", emergency stop: e and Enter, or touch " + settings.emergencyStopFile());
                if (!profile.autostart()) {
                    status.say("continuo: the arms wait to be started: s and Enter, or Start on the page");
                }
                recording.ifPresent(folder -> status.say("continuo: recording to " + folder.path()));
                if (profile.web().enabled()) {
                    serve(system, recorder, operator);
                }
                if (settings.singleProcess()) {
                    startOtherRoles(system, bus, guardian.narrow());
                }
                WarmUp.run(profile, WARM_UP_CYCLES);
                ArmDrivers.warmUp(profile, WARM_UP_CYCLES);
                guardian.tell(new Guardian.WarmedUp());
                return outcome.join();
            } finally {
                terminate(system);
            }
        } finally {
            ArteryFolders.deleteOrphans();
        }
    }

    /** It ends with the actor system. */
    private void serve(final ActorSystem<?> system, final RunRecorder recorder, final Operator operator) {
        final int port = WebServer.start(system, profile.web(),
            new WebParts(profile, feed, watched, recorder::latencies, emergencyStop::isTriggered, operator, clock)).address().getPort();
        final String host = profile.web().address().getHostAddress();
        status.say("continuo: HTTP at " + profile.web().scheme() + "://" + (host.contains(":") ? '[' + host + ']' : host) + ':' + port);
    }

    private RecordingFolder recording(final RunSettings.Recorded told) {
        final Path path = settings.runsFolder().resolve(profile.recording().directory()).resolve(LocalDateTime.now().format(FILE_TIME));
        return new RecordingFolder(path, clock.nanoTime(), SystemEpochNanoClock.INSTANCE.nanoTime(), profile.name(), told.version()).create(told.profileText());
    }

    private RunRecorder recorder(final Bus bus) {
        profile.arms().forEach(arm -> telemetry.add(new ArmTelemetry(arm.name())));
        final LatencyLog log = LatencyLog.to(settings.runsFolder().resolve("run-" + LocalDateTime.now().format(FILE_TIME) + ".hlog"));
        return new RunRecorder(profile, telemetry, log, new EventOutput(bus), clock.nanoTime());
    }

    private GuardianParts parts(final Bus bus, final RunRecorder recorder, final HeardReasoning reasoning, final Optional<RecordingFolder> recording) {
        final InstructionDesk instruction = new InstructionDesk(bus, clock, profile.instruction());
        return new GuardianParts(settings, clock, gate, new StopFile(emergencyStop, settings.emergencyStopFile(), STOP_FILE_NANOS),
            arms(bus), stages(bus, instruction, recorder, recording), children(), Membership::create, instruction, reasoning, recorder, new StatusBoard(status, feed, SystemdNotify.fromEnvironment()), outcome);
    }

    private Map<String, Function<ActorRef<ArmEvent>, Behavior<ArmActor.Command>>> arms(final Bus bus) {
        final Hosting hosting = new Hosting(new ThreadHost(clock, this::onThread, STOP_TIMEOUT), clock, profile.restart());
        return EmbeddedService.arms(profile, hosting, gate, index -> ArmDrivers.open(profile.arms().get(index)), telemetry, bus);
    }

    private Map<String, Behavior<StageActor.Command>> stages(final Bus bus, final InstructionDesk instruction, final RunRecorder recorder, final Optional<RecordingFolder> recording) {
        final Hosting hosting = new Hosting(new ThreadHost(clock, STOP_TIMEOUT), clock, profile.restart());
        final Map<String, Behavior<StageActor.Command>> stages = EmbeddedService.stages(hosting, instruction, recorder, bus);
        stages.putAll(contactSensors.stages(bus, hosting));
        if (profile.web().enabled()) {
            stages.put("watch", StageActor.create(
                new StageActor.Parts("watch", () -> new WatchAgent(profile, watched, bus, clock), hosting, STAGE_SILENCE)));
        }
        profile.traces().ifPresent(receiver -> stages.put("trace", StageActor.create(new StageActor.Parts("trace",
            () -> new TraceAgent(profile, receiver, SystemEpochNanoClock.INSTANCE.nanoTime() - clock.nanoTime(), bus, clock), hosting, STAGE_SILENCE))));
        recording.ifPresent(folder -> stages.put("recorder", recorderStage(folder)));
        return stages;
    }

    private Behavior<StageActor.Command> recorderStage(final RecordingFolder folder) {
        final Hosting hosting = new Hosting(new ThreadHost(clock, RECORDER_STOP_TIMEOUT), clock, profile.restart());
        return StageActor.create(new StageActor.Parts("recorder",
            () -> new RecorderAgent(profile.bus(), profile.recording(), folder, folder.path().toFile()::getUsableSpace, clock), hosting, RECORDER_SILENCE));
    }

    /** Cameras that exist already must answer now; that of the simulated cell is there once the cell is. */
    private void requireCameras() {
        for (final CameraProfile camera : profile.cameras()) {
            if (!profile.cell().enabled() || camera.source().getPort() != profile.cell().cameraPort()) {
                Cameras.open(camera, SystemNanoClock.INSTANCE, CAMERA_PATIENCE).close();
            }
        }
    }

    private Map<RoleName, ProcessStarter> children() {
        final Map<RoleName, ProcessStarter> children = new LinkedHashMap<>();
        if (!settings.singleProcess()) {
            children.put(RoleName.BRAIN, new RoleProcess(RoleName.BRAIN, settings.roleArguments()));
            if (profile.cell().enabled()) {
                children.put(RoleName.CELL, new RoleProcess(RoleName.CELL, settings.roleArguments()));
            }
        }
        return children;
    }

    private void startOtherRoles(
        final ActorSystem<SpawnProtocol.Command> system, final Bus bus, final ActorRef<FromRole> guardian) {
        if (profile.cell().enabled()) {
            CellRole.start(system, Cells.find(profile.task()), profile, guardian);
        }
        BrainRole.start(system, profile, Mind.load(profile, settings.modelDirectory(), true), new BrainDevices(clock), bus, guardian, why -> emergencyStop.trigger("the brain is given up: " + why));
    }

    /** The control loops before everything else on the machine, where that is permitted. */
    private Runnable onThread(final StageAgent agent) {
        if (!agent.roleName().startsWith(ARM_THREAD)) {
            return () -> { };
        }
        final RealTime.Outcome granted = RealTime.fifo(ARM_PRIORITY);
        RealTime.timerSlack(1);
        LOG.info("{}: {}", agent.roleName(), granted.text());
        if (!granted.granted()) {
            status.say("continuo: " + agent.roleName() + " runs without real-time priority: " + granted.text());
        }
        // A driver that hangs may hang in a loop, which would take a processor from the arms that are well.
        final int thread = RealTime.threadId();
        return () -> LOG.warn("{} hangs and is left behind: {}", agent.roleName(), RealTime.demote(thread).text());
    }

    private void makeRunsFolder() {
        try {
            Files.createDirectories(settings.runsFolder());
        } catch (final IOException e) {
            throw new ProfileException("cannot write to " + settings.runsFolder() + ": " + e.getMessage(), e);
        }
        final Path stopFile = settings.emergencyStopFile();
        if (Files.exists(stopFile)) {
            throw new ProfileException("the emergency stop is on: remove " + stopFile);
        }
    }

    private static void terminate(final ActorSystem<?> system) {
        system.terminate();
        try {
            system.getWhenTerminated().toCompletableFuture().get(TERMINATE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (final TimeoutException stillGoing) {
            LOG.info("the control plane is left to end with the process");
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (final ExecutionException e) {
            LOG.warn("the control plane did not end well", e);
        }
    }

    private static int columns() {
        final String columns = System.getenv("COLUMNS");
        return columns != null && columns.matches("\\d{1,4}") ? Integer.parseInt(columns) : 0;
    }
}
