package dev.continuo.simulation.franka;

import dev.continuo.hardware.franka.ControllerMode;
import dev.continuo.hardware.franka.FciCommand;
import dev.continuo.hardware.franka.FciRequest;
import dev.continuo.hardware.franka.FciStatus;
import dev.continuo.hardware.franka.FciVersion;
import dev.continuo.hardware.franka.FrankaError;
import dev.continuo.hardware.franka.FrankaLimits;
import dev.continuo.hardware.franka.MotionGenerator;
import dev.continuo.hardware.franka.RobotCommand;
import dev.continuo.hardware.franka.RobotMode;
import dev.continuo.hardware.franka.RobotState;
import dev.continuo.hardware.franka.StateField;
import dev.continuo.hardware.kinematics.ForwardKinematics;
import dev.continuo.hardware.kinematics.Pose;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The robot behind the protocol: its modes, motions, reflexes and body, a millisecond at a time (franka-fci.md sections 8 and 9). What a real robot does where nothing is
 * documented is said where it is chosen. For one thread.
 */
public final class SimulatedFranka {
    /** The pose that the vendor's examples begin in, rad. */
    private static final double[] READY = {0, -Math.PI / 4, 0, -3 * Math.PI / 4, 0, Math.PI / 2, Math.PI / 4};

    private static final int JOINTS = FrankaLimits.JOINTS;
    private static final int MOST_LOST = 20;
    private static final double TORQUE_STEP = 1.0;
    /** Numbers of 32 bits round a torque by as much. */
    private static final double TORQUE_SLACK = 0.01;
    private static final double MOST_DEVIATION = 1e3;
    private static final double BASE_ACCELERATION = -9.81;

    private final FciVersion version;
    private final FrankaPlant plant;
    private final MotionReference reference;
    private final FrankaSettings settings = new FrankaSettings();
    private final SuccessRate rate = new SuccessRate();
    private final ForwardKinematics forward;
    private final Pose pose = new Pose();
    private final Set<FrankaError> errors = EnumSet.noneOf(FrankaError.class);
    private final Set<FrankaError> reasons = EnumSet.noneOf(FrankaError.class);
    private final double[] commandedTorque = new double[JOINTS];
    private final double[] torque = new double[JOINTS];
    private final double[] noTorque = new double[JOINTS];
    private final double[] jacobian = new double[6 * JOINTS];
    private final double[] elbow = new double[2];
    private double previousElbow;
    private double previousElbowRate;
    private RobotMode mode = RobotMode.IDLE;
    private Optional<FciRequest.Move> requested = Optional.empty();
    private Optional<FciRequest.Move> move = Optional.empty();
    private Optional<FciStatus> ended = Optional.empty();
    private boolean commanded;
    private boolean finishing;
    private int lost;

    /** A robot at rest in the vendor's ready pose. */
    public SimulatedFranka(final FciVersion version) {
        this(version, READY);
    }

    /**
     * A robot at rest.
     *
     * @param position joint angles, rad
     */
    public SimulatedFranka(final FciVersion version, final double[] position) {
        this.version = version;
        plant = new FrankaPlant(version, position);
        reference = new MotionReference(version, position);
        reference.tool(settings.endEffectorInFlange());
        forward = new ForwardKinematics(FrankaLimits.of(version).chain());
        previousElbow = position[2];
    }

    /** The version that it speaks. */
    public FciVersion version() {
        return version;
    }

    /** Copies the measured joint angles, rad. */
    public void position(final double[] position) {
        System.arraycopy(plant.position, 0, position, 0, JOINTS);
    }

    /** What a request comes to; for a motion, that it starts or not. */
    public FciStatus handle(final FciRequest request) {
        return switch (request) {
            case FciRequest.Connect connect -> connect.version() == version.number() ? FciStatus.SUCCESS : FciStatus.INCOMPATIBLE_VERSION;
            case FciRequest.Move motion -> start(motion);
            case FciRequest.Plain plain -> plain(plain.command());
            case FciRequest.SetNumbers numbers -> {
                if (mode == RobotMode.MOVE) {
                    yield FciStatus.NOT_POSSIBLE;
                }
                if (!settings.set(numbers)) {
                    yield FciStatus.INVALID_ARGUMENT;
                }
                reference.tool(settings.endEffectorInFlange());
                yield FciStatus.SUCCESS;
            }
            case FciRequest.SetGuidingMode _ -> mode == RobotMode.MOVE ? FciStatus.NOT_POSSIBLE : FciStatus.SUCCESS;
            case FciRequest.GetCartesianLimit _ -> FciStatus.SUCCESS;
            case FciRequest.LoadModelLibrary _ -> FciStatus.FAILED;
        };
    }

