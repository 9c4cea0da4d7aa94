package dev.continuo.actors.agent;

import dev.continuo.actors.bus.Bus;
import dev.continuo.actors.bus.NewestSubscription;
import dev.continuo.actors.latency.Latency;
import dev.continuo.actors.latency.LatencyRecorder;
import dev.continuo.actors.message.MotionMode;
import dev.continuo.config.ArmProfile;
import dev.continuo.config.Profile;
import dev.continuo.hardware.Arm;
import dev.continuo.hardware.ArmState;
import dev.continuo.hardware.kinematics.JointTrajectory;
import dev.continuo.hardware.safety.ContactGuard;
import dev.continuo.hardware.safety.Failsafe;
import dev.continuo.hardware.safety.PoseRoute;
import dev.continuo.hardware.safety.SafetyEnvelope;
import dev.continuo.hardware.safety.Verdict;
import dev.continuo.policy.playback.ActionChunk;
import dev.continuo.policy.playback.ChunkPlayback;
import dev.continuo.policy.playback.PlaybackState;
import org.agrona.CloseHelper;
import org.agrona.concurrent.NanoClock;

import java.util.function.Consumer;

/**
 * The control loop of one arm: takes in what the motors answered, plays the chunk that is due, passes it through the safety envelope,
 * and commands the motors.
 *
 * <p>The arm moves only after it was told to {@link ArmCommand#ARM} and then to move, and only while the {@link MotionGate} is open.
 * When no row is due it decelerates to a hold; when the gate closes it does so too and stays there until told otherwise. A failed arm
 * is damped, and closes the gate for the others. An arm that touches something harder than it may is an emergency.
 *
 * <p>{@link #doWork} does not allocate, lock or log once warm. All public methods but those of the agent may be called by any thread.
 */
public final class ArmAgent extends TimedStageAgent {
    /** Periods for which a measurement is good to move by. */
    private static final int STATE_MAX_AGE_PERIODS = 20;
    /** Periods after which an arm that clocks its loop is looked after although it has sent nothing. */
    private static final int SILENT_PERIODS = 5;
    /** The part of the limits that poses are approached with. */
    private static final double SHARE_OF_LIMITS = 0.4;
    /** How close to its end a pose motion counts as arrived, radians or metres. */
    private static final double ARRIVED = 2e-3;
    private static final String NO_WAY_TO_READY = "finds no way to its ready pose within its workspace: release it and put it right by hand";
    private static final String NO_WAY_TO_PARK = "finds no way to its park pose within its workspace";

    /** What a holding arm is after. */
    private enum Goal {
        HOLD(false), READY(true), PLAY(true), STOP(false), PARK(true);

        private final boolean moves;

        Goal(final boolean moves) {
            this.moves = moves;
        }
    }

    /** How far the way to a pose is. */
    private enum Way {
        /** Not looked for yet. */
        UNKNOWN,
        /** Being looked for. */
        SEARCHED,
        /** The arm goes to the corner where it turns. */
        TO_CORNER,
        /** The arm goes to the pose. */
        TO_POSE
    }

    private final ArmProfile profile;
    private final Arm arm;
    private final MotionGate gate;
    private final ArmAgentProxy proxy = new ArmAgentProxy();
    private final ArmTelemetry telemetry;
    private final ArmCounts counts;
    private final Consumer<ArmCommand> onCommand = this::onCommand; // made once: a method reference allocates
    private final ChunkInput chunks;
    private final ChunkPlayback playback;
    private final ArmColumns columns;
    private final double[] row;
    private final JointTrajectory trajectory;
    private final PoseRoute route;
    private final double[] readyPose;
    private final double[] parkPose;
    private final SafetyEnvelope envelope;
    private final ContactInput contact;
    private final JointStateOutput output;
    private final LatencyRecorder latencies;
    private final double[] setpoint;
    private final double[] position;
    private final double[] velocity;
    private final String faultReason;
    private final String contactReason;

    private volatile MotionMode motionMode = MotionMode.CONNECTING;
    private volatile String fault = "";
    private volatile String obstacle = "";
    private volatile boolean stopRequested;

