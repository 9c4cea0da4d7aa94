package dev.continuo.training.evaluation;

import dev.continuo.actors.agent.ActionAgent;
import dev.continuo.actors.agent.ArmAgent;
import dev.continuo.actors.agent.ArmCommand;
import dev.continuo.actors.agent.ArmTelemetry;
import dev.continuo.actors.agent.CameraAgent;
import dev.continuo.actors.agent.ChunkPolicy;
import dev.continuo.actors.agent.InstructionAgent;
import dev.continuo.actors.agent.MotionGate;
import dev.continuo.actors.agent.Reasoner;
import dev.continuo.actors.agent.ReasoningAgent;
import dev.continuo.actors.agent.StepRunner;
import dev.continuo.actors.agent.VirtualClock;
import dev.continuo.actors.bus.MemoryBus;
import dev.continuo.actors.bus.NewestSubscription;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.MessageHeaderDecoder;
import dev.continuo.actors.message.MotionMode;
import dev.continuo.actors.message.ReasoningDecoder;
import dev.continuo.config.CameraProfile;
import dev.continuo.config.Profile;
import dev.continuo.hardware.Arm;
import dev.continuo.hardware.safety.EmergencyStop;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.Agent;

/**
 * One trial through the runtime's own agents, stepped in one thread under a virtual clock: camera, reasoning, action and arms behind their own
 * protocols. Only the model is computed in real time; how long it would take is assumed.
 */
final class ClosedLoopTrial implements AutoCloseable {
    private static final long MILLISECOND = 1_000_000L;
    private static final long CONNECT_NANOS = 5_000 * MILLISECOND;
    /** How long an arm that has stopped by itself is left alone. */
    private static final long FAULT_NANOS = 500 * MILLISECOND;
    private static final long LOOK_NANOS = 20 * MILLISECOND;
    private static final int MESSAGE_SPARE_BYTES = 4096;

    private final Profile profile;
    private final VirtualClock clock = new VirtualClock(0);
    private final StepRunner runner = new StepRunner(clock);
    private final TrialCell cell;
    private final MemoryBus bus;
    private final MotionGate gate = new MotionGate(new EmergencyStop());
    private final List<ArmAgent> arms = new ArrayList<>();
    private final NewestSubscription reasonings;
    private final InstructionAgent instruction;

    /**
     * How long the model is taken to think, since the virtual clock stands still meanwhile.
     *
     * @param chunkNanos     from the observation to the chunk
     * @param reasoningNanos from the observation to the finished reasoning
     */
    record AssumedLatency(long chunkNanos, long reasoningNanos) {
    }

    /** A trial that is ready to be played; cell, reasoner and policy are closed with it. */
    ClosedLoopTrial(final Profile profile, final TrialCell cell, final Reasoner reasoner, final ChunkPolicy policy, final AssumedLatency latency) {
        this.profile = profile;
        this.cell = cell;
        final CameraProfile camera = profile.cameras().getFirst();
        bus = new MemoryBus(3 * camera.width() * camera.height() + MESSAGE_SPARE_BYTES);
        runner.add(new CellAgent(), MILLISECOND);
        for (final Arm driver : cell.arms()) {
            final int index = arms.size();
            arms.add(new ArmAgent(profile, index, driver, gate, new ArmTelemetry(profile.arms().get(index).name()), bus, clock));
            runner.add(arms.get(index));
        }
        runner.add(new CameraAgent(camera, 0, cell.camera(clock::nanoTime), bus, clock));
        instruction = new InstructionAgent(bus, clock);
        runner.add(instruction);
        final ReasoningAgent reasoning = new ReasoningAgent(reasoner, profile.cameras(),
            new ReasoningAgent.Settings(profile.model().reasoningPeriodNanos(), latency.reasoningNanos), bus, clock);
        runner.add(reasoning);
        runner.add(new ActionAgent(policy, profile,
            new ActionAgent.Settings(camera.maxAgeNanos(), latency.chunkNanos, reasoning::inFlight), bus, clock));
        reasonings = new NewestSubscription(bus.subscription(StreamId.REASONING), 1, StreamId.SMALL_MESSAGE_BYTES);
    }