    private FciStatus plain(final FciCommand command) {
        return switch (command) {
            case STOP_MOVE -> stop();
            case AUTOMATIC_ERROR_RECOVERY -> recover();
            default -> FciStatus.SUCCESS;
        };
    }

    private FciStatus start(final FciRequest.Move motion) {
        if (mode != RobotMode.IDLE || requested.isPresent()) {
            return FciStatus.NOT_POSSIBLE;
        }
        if (!allowed(motion.path()) || !allowed(motion.goal())
            || motion.maximumVelocities().stream().flatMapToDouble(Arrays::stream).anyMatch(most -> !(most > 0))
            || motion.generator() == MotionGenerator.NONE && motion.controller() != ControllerMode.EXTERNAL
            || motion.maximumVelocities().isPresent() && motion.generator() != MotionGenerator.JOINT_POSITION) {
            return FciStatus.INVALID_ARGUMENT;
        }
        if (motion.generator().cartesian() && reference.singular()) {
            return FciStatus.SINGULAR_START;
        }
        requested = Optional.of(motion);
        return FciStatus.MOTION_STARTED;
    }

    private static boolean allowed(final FciRequest.Deviation deviation) {
        return within(deviation.translation()) && within(deviation.rotation()) && within(deviation.elbow());
    }

    private static boolean within(final double deviation) {
        return deviation >= 0 && deviation <= MOST_DEVIATION;
    }

    private FciStatus stop() {
        if (mode == RobotMode.MOVE || requested.isPresent()) {
            end(FciStatus.PREEMPTED, RobotMode.IDLE);
            return FciStatus.SUCCESS;
        }
        return mode == RobotMode.IDLE ? FciStatus.SUCCESS : FciStatus.NOT_POSSIBLE;
    }

    private FciStatus recover() {
        return switch (mode) {
            case REFLEX -> {
                errors.clear();
                mode = RobotMode.IDLE;
                yield FciStatus.SUCCESS;
            }
            case IDLE -> FciStatus.SUCCESS;
            case USER_STOPPED -> FciStatus.EMERGENCY_ABORTED;
            default -> FciStatus.NOT_POSSIBLE;
        };
    }

    /** Somebody presses the user-stop. */
    public void pressUserStop() {
        end(FciStatus.EMERGENCY_ABORTED, RobotMode.USER_STOPPED);
        mode = RobotMode.USER_STOPPED;
    }

    /** Somebody releases the user-stop. */
    public void releaseUserStop() {
        if (mode == RobotMode.USER_STOPPED) {
            mode = RobotMode.IDLE;
        }
    }

    /**
     * Somebody leans on the joints from now on.
     *
     * @param torques of each joint, Nm
     */
    public void push(final double... torques) {
        System.arraycopy(torques, 0, plant.external, 0, JOINTS);
    }

    /** The client is gone: what was moving comes to rest. */
    public void forsake() {
        end(FciStatus.ABORTED, RobotMode.IDLE);
        ended = Optional.empty();
    }

    /** How a motion has ended, once. */
    public Optional<FciStatus> takeEnd() {
        final Optional<FciStatus> end = ended;
        ended = Optional.empty();
        return end;
    }

    /** A millisecond in which a command came. */
    public void cycle(final RobotCommand command) {
        if (mode == RobotMode.MOVE) {
            commanded = true;
            lost = 0;
            rate.count(true);
            obey(command);
        }
        move();
    }

    /** A millisecond in which no command came. */
    public void cycle() {
        if (mode == RobotMode.MOVE) {
            final boolean planned = move.orElseThrow().maximumVelocities().isPresent();
            rate.count(planned);
            if (finishing) {
                finish();
            } else {
                reference.goOn().ifPresent(this::reflex);
                // Before the first command a client may take its time, and targets that are planned to come when they like.
                lost += commanded && !planned ? 1 : 0;
                if (lost >= MOST_LOST) {
                    reflex(FrankaError.COMMUNICATION_CONSTRAINTS_VIOLATION);
                }
            }
        }
        move();
    }

    private void obey(final RobotCommand command) {
        final FciRequest.Move motion = move.orElseThrow();
        if (!finite(command)) {
            end(FciStatus.INPUT_ERROR_ABORTED, RobotMode.IDLE);
            return;
        }
        finishing |= command.motionFinished() || command.torqueFinished();
        Optional<FrankaError> error = finishing && motion.maximumVelocities().isPresent() ? Optional.empty() : reference.follow(command);
        if (motion.controller() == ControllerMode.EXTERNAL) {
            error = error.or(() -> torques(command));
        }
        if (error.isPresent()) {
            reflex(error.get());
        } else if (finishing) {
            finish();
        }
    }