    private long nowNanos;
    /** The time that this cycle's setpoint is for: now less the jitter of the cycle. */
    private long dueNanos;
    private Goal goal = Goal.HOLD;
    private Arm.Mode lastMode = Arm.Mode.CONNECTING;
    private Way way = Way.UNKNOWN;
    private long movingSinceNanos;
    private boolean wayIsOver;
    private boolean rowDue;
    private boolean releasing;
    private long playFromNanos;
    private long lastCommandNanos;
    private long lastMeasuredNanos;

    /**
     * An agent for one arm of a cell.
     *
     * @param index the arm's place in the profile
     * @param arm   closed with the agent
     * @param gate  shared by all arms of the cell
     * @param telemetry takes what is measured
     */
    public ArmAgent(
        final Profile cell, final int index, final Arm arm, final MotionGate gate, final ArmTelemetry telemetry, final Bus bus,
        final NanoClock clock) {
        super("arm-" + cell.arms().get(index).name(), clock, cell.arms().get(index).periodNanos(), telemetry.loop());
        profile = cell.arms().get(index);
        this.telemetry = telemetry;
        counts = telemetry.counts();
        latencies = telemetry.latencies();
        this.arm = arm;
        this.gate = gate;
        final int axes = arm.axisCount();
        chunks = new ChunkInput(bus, cell.playback(), cell.columns(), counts);
        columns = ArmColumns.of(profile);
        row = new double[columns.count()];
        playback = ChunkPlayback.ofArm(cell.playback(), cell.firstColumn(index), columns.count());
        trajectory = new JointTrajectory(profile.limits(), SHARE_OF_LIMITS);
        route = new PoseRoute(profile);
        readyPose = profile.readyPose().toArray();
        parkPose = profile.parkPose().toArray();
        envelope = new SafetyEnvelope(profile);
        contact = ContactInput.of(cell, index, envelope.contact(), bus);
        output = new JointStateOutput(bus, index, axes, counts);
        setpoint = new double[axes];
        position = new double[axes];
        velocity = new double[axes];
        faultReason = "the " + profile.name() + " arm failed";
        contactReason = profile.contact().map(limit -> "the " + profile.name() + " arm touches something harder than " + limit.forceNewtons() + " N or " + limit.torqueNewtonMetres() + " Nm").orElse("");
    }

    @Override
    public boolean awaitTick(final Sleeper sleeper, final long deadlineNanos) {
        if (!arm.clocksLoop()) {
            return super.awaitTick(sleeper, deadlineNanos);
        }
        return arm.await(deadlineNanos + SILENT_PERIODS * periodNanos() - clock.nanoTime());
    }

    @Override
    public int doWork() {
        nowNanos = clock.nanoTime();
        dueNanos = nowNanos - envelope.latenessNanos(elapsedNanos());
        aliveAtNanos.set(nowNanos);
        int work = proxy.drain(onCommand);
        work += arm.poll(nowNanos);
        if (stopRequested) {
            return work; // a driver that hung may come back after its arm has been given to another one
        }
        work += contact.poll(nowNanos);
        work += chunks.poll(nowNanos, dueNanos, playback, goal == Goal.PLAY, playFromNanos);
        observeMode();
        observeContact(arm.mode() == Arm.Mode.HOLDING || arm.mode() == Arm.Mode.ARMING);
        observeGate();
        act();
        motionMode = currentMotion();
        publish();
        return work;
    }

    private void onCommand(final ArmCommand command) {
        final Arm.Mode mode = arm.mode();
        final boolean applies = switch (command) {
            case ARM -> mode == Arm.Mode.DAMPING && gate.isOpen() && isStateFresh() && envelope.reset(arm.state().position);
            case READY, PLAY, PARK -> mode == Arm.Mode.HOLDING && gate.isOpen();
            case STOP, RELEASE -> true;
            case CLEAR_FAULT -> mode == Arm.Mode.FAULT;
        };
        if (!applies) {
            counts.refusedCommands.increment();
            observeContact(command == ArmCommand.ARM);
            return;
        }
        switch (command) {
            case ARM -> {
                arm.arm(nowNanos);
                pursue(Goal.HOLD);
                lastCommandNanos = nowNanos;
            }
            case READY -> pursue(Goal.READY);
            case PARK -> pursue(Goal.PARK);
            case STOP -> pursue(Goal.STOP);
            case PLAY -> {
                pursue(Goal.PLAY);
                playback.reset();
                playFromNanos = nowNanos;
            }
            case RELEASE -> {
                pursue(Goal.HOLD);
                releasing = true;
            }
            case CLEAR_FAULT -> {
                fault = "";
                arm.clearFault(nowNanos);
                lastMode = arm.mode(); // it may fail again before it is looked at
            }
        }
    }