    /** Records how the arms move from now on. */
    MotionRecord recordMotion() {
        final MotionRecord record = new MotionRecord(profile, bus);
        runner.add(record, MILLISECOND);
        return record;
    }

    /** Looks on while a trial is played. */
    @FunctionalInterface
    interface Onlooker {
        /**
         * Looks at the cell, every 20 ms.
         *
         * @param playedNanos time since the arms were told to play
         * @return whether the trial can end, decided or not
         */
        boolean hasSeenEnough(long playedNanos);
    }

    /**
     * How long a trial was.
     *
     * @param seconds in the cell's time
     * @param held    commands that the safety envelope turned into a hold
     */
    record Played(double seconds, long held) {
    }

    /** Plays the trial until it is decided. */
    Played play() {
        return play(_ -> false);
    }

    /** Plays the trial until it is decided, or until the onlooker has seen enough. */
    Played play(final Onlooker onlooker) {
        return play(profile.instruction(), onlooker);
    }

    /** Plays the trial of an instruction until it is decided, or until the onlooker has seen enough. */
    Played play(final String asked, final Onlooker onlooker) {
        if (!makeReady()) {
            throw new IllegalStateException("the arms of the simulated cell are not ready: "
                + arms.stream().map(arm -> arm.roleName() + " " + arm.motionMode() + " " + arm.fault()).toList());
        }
        instruction.give(asked);
        command(ArmCommand.PLAY);
        final long begin = clock.nanoTime();
        cell.begin(begin);
        boolean decided = false;
        while (!decided && !onlooker.hasSeenEnough(clock.nanoTime() - begin)) {
            runner.runFor(LOOK_NANOS);
            hear();
            recover();
            decided = cell.isDecided(clock.nanoTime());
        }
        return new Played((clock.nanoTime() - begin) / 1e9, arms.stream().mapToLong(arm -> arm.counts().held.get()).sum());
    }

    /** Brings the arms to their ready poses, from wherever they are; whether they got there. */
    private boolean makeReady() {
        gate.open();
        if (!await(MotionMode.DAMPING)) {
            return false;
        }
        command(ArmCommand.ARM);
        if (!await(MotionMode.HOLDING)) {
            return false;
        }
        command(ArmCommand.READY);
        runner.runFor(200 * MILLISECOND);
        return await(MotionMode.HOLDING);
    }

    /** As the service does: an arm that has stopped by itself is recovered, and the trial goes on from the ready pose; what cannot be recovered is tried again. */
    private void recover() {
        if (arms.stream().allMatch(arm -> arm.fault().isEmpty())) {
            return;
        }
        runner.runFor(FAULT_NANOS);
        arms.forEach(arm -> arm.proxy().tell(arm.fault().isEmpty() ? ArmCommand.RELEASE : ArmCommand.CLEAR_FAULT));
        runner.runFor(FAULT_NANOS);
        if (makeReady()) {
            command(ArmCommand.PLAY);
        }
    }

    private void hear() {
        reasonings.poll(clock.nanoTime());
        if (reasonings.at(0).take()) {
            final ReasoningDecoder decoder = new ReasoningDecoder();
            decoder.wrapAndApplyHeader(reasonings.at(0).buffer(), 0, new MessageHeaderDecoder());
            final long about = decoder.observedAtNanos();
            decoder.skipEmbedding();
            cell.hear(decoder.text(), about);
        }
    }

    private void command(final ArmCommand command) {
        arms.forEach(arm -> arm.proxy().tell(command));
    }

    private boolean await(final MotionMode mode) {
        final long until = clock.nanoTime() + CONNECT_NANOS;
        while (!arms.stream().allMatch(arm -> arm.motionMode() == mode)) {
            if (clock.nanoTime() > until || arms.stream().anyMatch(arm -> !arm.fault().isEmpty())) {
                return false;
            }
            runner.runFor(LOOK_NANOS);
        }
        return true;
    }

    @Override
    public void close() {
        runner.close();
        reasonings.close();
        bus.close();
        cell.close();
    }

    /** Moves the cell's physics along with the clock. */
    private final class CellAgent implements Agent {
        @Override
        public int doWork() {
            cell.advanceTo(clock.nanoTime());
            return 1;
        }

        @Override
        public String roleName() {
            return "cell";
        }
    }
}
