package dev.continuo.proving.service;

import dev.continuo.actors.actor.Hosting;
import dev.continuo.actors.actor.StageHealth;
import dev.continuo.actors.agent.MotionGate;
import dev.continuo.actors.bus.BusSubscription;
import dev.continuo.actors.bus.MemoryBus;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.config.CameraProfile;
import dev.continuo.config.Profile;
import dev.continuo.hardware.Arm;
import dev.continuo.hardware.arx.ArxArm;
import dev.continuo.hardware.kinematics.ArxChains;
import dev.continuo.hardware.kinematics.ChainDynamics;
import dev.continuo.hardware.safety.EmergencyStop;
import dev.continuo.proving.fault.Fault;
import dev.continuo.proving.fault.FaultScript;
import dev.continuo.proving.oracle.ArmOracle;
import dev.continuo.proving.oracle.Violation;
import dev.continuo.proving.time.SteppedActors;
import dev.continuo.proving.time.Timeline;
import dev.continuo.simulation.cell.SimulatedCell;
import dev.continuo.simulation.physics.ArmModel;
import dev.continuo.supervision.cluster.FromRole;
import dev.continuo.supervision.cluster.RoleName;
import dev.continuo.supervision.cluster.ToGuardian;
import dev.continuo.supervision.cluster.ToRole;
import dev.continuo.supervision.report.RunFeed;
import dev.continuo.supervision.report.RunStatus;
import dev.continuo.supervision.roles.BrainActor;
import dev.continuo.supervision.roles.BrainRole;
import dev.continuo.supervision.roles.EmbeddedService;
import dev.continuo.supervision.roles.Guardian;
import dev.continuo.supervision.roles.Mind;
import dev.continuo.supervision.roles.RunOutcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * The whole service in one thread under a virtual clock: the guardian and all other actors, the agents of both processes, the drivers of both ARX arms down to their CAN frames, the motors at the other
 * end, a camera, and a stand-in for the model; with faults, and an oracle that sees every command.
 */
public final class SimulatedService implements AutoCloseable {
    private static final long MILLISECOND = 1_000_000L;
    private static final long LOOK_NANOS = 50 * MILLISECOND;
    private static final long COUNT_NANOS = 1_000 * MILLISECOND;
    /** After a fault in control itself: back-offs, and connecting anew. */
    private static final long DISTURBED_NANOS = 20_000 * MILLISECOND;
    /** Of its cycles that an arm may lose in a second to nothing in particular. */
    private static final double LOST = 0.01;
    private static final int SPARE_BYTES = 4096;
    private static final int MOST_VIOLATIONS = 20;
    /** After the last row an arm comes to rest within less. */
    private static final long REST_NANOS = 1_500 * MILLISECOND;
    private static final String PLAYING = "playing";
    private static final long FIRST_PID = 100;

    private final Profile profile;
    private final Timeline timeline;
    private final SplittableRandom random;
    private final SimulatedCell cell;
    private final MemoryBus bus;
    private final BusFaults busFaults = new BusFaults();
    private final EmergencyStop emergencyStop = new EmergencyStop();
    private final MotionGate gate = new MotionGate(emergencyStop);
    private final SimulatedProcess control;
    private final StandInMind mind;
    private final StandInCamera camera;
    private final BusSubscription chunks;
    private final RunFeed feed = new RunFeed();
    private final CompletableFuture<RunOutcome> outcome = new CompletableFuture<>();
    private final List<ArmOracle> oracles = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();
    private final Saboteur saboteur;
    private final EventLog log;
    private final MotorFaults motorFaults;
    private final ActorSystem<Root> system;
    private ActorRef<ToGuardian> guardian;
    private SimulatedProcess brain;
    private SimulatedChild brainChild;
    private ProcessBus brainBus;
    private long brains;
    private long chunkAtNanos;
    private long playingSinceNanos = Long.MAX_VALUE;
    private boolean starved;
    private long disturbedAtNanos;
    private String toldPhase = "";
    private boolean stopTold;

    /** What the root of all actors is told. */
    private sealed interface Root {
    }

    private record SpawnBrain(String name, Behavior<FromRole> link, Function<ActorRef<FromRole>, Behavior<BrainActor.Command>> behavior) implements Root {
    }

    private record StopBrain(String name) implements Root {
    }

