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
import dev.continuo.config.ArmProfile;
import dev.continuo.config.CameraProfile;
import dev.continuo.config.Profile;
import dev.continuo.hardware.arx.ArxArm;
import dev.continuo.hardware.kinematics.ArxChains;
import dev.continuo.hardware.kinematics.ChainDynamics;
import dev.continuo.hardware.safety.EmergencyStop;
import dev.continuo.simulation.cell.SimulatedCell;
import dev.continuo.simulation.game.Scenes;
import dev.continuo.simulation.physics.ArmModel;
import dev.continuo.simulation.render.SceneRenderer;
import dev.continuo.simulation.scene.SceneState;
import dev.continuo.simulation.task.Judge;
import dev.continuo.simulation.task.TrialReferee;
import dev.continuo.simulation.task.TrialSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.Agent;

/**
 * One trial through the runtime's own agents, stepped in one thread under a virtual clock: camera, reasoning, action and both arms over
 * their CAN buses. Only the model is computed in real time; how long it would take is assumed.
 */
final class ClosedLoopTrial implements AutoCloseable {
    private static final long MILLISECOND = 1_000_000L;
    private static final long CONNECT_NANOS = 5_000 * MILLISECOND;
    private static final long LOOK_NANOS = 20 * MILLISECOND;
    private static final int MESSAGE_SPARE_BYTES = 4096;

    private final Profile profile;
    private final TrialSpec trial;
    private final VirtualClock clock = new VirtualClock(0);
    private final StepRunner runner = new StepRunner(clock);
    private final SimulatedCell cell;
    private final MemoryBus bus;
    private final MotionGate gate = new MotionGate(new EmergencyStop());
    private final List<ArmAgent> arms = new ArrayList<>();
    private final NewestSubscription reasonings;
    private final InstructionAgent instruction;
    private final SceneState scene = new SceneState();

    /**
     * How long the model is taken to think, since the virtual clock stands still meanwhile.
     *
     * @param chunkNanos     from the observation to the chunk
     * @param reasoningNanos from the observation to the finished reasoning
     */
    record AssumedLatency(long chunkNanos, long reasoningNanos) {
    }

    /** A trial that is ready to be played; reasoner and policy are closed with it. */
    ClosedLoopTrial(final Profile profile, final TrialSpec trial, final Reasoner reasoner, final ChunkPolicy policy,
        final AssumedLatency latency, final SceneRenderer renderer, final long seed) {
        this.profile = profile;
        this.trial = trial;
        final CameraProfile camera = profile.cameras().getFirst();
        bus = new MemoryBus(3 * camera.width() * camera.height() + MESSAGE_SPARE_BYTES);
        cell = new SimulatedCell(ArmModel.R5, seed);
        cell.layOut(Scenes.layout(trial));
        cell.parkArms(readyAxes());
        runner.add(new CellAgent(), SimulatedCell.TICK_NANOS);
        for (int i = 0; i < profile.arms().size(); i++) {
            final ArmProfile arm = profile.arms().get(i);
            final ArxArm driver = new ArxArm(arm, cell.connectInMemory(i), new ChainDynamics(ArxChains.R5));
            arms.add(new ArmAgent(profile, i, driver, gate, new ArmTelemetry(arm.name()), bus, clock));
            runner.add(arms.get(i));
        }
        runner.add(new CameraAgent(camera, 0,
            new RenderedCamera(cell, trial.appearance(), renderer, 1_000 * MILLISECOND / camera.rateHz(), clock::nanoTime), bus, clock));
        instruction = new InstructionAgent(bus, clock);
        runner.add(instruction);
        final ReasoningAgent reasoning = new ReasoningAgent(reasoner, profile.cameras(),
            new ReasoningAgent.Settings(profile.model().reasoningPeriodNanos(), latency.reasoningNanos), bus, clock);
        runner.add(reasoning);
        runner.add(new ActionAgent(policy, profile,
            new ActionAgent.Settings(camera.maxAgeNanos(), latency.chunkNanos, reasoning::inFlight), bus, clock));
        reasonings = new NewestSubscription(bus.subscription(StreamId.REASONING), 1, StreamId.SMALL_MESSAGE_BYTES);
    }

    /** Looks on while a trial is played. */
    @FunctionalInterface
    interface Onlooker {
        /**
         * Looks at the scene, every 20 ms.
         *
         * @param playedNanos time since the arms were told to play
         * @return whether the trial can end, decided or not
         */
        boolean hasSeenEnough(SceneState scene, long playedNanos);
    }

    /** Plays the trial to its verdict. */
    TrialResult play() {
        return play((_, _) -> false);
    }

    /** Plays the trial to its verdict, or until the onlooker has seen enough. */
    TrialResult play(final Onlooker onlooker) {
        gate.open();
        await(MotionMode.DAMPING);
        command(ArmCommand.ARM);
        await(MotionMode.HOLDING);
        command(ArmCommand.READY);
        runner.runFor(200 * MILLISECOND);
        await(MotionMode.HOLDING);
        instruction.give(profile.instruction());
        command(ArmCommand.PLAY);
        final TrialReferee referee = new TrialReferee(trial, profile.cell().trialTimeoutNanos());
        final long begin = clock.nanoTime();
        Scenes.observe(cell.state(), scene);
        referee.update(scene, begin);
        referee.begin(begin);
        TrialReferee.Verdict verdict = TrialReferee.Verdict.PLAYING;
        while (verdict == TrialReferee.Verdict.PLAYING && !onlooker.hasSeenEnough(scene, clock.nanoTime() - begin)) {
            runner.runFor(LOOK_NANOS);
            hear(referee);
            Scenes.observe(cell.state(), scene);
            verdict = referee.update(scene, clock.nanoTime());
        }
        final long held = arms.stream().mapToLong(arm -> arm.counts().held.get()).sum();
        return new TrialResult(trial, referee.reasoning(), referee.scores(), verdict == TrialReferee.Verdict.SUCCESS,
            verdict.name().toLowerCase(java.util.Locale.ROOT) + ": " + Judge.outcome(trial, scene), (clock.nanoTime() - begin) / 1e9, held);
    }

    private void hear(final TrialReferee referee) {
        reasonings.poll(clock.nanoTime());
        if (reasonings.at(0).take()) {
            final ReasoningDecoder decoder = new ReasoningDecoder();
            decoder.wrapAndApplyHeader(reasonings.at(0).buffer(), 0, new MessageHeaderDecoder());
            final long about = decoder.observedAtNanos();
            decoder.skipEmbedding();
            referee.reasoning(decoder.text(), about);
        }
    }

    private void command(final ArmCommand command) {
        arms.forEach(arm -> arm.proxy().tell(command));
    }

    private void await(final MotionMode mode) {
        final long until = clock.nanoTime() + CONNECT_NANOS;
        while (!arms.stream().allMatch(arm -> arm.motionMode() == mode)) {
            if (clock.nanoTime() > until) {
                throw new IllegalStateException("the arms of the simulated cell did not come to " + mode + ": "
                    + arms.stream().map(arm -> arm.roleName() + " " + arm.motionMode() + " " + arm.fault()).toList());
            }
            runner.runFor(LOOK_NANOS);
        }
    }

    private double[] readyAxes() {
        return profile.arms().stream().flatMapToDouble(arm -> Arrays.stream(arm.readyPose().toArray())).toArray();
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