    private boolean finite(final RobotCommand command) {
        double sum = command.elbowAngle();
        command.positions(torque);
        sum += sum(torque);
        command.velocities(torque);
        sum += sum(torque);
        command.torques(torque);
        sum += sum(torque);
        command.twist(jacobian);
        for (int i = 0; i < 6; i++) {
            sum += jacobian[i];
        }
        command.pose(jacobian);
        for (int i = 0; i < 16; i++) {
            sum += jacobian[i];
        }
        return Double.isFinite(sum);
    }

    private static double sum(final double[] values) {
        double sum = 0;
        for (final double value : values) {
            sum += value;
        }
        return sum;
    }

    private Optional<FrankaError> torques(final RobotCommand command) {
        command.torques(torque);
        for (int i = 0; i < JOINTS; i++) {
            if (Math.abs(torque[i] - commandedTorque[i]) > TORQUE_STEP + TORQUE_SLACK) {
                return Optional.of(FrankaError.CONTROLLER_TORQUE_DISCONTINUITY);
            }
            if (Math.abs(torque[i]) > FrankaLimits.strongest(i)) {
                return Optional.of(FrankaError.TAU_J_RANGE_VIOLATION);
            }
        }
        System.arraycopy(torque, 0, commandedTorque, 0, JOINTS);
        return Optional.empty();
    }

    private void finish() {
        if (move.orElseThrow().maximumVelocities().isPresent() && !reference.rests()) {
            reference.brake();
            return;
        }
        final Optional<FrankaError> moving = reference.restError();
        if (moving.isPresent()) {
            reflex(moving.get());
        } else {
            end(FciStatus.SUCCESS, RobotMode.IDLE);
        }
    }

    private void reflex(final FrankaError error) {
        reasons.clear();
        reasons.add(error);
        errors.add(error);
        end(FciStatus.REFLEX_ABORTED, RobotMode.REFLEX);
    }

    private void end(final FciStatus status, final RobotMode after) {
        if (move.isEmpty() && requested.isEmpty()) {
            return;
        }
        if (move.filter(motion -> motion.controller() == ControllerMode.EXTERNAL).isPresent()) {
            reference.take(plant.position, plant.velocity);
        }
        Arrays.fill(commandedTorque, 0);
        requested = Optional.empty();
        move = Optional.empty();
        ended = Optional.of(status);
        mode = after;
    }

    /** The body's part of the millisecond. */
    private void move() {
        if (move.isEmpty()) {
            reference.brake();
            if (requested.isPresent() && reference.rests()) {
                begin(requested.get());
            }
        }
        if (move.filter(motion -> motion.controller() == ControllerMode.EXTERNAL).isPresent()) {
            plant.drive(commandedTorque);
        } else {
            plant.follow(reference.position, reference.velocity, reference.acceleration, settings.jointStiffness);
        }
        observe();
    }

    private void begin(final FciRequest.Move motion) {
        requested = Optional.empty();
        move = Optional.of(motion);
        mode = RobotMode.MOVE;
        commanded = false;
        finishing = false;
        lost = 0;
        rate.clear();
        reasons.clear();
        reference.begin(motion.generator(), motion.maximumVelocities().orElseGet(() -> new double[0]));
    }

    /** Ends a motion that the body does not bear. */
    private void observe() {
        if (mode != RobotMode.MOVE) {
            return;
        }
        for (int i = 0; i < JOINTS; i++) {
            if (Math.abs(plant.external[i]) > settings.torqueThresholds[i]) {
                reflex(FrankaError.JOINT_REFLEX);
                return;
            }
            if (move.orElseThrow().controller() == ControllerMode.EXTERNAL && outOfRange(i)) {
                return;
            }
        }
    }

    private boolean outOfRange(final int joint) {
        final FrankaLimits limits = FrankaLimits.of(version);
        final double angle = plant.position[joint];
        if (angle < limits.lowest(joint) || angle > limits.highest(joint)) {
            reflex(FrankaError.JOINT_POSITION_LIMITS_VIOLATION);
            return true;
        }
        final double speed = plant.velocity[joint];
        if (speed > limits.highestVelocity(joint, angle) + MotionReference.VELOCITY_SLACK
            || speed < limits.lowestVelocity(joint, angle) - MotionReference.VELOCITY_SLACK) {
            reflex(FrankaError.JOINT_VELOCITY_VIOLATION);
            return true;
        }
        return false;
    }

