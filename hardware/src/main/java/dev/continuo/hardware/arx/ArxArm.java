package dev.continuo.hardware.arx;

import dev.continuo.config.ArmProfile;
import dev.continuo.hardware.Arm;
import dev.continuo.hardware.ArmState;
import dev.continuo.hardware.GravityModel;
import dev.continuo.hardware.can.CanBus;
import dev.continuo.hardware.can.CanFrameHandler;
import dev.continuo.hardware.can.CanFrames;
import dev.continuo.hardware.can.CanTroubles;

/**
 * An ARX arm: seven motors on one CAN bus.
 *
 * <p>Connecting reads every motor's ranges and enables it, damped; arming raises stiffness and gravity torque while it holds the
 * measured pose; damping drops the stiffness at once and fades the gravity torque out. A motor that reports a fault, falls silent,
 * presses past its limit or reads what cannot be puts the arm into {@link Mode#FAULT}, in which it is damped.
 *
 * <p>If neither {@link #command} nor {@link #damp} is called for {@value #UNATTENDED_PERIODS} periods and {@link #UNATTENDED_NANOS},
 * {@link #poll} damps: motors execute their last command for ever.
 */
public final class ArxArm implements Arm {
    /** Periods without a command or damping after which {@link #poll} damps by itself. */
    public static final int UNATTENDED_PERIODS = 5;
    /** And so long at least: a host that stalls for a moment finds its arm as it left it. */
    public static final long UNATTENDED_NANOS = 50_000_000L;
    /** The first command after arming must be this close to the held pose, rad. */
    public static final double ENGAGE_RADIANS = 0.2;

    private static final int FRAMES_PER_POLL = 64;
    private static final int MOTOR_IDS = 16;
    private static final double NANOS_PER_SECOND = 1e9;

    private final String name;
    private final ArxModel model;
    private final CanBus bus;
    private final GravityModel gravity;
    private final ArxSettings settings;
    private final MotorLink[] links = new MotorLink[ArxModel.AXES];
    private final MotorLink[] byId = new MotorLink[MOTOR_IDS];
    private final ArxFault fault;
    private final ArxConnector connector;
    private final GripperScale gripper;
    private final ArxCounters counters = new ArxCounters();
    private final ArmState state = new ArmState(ArxModel.AXES);
    private final CanFrameHandler handler = this::onFrame;
    private final double[] target = new double[ArxModel.AXES];
    private final double[] targetVelocity = new double[ArxModel.AXES];
    private final double[] gravityTorque = new double[ArxModel.AXES];

    private Mode mode = Mode.CONNECTING;
    private boolean following;
    private double gripperGoal;
    private double stiffness;
    private double gravityShare;
    private long lastCycleNanos = Long.MIN_VALUE;
    private long lastCommandNanos = Long.MIN_VALUE;
    private long lastServedNanos = Long.MIN_VALUE;

    /** The arm of a profile on a bus, with the gains for following paths. */
    public ArxArm(final ArmProfile profile, final CanBus bus, final GravityModel gravity) {
        this(profile.name(), ArxModel.named(profile.model()).forPaths(), bus, gravity,
            ArxSettings.atRate(profile.rateHz()).withMotorTimeout(profile.arx().motorTimeoutNanos()));
    }