    private void pursue(final Goal newGoal) {
        goal = newGoal;
        way = Way.UNKNOWN;
        obstacle = "";
        rowDue = false;
    }

    /** An arm that stops following by itself stops all arms. */
    private void observeMode() {
        final Arm.Mode mode = arm.mode();
        if (mode != lastMode) {
            final boolean followed = lastMode == Arm.Mode.ARMING || lastMode == Arm.Mode.HOLDING;
            final boolean follows = mode == Arm.Mode.ARMING || mode == Arm.Mode.HOLDING;
            if (mode == Arm.Mode.FAULT || followed && !follows) {
                gate.close(faultReason);
                pursue(Goal.STOP);
                fault = arm.fault(); // allocates, once: the arm does not move any more
                counts.faults.increment(); // after the reason: who sees the count finds it
            }
            lastMode = mode;
        }
        if (mode == Arm.Mode.FAULT) {
            gate.close(faultReason); // again and again: who opens it may not have heard of the fault yet
        }
    }

    private void observeContact(final boolean matters) {
        if (matters && envelope.contact().feeling() == ContactGuard.Feeling.TOUCHING && !gate.emergencyStop().isTriggered()) {
            gate.emergencyStop().trigger(contactReason);
            counts.contacts.increment();
        }
    }

    private void observeGate() {
        if (goal.moves && !gate.isOpen()) {
            counts.stoppedByGate.increment();
            pursue(Goal.STOP);
        }
    }

    private void act() {
        final Failsafe.Reaction demanded = Failsafe.reaction(arm.mode(), releasing, gate.isOpen(), isStateFresh(), goal.moves);
        if (arm.mode() == Arm.Mode.HOLDING) {
            countWhatIsMissing();
        }
        switch (demanded == Failsafe.Reaction.FOLLOW ? Failsafe.unless(isSetpointDue()) : demanded) {
            case FOLLOW -> {
                final Verdict verdict = envelope.enforce(setpoint, elapsedNanos(), position, velocity);
                observeArrival();
                command(verdict);
            }
            case DECELERATE -> command(envelope.decelerate(elapsedNanos(), position, velocity));
            case DAMP -> damp();
        }
        if (releasing) {
            releasing = false;
            lastMode = arm.mode(); // let go on purpose, not failed
        }
    }

    private void countWhatIsMissing() {
        if (!isStateFresh()) {
            counts.staleState.increment();
        } else if (envelope.contact().feeling() == ContactGuard.Feeling.UNKNOWN) {
            counts.unfelt.increment();
        }
    }

    /** Puts what is due into {@link #setpoint}, if anything is. */
    private boolean isSetpointDue() {
        return goal == Goal.PLAY ? isRowDue() : isPoseDue();
    }

    private void damp() {
        arm.damp(nowNanos);
        System.arraycopy(arm.state().position, 0, position, 0, position.length);
        lastCommandNanos = nowNanos;
    }

    private boolean isPoseDue() {
        if (way == Way.UNKNOWN || way == Way.SEARCHED) {
            if (!envelope.isStanding() || !isWayKnown()) {
                return false;
            }
            go(route.hasCorner() ? Way.TO_CORNER : Way.TO_POSE);
        }
        wayIsOver = trajectory.sample((dueNanos - movingSinceNanos) * 1e-9, setpoint);
        return true;
    }

    private void observeArrival() {
        if (goal == Goal.PLAY || !wayIsOver || !isNear(setpoint, position)) {
            return;
        }
        if (way == Way.TO_CORNER) {
            way = Way.UNKNOWN; // from where it stands then the way is straight
        } else {
            counts.arrivals.increment();
            pursue(Goal.HOLD);
        }
    }

    /** Looks for a way, a little in each cycle. Where there is none the straight one is tried: the envelope stops what must not be. */
    private boolean isWayKnown() {
        if (way == Way.UNKNOWN) {
            route.begin(position, goalPose());
            way = Way.SEARCHED;
        }
        if (!route.search()) {
            return false;
        }
        obstacle = route.isFound() ? "" : goal == Goal.READY ? NO_WAY_TO_READY : NO_WAY_TO_PARK;
        return true;
    }