    /**
     * Writes down all that the robot tells of itself, but the counter.
     *
     * @param state all of it is overwritten
     */
    public void describe(final RobotState state) {
        frames(state);
        loads(state);
        joints(state);
        elbows(state);
        state.controllerMode(move.map(FciRequest.Move::controller).orElse(ControllerMode.OTHER)).robotMode(mode);
        state.rest();
        move.ifPresent(motion -> state.run(motion.generator()));
        for (final FrankaError error : FrankaError.values()) {
            state.has(error, errors.contains(error)).endedBy(error, reasons.contains(error));
        }
        state.put(StateField.CONTROL_COMMAND_SUCCESS_RATE, 0, move.isPresent() ? rate.share() : 0);
    }

    private void frames(final RobotState state) {
        final double[] tool = settings.endEffectorInFlange();
        state.put(StateField.O_T_EE, endEffector(plant.position, tool)).put(StateField.O_T_EE_D, endEffector(reference.position, tool));
        forward.jacobian(jacobian);
        state.put(StateField.O_T_EE_C, reference.frame).put(StateField.O_DP_EE_C, reference.twist).put(StateField.O_DDP_EE_C, reference.twistRate);
        for (int row = 0; row < 6; row++) {
            double sum = 0;
            for (int joint = 0; joint < JOINTS; joint++) {
                sum += jacobian[row * JOINTS + joint] * reference.velocity[joint];
            }
            state.put(StateField.O_DP_EE_D, row, sum);
        }
        state.put(StateField.F_T_EE, tool).put(StateField.F_T_NE, settings.nominal).put(StateField.NE_T_EE, settings.endEffector)
            .put(StateField.EE_T_K, settings.stiffnessFrame).put(StateField.O_DDP_O, 2, BASE_ACCELERATION);
    }

    private double[] endEffector(final double[] position, final double[] tool) {
        final double[] flange = new double[16];
        final double[] frame = new double[16];
        forward.update(position);
        forward.toolPose(pose);
        Frames.ofPose(pose, flange);
        Frames.multiply(flange, tool, frame);
        return frame;
    }

    private void loads(final RobotState state) {
        state.put(StateField.M_EE, 0, settings.handMass()).put(StateField.F_X_CEE, settings.handCentre).put(StateField.I_EE, settings.handInertia)
            .put(StateField.M_LOAD, 0, settings.loadMass).put(StateField.F_X_CLOAD, settings.loadCentre).put(StateField.I_LOAD, settings.loadInertia);
    }

    private void joints(final RobotState state) {
        state.put(StateField.Q, plant.position).put(StateField.DQ, plant.velocity).put(StateField.THETA, plant.position)
            .put(StateField.DTHETA, plant.velocity).put(StateField.TAU_J, plant.torque);
        final boolean external = move.filter(motion -> motion.controller() == ControllerMode.EXTERNAL).isPresent();
        state.put(StateField.TAU_J_D, external ? commandedTorque : noTorque).put(StateField.TAU_EXT_HAT_FILTERED, plant.external);
        final boolean free = external && move.orElseThrow().generator() == MotionGenerator.NONE;
        state.put(StateField.Q_D, free ? plant.position : reference.position).put(StateField.DQ_D, free ? noTorque : reference.velocity)
            .put(StateField.DDQ_D, free ? noTorque : reference.acceleration);
        for (int i = 0; i < JOINTS; i++) {
            final double collides = errors.contains(FrankaError.JOINT_REFLEX) && Math.abs(plant.external[i]) > settings.torqueThresholds[i] ? 1 : 0;
            state.put(StateField.JOINT_CONTACT, i, collides).put(StateField.JOINT_COLLISION, i, collides);
        }
    }

    private void elbows(final RobotState state) {
        elbow[1] = reference.side();
        elbow[0] = plant.position[2];
        state.put(StateField.ELBOW, elbow);
        elbow[0] = reference.position[2];
        state.put(StateField.ELBOW_D, elbow).put(StateField.ELBOW_C, elbow);
        final double speed = (elbow[0] - previousElbow) / FrankaLimits.CYCLE_SECONDS;
        state.put(StateField.DELBOW_C, 0, speed).put(StateField.DDELBOW_C, 0, (speed - previousElbowRate) / FrankaLimits.CYCLE_SECONDS);
        previousElbow = elbow[0];
        previousElbowRate = speed;
    }
}