    /**
     * A service that is about to start.
     *
     * @param profile  of a cell with two ARX R5; without a simulated cell of its own, recording and web
     * @param seed     of everything that is left to chance
     * @param script   what goes wrong
     * @param sabotage a planted bug
     * @param folder   that exists, where the emergency stop's file is looked for
     * @param lines    takes the event log
     */
    public SimulatedService(final Profile profile, final long seed, final FaultScript script, final Sabotage sabotage, final Path folder, final Consumer<String> lines) {
        this.profile = profile;
        timeline = new Timeline(seed);
        random = new SplittableRandom(seed);
        log = new EventLog(timeline.clock(), lines);
        cell = new SimulatedCell(ArmModel.R5, seed);
        cell.parkArms(profile.arms().stream().flatMapToDouble(arm -> Arrays.stream(arm.parkPose().toArray())).toArray());
        motorFaults = new MotorFaults(cell);
        final CameraProfile looksThrough = profile.cameras().getFirst();
        bus = new MemoryBus(3 * looksThrough.width() * looksThrough.height() + SPARE_BYTES);
        chunks = bus.subscription(StreamId.ACTION_CHUNK);
        control = new SimulatedProcess(timeline, random.nextLong());
        mind = new StandInMind(profile, timeline.clock(), random.nextLong());
        camera = new StandInCamera(timeline.clock());
        profile.arms().forEach(arm -> oracles.add(new ArmOracle(arm, this::violated)));
        saboteur = new Saboteur(sabotage, emergencyStop::isTriggered, () -> starved);
        final ProcessBus controlBus = new ProcessBus(bus, busFaults, timeline, random.nextLong());
        final Hosting hosting = new Hosting(control, timeline.clock(), profile.restart());
        final EmbeddedService.Surroundings surroundings = new EmbeddedService.Surroundings(profile, hosting, controlBus, gate, this::openArm,
            Map.of(RoleName.BRAIN, _ -> startBrain()), folder, feed, outcome);
        system = SteppedActors.open(timeline, Behaviors.setup(context -> {
            guardian = context.spawn(EmbeddedService.control(surroundings), "guardian");
            return Behaviors.receiveMessage(message -> {
                switch (message) {
                    case SpawnBrain(final String name, final Behavior<FromRole> link, final Function<ActorRef<FromRole>, Behavior<BrainActor.Command>> behavior) ->
                        context.spawn(behavior.apply(context.spawn(link, name + "-link")), name);
                    case StopBrain(final String name) -> {
                        context.getChild(name).ifPresent(context::stop);
                        context.getChild(name + "-link").ifPresent(context::stop);
                    }
                }
                return Behaviors.same();
            });
        }), "simulated");
        timeline.settle();
        guardian.tell(new Guardian.WarmedUp());
        timeline.every(SimulatedCell.TICK_NANOS, () -> cell.advanceTo(log.nowNanos()));
        timeline.every(LOOK_NANOS, this::look);
        timeline.every(COUNT_NANOS, this::count);
        final FaultInjection injection = new FaultInjection(this);
        for (final Fault fault : script.faults()) {
            timeline.in(fault.fromMillis() * MILLISECOND, () -> injection.begin(fault));
            timeline.in(fault.untilMillis() * MILLISECOND, () -> injection.end(fault));
        }
    }

    private Arm openArm(final int index) {
        final Arm driver = new ArxArm(profile.arms().get(index), cell.connectInMemory(index), new ChainDynamics(ArxChains.R5));
        motorFaults.connected(index);
        return new WitnessedArm(driver, oracles.get(index), saboteur, log);
    }

    private Process startBrain() {
        final long number = ++brains;
        final String name = "brain-" + number;
        final SimulatedProcess process = new SimulatedProcess(timeline, random.nextLong());
        final ProcessBus processBus = new ProcessBus(bus, busFaults, timeline, random.nextLong());
        final SimulatedChild child = new SimulatedChild(FIRST_PID + number, status -> {
            log.tell(name + " ends with status " + status);
            process.end();
            processBus.close();
            system.tell(new StopBrain(name));
        });
        brain = process;
        brainBus = processBus;
        brainChild = child;
        log.tell(name + " starts");
        final BrainRole.AssumedLatency latency = new BrainRole.AssumedLatency(random.nextLong(20, 350) * MILLISECOND, random.nextLong(200, 3_000) * MILLISECOND);
        final Mind stands = new Mind(Optional.of(mind::reasoner), mind::policy);
        final Hosting hosting = new Hosting(process, timeline.clock(), profile.restart());
        // A process takes a while before it says anything.
        timeline.in(random.nextLong(500, 4_000) * MILLISECOND, () -> {
            if (process.isAlive()) {
                system.tell(new SpawnBrain(name, link(process, child.pid()), link -> EmbeddedService.brain(profile, stands, camera::open, latency, processBus, hosting, link, why -> {
                    log.tell(name + " gives up: " + why);
                    child.end(1);
                })));
            }
        });
        return child;
    }

    /** The wire between a brain and the guardian, which knows the brain by the number of its process. */
    private Behavior<FromRole> link(final SimulatedProcess from, final long pid) {
        return Behaviors.receiveMessage(message -> {
            if (from.isAlive() && !busFaults.isPartitioned()) {
                guardian.tell(message instanceof FromRole.Alive(final RoleName role, final long _, final boolean ready, final List<StageHealth> stages, final ActorRef<ToRole> self)
                    ? new FromRole.Alive(role, pid, ready, stages, self) : message);
            }
            return Behaviors.same();
        });
    }