    /** An arm on a bus, which it closes when it is closed. */
    public ArxArm(
        final String name, final ArxModel model, final CanBus bus, final GravityModel gravity, final ArxSettings settings) {
        this.name = name;
        this.model = model;
        this.bus = bus;
        this.gravity = gravity;
        this.settings = settings;
        for (int axis = 0; axis < links.length; axis++) {
            final ArxMotor motor = model.motors().get(axis);
            links[axis] = switch (motor.type()) {
                case MotorType.Damiao damiao -> new DamiaoLink(motor, settings.motorTimeoutNanos());
                case MotorType.Encos encos -> new EncosLink(motor, encos.torqueConstant(), settings.motorTimeoutNanos());
            };
            byId[motor.canId()] = links[axis];
        }
        fault = new ArxFault(bus);
        connector = new ArxConnector(bus, links, fault, settings.periodNanos());
        gripper = new GripperScale(model);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int axisCount() {
        return ArxModel.AXES;
    }

    @Override
    public Mode mode() {
        return mode;
    }

    @Override
    public ArmState state() {
        return state;
    }

    @Override
    public int poll(final long nowNanos) {
        final int frames = bus.poll(handler, nowNanos, FRAMES_PER_POLL);
        if (mode == Mode.CONNECTING) {
            connect(nowNanos);
        } else {
            publish();
            supervise(nowNanos);
            if (lastServedNanos != Long.MIN_VALUE && nowNanos - lastServedNanos >= unattendedNanos()
                && nowNanos - lastCycleNanos >= settings.periodNanos()) {
                counters.selfDampedCycles++;
                dampCycle(nowNanos);
            }
        }
        return frames;
    }

    private long unattendedNanos() {
        return Math.max(UNATTENDED_NANOS, UNATTENDED_PERIODS * settings.periodNanos());
    }

    private void connect(final long nowNanos) {
        if (gravityShare > 0.0 && bus.isConnected()) {
            // The motors still carry the arm from before a fault: let go slowly, then ask them anew.
            dampCycle(nowNanos);
        } else if (connector.step(nowNanos)) {
            mode = Mode.DAMPING;
            lastServedNanos = nowNanos;
            publish();
        } else if (fault.cause() != ArxFault.Cause.NONE) {
            mode = Mode.FAULT;
        }
    }

    private void publish() {
        long oldest = Long.MAX_VALUE;
        for (int axis = 0; axis < links.length; axis++) {
            final MotorLink link = links[axis];
            state.position[axis] = link.position;
            state.velocity[axis] = link.velocity;
            state.effort[axis] = link.torque;
            oldest = Math.min(oldest, link.measuredAtNanos);
        }
        final MotorLink finger = links[ArxModel.GRIPPER];
        state.position[ArxModel.GRIPPER] = gripper.metres(finger.position);
        state.velocity[ArxModel.GRIPPER] = gripper.metres(finger.velocity);
        state.effort[ArxModel.GRIPPER] = gripper.newtons(finger.torque);
        state.measuredAtNanos = oldest;
    }

    /** Puts the arm into {@link Mode#FAULT} if a motor or the bus gives reason to. */
    private void supervise(final long nowNanos) {
        if (mode == Mode.FAULT) {
            return;
        }
        if (!bus.isConnected()) {
            fault.set(ArxFault.Cause.BUS_LOST);
        }
        for (final MotorLink link : links) {
            if (link.reportsFault()) {
                fault.set(ArxFault.Cause.MOTOR_REPORTS, link, 0.0);
            } else if (link.isSilent(nowNanos, settings.missedReplies(), settings.silentNanos())) {
                fault.set(ArxFault.Cause.MOTOR_SILENT, link, 0.0);
            } else if (link.isImplausible()) {
                fault.set(ArxFault.Cause.IMPLAUSIBLE, link, 0.0);
            }
        }
        if (fault.cause() != ArxFault.Cause.NONE) {
            mode = Mode.FAULT;
        }
    }

    @Override
    public void arm(final long nowNanos) {
        if (mode != Mode.DAMPING) {
            return;
        }
        for (int axis = 0; axis < links.length; axis++) {
            target[axis] = links[axis].position;
            targetVelocity[axis] = 0.0;
        }
        gripperGoal = target[ArxModel.GRIPPER];
        gripper.restart(gripperGoal);
        stiffness = 0.0;
        following = false;
        mode = Mode.ARMING;
        serve(nowNanos);
    }

    @Override
    public void command(final long nowNanos, final double[] position, final double[] velocity) {
        lastCommandNanos = nowNanos;
        serve(nowNanos);
        if (mode != Mode.ARMING && mode != Mode.HOLDING) {
            damp(nowNanos);
            return;
        }
        if (mode == Mode.HOLDING) {
            follow(position, velocity);
        }
        checkTorques();
        if (mode == Mode.FAULT) {
            dampCycle(nowNanos);
            return;
        }
        final double elapsed = elapsedNanos(nowNanos);
        stiffness = Math.min(1.0, stiffness + elapsed / settings.rampNanos());
        gravityShare = Math.min(1.0, gravityShare + elapsed / settings.rampNanos());
        final MotorLink finger = links[ArxModel.GRIPPER];
        target[ArxModel.GRIPPER] =
            gripper.advance(gripperGoal, finger.position, finger.torque, elapsed / NANOS_PER_SECOND);
        send(nowNanos);
        if (mode == Mode.ARMING && stiffness >= 1.0) {
            mode = Mode.HOLDING;
        }
    }

    /** Takes over the set-points if they can be followed; else the last ones stay and the arm stops there. */
    private void follow(final double[] position, final double[] velocity) {
        boolean accepted = true;
        for (int axis = 0; axis < links.length; axis++) {
            accepted &= Double.isFinite(position[axis]) && Double.isFinite(velocity[axis])
                && (following || axis == ArxModel.GRIPPER || Math.abs(position[axis] - target[axis]) <= ENGAGE_RADIANS);
        }
        for (int axis = 0; axis < ArxModel.GRIPPER; axis++) {
            target[axis] = accepted ? position[axis] : target[axis];
            targetVelocity[axis] = accepted ? velocity[axis] : 0.0;
        }
        if (accepted) {
            following = true;
            gripperGoal = gripper.radians(Math.max(0.0, Math.min(model.gripperWidthMetres(), position[ArxModel.GRIPPER])));
        } else {
            counters.rejectedCommands++;
        }
    }

    @Override
    public void damp(final long nowNanos) {
        serve(nowNanos);
        if (mode != Mode.CONNECTING) {
            dampCycle(nowNanos);
        }
    }

    private void serve(final long nowNanos) {
        lastServedNanos = nowNanos;
    }

    private void dampCycle(final long nowNanos) {
        if (mode == Mode.ARMING || mode == Mode.HOLDING) {
            mode = Mode.DAMPING;
        }
        stiffness = 0.0;
        gravityShare = Math.max(0.0, gravityShare - elapsedNanos(nowNanos) / settings.fadeNanos());
        for (int axis = 0; axis < links.length; axis++) {
            target[axis] = links[axis].position;
            targetVelocity[axis] = 0.0;
        }
        send(nowNanos);
    }

    /** Since the last cycle, at most a few periods: after a pause the ramps go on, they do not jump. */
    private double elapsedNanos(final long nowNanos) {
        final long elapsed = lastCycleNanos == Long.MIN_VALUE ? settings.periodNanos() : nowNanos - lastCycleNanos;
        return Math.max(0, Math.min(elapsed, UNATTENDED_PERIODS * settings.periodNanos()));
    }

    private void checkTorques() {
        for (final MotorLink link : links) {
            link.overTorqueCycles = Math.abs(link.torque) > link.motor.torqueLimit() ? link.overTorqueCycles + 1 : 0;
            if (link.overTorqueCycles >= settings.overTorqueCycles()) {
                fault.set(ArxFault.Cause.OVER_TORQUE, link, link.torque);
                mode = Mode.FAULT;
            }
        }
    }

    private void send(final long nowNanos) {
        if (gravityShare > 0.0) {
            gravity.torques(state.position, gravityTorque);
        }
        for (int axis = 0; axis < links.length; axis++) {
            final MotorLink link = links[axis];
            final ArxMotor motor = link.motor;
            final double limit = motor.torqueLimit();
            final double carried = axis == ArxModel.GRIPPER ? 0.0 : gravityShare * gravityTorque[axis];
            final double torque = Double.isFinite(carried) ? Math.max(-limit, Math.min(limit, carried)) : 0.0;
            final double kd = motor.dampingKd() + stiffness * (motor.kd() - motor.dampingKd());
            link.command(bus, (float) (stiffness * motor.kp()), (float) kd, (float) target[axis], (float) targetVelocity[axis],
                (float) torque);
            link.commandSent();
        }
        bus.flush();
        lastCycleNanos = nowNanos;
    }

    private void onFrame(final int id, final long data, final int length, final long atNanos) {
        if ((id & CanFrames.ERROR_FLAG) != 0) {
            counters.errorFrames++;
            if (CanTroubles.tells(id, CanTroubles.Trouble.BUS_OFF) && mode != Mode.CONNECTING && mode != Mode.FAULT) {
                fault.set(ArxFault.Cause.BUS_OFF);
                mode = Mode.FAULT;
            }
        } else if (id == DamiaoFeedback.CAN_ID) {
            onDamiaoFrame(data, length, atNanos);
        } else if (id > 0 && id < MOTOR_IDS && byId[id] instanceof EncosLink encos) {
            if (!encos.onFrame(data, length, atNanos)) {
                counters.malformedFrames++;
            }
        } else {
            counters.unknownFrames++;
        }
    }

    private void onDamiaoFrame(final long data, final int length, final long atNanos) {
        if (length != CanFrames.MAX_LENGTH) {
            counters.malformedFrames++;
        } else if (byId[DamiaoFeedback.motorId(data)] instanceof DamiaoLink damiao) {
            if (DamiaoRegister.looksLikeReply(data)) {
                if (!damiao.onRegister(data, atNanos)) {
                    counters.lateRegisterReplies++;
                }
            } else {
                damiao.onState(data, atNanos);
            }
        } else {
            counters.unknownFrames++;
        }
    }

    @Override
    public void clearFault(final long nowNanos) {
        if (mode == Mode.FAULT) {
            fault.clear();
            connector.restart();
            mode = Mode.CONNECTING;
        }
    }

    @Override
    public String fault() {
        return mode == Mode.CONNECTING ? connector.text() : fault.text();
    }

    /** What every motor is and where its ranges come from, one line each; for the log. Allocates. */
    public String describeMotors() {
        return ArxReport.of(model, links);
    }

    /** When {@link #command} was called last; {@link Long#MIN_VALUE} before. */
    public long lastCommandNanos() {
        return lastCommandNanos;
    }

    /** What happened on the bus. */
    public ArxCounters counters() {
        return counters;
    }

    /** Times that the arm went into {@link Mode#FAULT}. */
    public long faults() {
        return fault.count();
    }

    /** Commands that a motor did not answer before the next one. */
    public long missedReplies(final int axis) {
        return links[axis].missedReplies;
    }

    /** Readings of an axis that were left out because its motor cannot have got there. */
    public long outliers(final int axis) {
        return links[axis].outliers;
    }

    /** The hotter of the two temperatures that an axis's motor reports, degrees Celsius. */
    public int celsius(final int axis) {
        return links[axis].celsius;
    }

    /** Cycles in which the gripper was held back because it pressed on something. */
    public long gripperStalledCycles() {
        return gripper.stalledCycles();
    }

    @Override
    public void close() {
        if (bus.isConnected() && mode != Mode.CONNECTING) {
            // Motors execute their last command for ever: let it be plain damping.
            gravityShare = 0.0;
            dampCycle(lastCycleNanos);
        }
        bus.close();
    }
}