    private void go(final Way found) {
        trajectory.plan(position, found == Way.TO_CORNER ? route.corner() : goalPose());
        way = found;
        movingSinceNanos = dueNanos;
    }

    private double[] goalPose() {
        return goal == Goal.READY ? readyPose : parkPose;
    }

    private boolean isRowDue() {
        rowDue = playback.sample(dueNanos, row) == PlaybackState.PLAYING;
        if (!rowDue) {
            counts.starved.increment();
            return false;
        }
        final ArmColumns.Reading reading = columns.read(row, position, setpoint);
        if (reading != ArmColumns.Reading.MET) {
            counts.outOfReach.increment();
        }
        if (reading == ArmColumns.Reading.MEANINGLESS) {
            return false;
        }
        latencies.record(Latency.OBSERVATION_AGE, nowNanos - playback.observedAtNanos());
        if (playback.reasoningObservedAtNanos() != ActionChunk.NO_REASONING) {
            latencies.record(Latency.REASONING_AGE, nowNanos - playback.reasoningObservedAtNanos());
        }
        return true;
    }

    private void command(final Verdict verdict) {
        arm.command(nowNanos, position, velocity);
        lastCommandNanos = nowNanos;
        counts.sent.increment();
        if (verdict.isHeld()) {
            counts.held.increment();
        } else if (verdict != Verdict.PASSED && verdict != Verdict.DECELERATED) {
            counts.limited.increment();
        }
        final long measuredNanos = arm.state().measuredAtNanos;
        if (measuredNanos != lastMeasuredNanos) {
            lastMeasuredNanos = measuredNanos;
            latencies.record(Latency.STATE_TO_COMMAND, clock.nanoTime() - measuredNanos);
        }
    }

    private void publish() {
        final ArmState state = arm.state();
        if (state.measuredAtNanos != Long.MIN_VALUE) {
            output.publish(state, motionMode, position, rowDue ? playback.sequence() : 0, lastCommandNanos, nowNanos);
        }
    }

    private MotionMode currentMotion() {
        return switch (arm.mode()) {
            case CONNECTING -> MotionMode.CONNECTING;
            case DAMPING -> MotionMode.DAMPING;
            case ARMING -> MotionMode.ARMING;
            case FAULT -> MotionMode.FAULT;
            case HOLDING -> switch (goal) {
                case HOLD -> MotionMode.HOLDING;
                case READY -> MotionMode.READYING;
                case PLAY -> rowDue ? MotionMode.PLAYING : MotionMode.HOLDING;
                case STOP -> MotionMode.STOPPING;
                case PARK -> MotionMode.PARKING;
            };
        };
    }

    private long elapsedNanos() {
        return nowNanos - lastCommandNanos;
    }

    private boolean isStateFresh() {
        final long ageNanos = nowNanos - arm.state().measuredAtNanos; // negative by overflow before the first measurement
        return ageNanos >= 0 && ageNanos <= STATE_MAX_AGE_PERIODS * profile.periodNanos();
    }

    private static boolean isNear(final double[] one, final double[] other) {
        for (int axis = 0; axis < one.length; axis++) {
            if (Math.abs(one[axis] - other[axis]) > ARRIVED) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void requestStop() {
        stopRequested = true;
    }

    @Override
    public void onClose() {
        CloseHelper.closeAll(arm, contact, chunks, output);
    }

    /** Takes commands for the agent. */
    public ArmAgentProxy proxy() {
        return proxy;
    }

    /** What the arm is doing. */
    public MotionMode motionMode() {
        return motionMode;
    }

    /** Why the arm failed, naming the motor; empty when all is well. */
    public String fault() {
        return fault;
    }

    /** What keeps the arm from the pose that it is to go to, as the end of a sentence about it; empty when nothing does. */
    public String obstacle() {
        return obstacle;
    }

    /** What the agent has done. */
    public ArmCounts counts() {
        return counts;
    }

    /** The stream of chunks, for its counts. */
    public NewestSubscription chunkStream() {
        return chunks.subscription();
    }

    @Override
    public LatencyRecorder latencies() {
        return latencies;
    }
}