    /** Some times a second: what the oracle has to be told. */
    private void look() {
        final long nowNanos = timeline.clock().nanoTime();
        if (chunks.poll((_, _, _) -> { }, Integer.MAX_VALUE) > 0) {
            chunkAtNanos = nowNanos;
        }
        final String phase = phase();
        if (!phase.equals(toldPhase)) {
            toldPhase = phase;
            log.tell(phase);
            playingSinceNanos = phase.equals(PLAYING) ? nowNanos : Long.MAX_VALUE;
        }
        final long rowsNanos = profile.playback().chunkRows() * profile.playback().rowPeriodNanos() + profile.playback().chunkMaxAgeNanos() + REST_NANOS;
        final boolean wasStarved = starved;
        starved = phase.equals(PLAYING) && nowNanos - playingSinceNanos > rowsNanos && nowNanos - chunkAtNanos > rowsNanos;
        oracles.forEach(oracle -> oracle.looked(wasStarved && starved, !phase.equals(PLAYING), nowNanos));
        if (emergencyStop.isTriggered() && !stopTold) {
            stopTold = true;
            log.tell("emergency stop: " + emergencyStop.reason());
            oracles.forEach(ArmOracle::stopped);
        }
    }

    /** What goes wrong elsewhere costs no control cycle. */
    private void count() {
        final long nowNanos = timeline.clock().nanoTime();
        for (int arm = 0; arm < oracles.size(); arm++) {
            final long cycles = oracles.get(arm).takeCycles();
            final long wanted = COUNT_NANOS / profile.arms().get(arm).periodNanos();
            if (nowNanos - disturbedAtNanos > DISTURBED_NANOS && oracles.get(arm).isOpened() && cycles < (1 - LOST) * wanted) {
                violated("I9", profile.arms().get(arm).name() + " had " + cycles + " cycles in a second, not " + wanted);
            }
        }
    }

    /** Something goes wrong in control itself, or will until then. */
    void disturbedUntil(final long untilNanos) {
        disturbedAtNanos = Math.max(disturbedAtNanos, untilNanos);
    }

    /** Somebody presses the emergency stop. */
    void press() {
        emergencyStop.trigger("somebody presses it");
    }

    /** Somebody releases it. */
    void release() {
        emergencyStop.reset();
        stopTold = false;
        log.tell("emergency stop released");
    }

    private void violated(final String invariant, final String what) {
        if (violations.size() < MOST_VIOLATIONS) {
            final Violation violation = new Violation(invariant, log.nowNanos(), what);
            violations.add(violation);
            log.tell("VIOLATED " + violation);
        }
    }

    /** Lets it run until so much time has passed since its beginning, or it has ended, or something happened that must not. */
    public void runUntil(final long nanos) {
        final long until = timeline.clock().nanoTime() - log.nowNanos() + nanos;
        while (timeline.clock().nanoTime() < until && violations.isEmpty() && !outcome.isDone()) {
            timeline.runUntil(Math.min(until, timeline.clock().nanoTime() + LOOK_NANOS));
        }
    }

    /** One word: {@code playing}, {@code waiting}. */
    public String phase() {
        return feed.status().map(RunStatus::phase).orElse("starting");
    }

    /** What the arms were sent last, in words. */
    public List<String> lastCommands() {
        return oracles.stream().map(ArmOracle::lastCommand).toList();
    }

    /** What is wrong at present, as an operator sees it; empty if nothing. */
    public String notice() {
        return feed.status().map(RunStatus::notice).orElse("");
    }

    /** How it ended, if it has: when something failed too often. */
    public Optional<RunOutcome.End> end() {
        return outcome.isDone() ? Optional.of(outcome.join().end()) : Optional.empty();
    }

    /** Commands have been sent for chunks lately: the arms do what they are there for. */
    public boolean isAtWork() {
        return phase().equals(PLAYING) && timeline.clock().nanoTime() - chunkAtNanos < REST_NANOS;
    }

    /** What happened that must never happen. */
    public List<Violation> violations() {
        return List.copyOf(violations);
    }

    /** The run's log. */
    public EventLog log() {
        return log;
    }

    /** Something that must hold at the end did not. */
    public void accuse(final String invariant, final String what) {
        violated(invariant, what);
    }

    Timeline timeline() {
        return timeline;
    }

    BusFaults busFaults() {
        return busFaults;
    }

    MotorFaults motorFaults() {
        return motorFaults;
    }

    StandInMind mind() {
        return mind;
    }

    StandInCamera camera() {
        return camera;
    }

    /** The process of a name, {@code control} or {@code brain}: of the latter the present one. */
    SimulatedProcess process(final String name) {
        return name.equals("control") ? control : brain;
    }

    void killBrain() {
        if (brainChild != null) {
            brainChild.destroyForcibly();
        }
    }

    void instruct(final String text) {
        guardian.tell(new Guardian.Instruct(text));
    }

    /** Somebody has the arms park: from then on they may move. */
    void park() {
        mayMove();
        guardian.tell(new Guardian.Park());
    }

    /** Somebody starts them: likewise. */
    void start() {
        mayMove();
        guardian.tell(new Guardian.Start());
    }

    private void mayMove() {
        if (!emergencyStop.isTriggered()) {
            oracles.forEach(ArmOracle::mayMove);
        }
    }

    @Override
    public void close() {
        system.terminate();
        timeline.settle();
        if (brainBus != null) {
            brainBus.close();
        }
        chunks.close();
        bus.close();
        cell.close();
    }
}
