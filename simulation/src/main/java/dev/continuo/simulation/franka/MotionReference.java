package dev.continuo.simulation.franka;

import dev.continuo.hardware.franka.FciVersion;
import dev.continuo.hardware.franka.FrankaError;
import dev.continuo.hardware.franka.FrankaLimits;
import dev.continuo.hardware.franka.MotionGenerator;
import dev.continuo.hardware.franka.RobotCommand;
import dev.continuo.hardware.kinematics.ForwardKinematics;
import dev.continuo.hardware.kinematics.Pose;
import dev.continuo.hardware.kinematics.PoseTracking;
import java.util.Optional;

/**
 * What the robot wants its arm to do: what commands say, as far as they are within its limits, and what it makes of those that do not come
 * (franka-fci.md sections 9 and 11). Velocities, accelerations and jerks are backward differences over a millisecond. For one thread.
 */
final class MotionReference {
    private static final double CYCLE_SECONDS = FrankaLimits.CYCLE_SECONDS;
    /** On which side of this angle joint 4 bends, rad. */
    private static final double ELBOW_SIDE = -0.467002423653011;
    private static final int ELBOW_JOINT = 2;
    private static final int JOINTS = FrankaLimits.JOINTS;
    private static final double SINGULAR = 0.005;
    /** How far from the arm a motion may begin; how far a real one bears is not documented. rad and m. */
    private static final double START_TOLERANCE = 5e-3;
    /**
     * How much more than documented is borne; how much a real robot bears is not. A Panda's velocities are documented with a head-room, and a state's
     * numbers of 32 bits alone make 0.24 rad/s² and 240 rad/s³ of a client that limits what it commands.
     */
    static final double VELOCITY_SLACK = 0.05;
    private static final double ACCELERATION_SLACK = 1;
    private static final double JERK_SLACK = 1000;
    private static final double BRAKING = 0.8;

    /** Joint angles, rad, and their derivatives. */
    final double[] position;
    final double[] velocity = new double[JOINTS];
    final double[] acceleration = new double[JOINTS];
    /** The end effector's frame as commanded, its twist, and the twist's derivative. */
    final double[] frame = Frames.identity();
    final double[] twist = new double[6];
    final double[] twistRate = new double[6];

    private final FrankaLimits limits;
    private final ForwardKinematics forward;
    private final PoseTracking tracking;
    private final Pose pose = new Pose();
    private double[] flangeToTool = Frames.identity();
    private double[] toolToFlange = Frames.identity();
    private final double[] scratch = new double[16];
    private final double[] nextFrame = new double[16];
    private final double[] nextTwist = new double[6];
    private final double[] next = new double[JOINTS];
    private final double[] target = new double[JOINTS];
    private MotionGenerator generator = MotionGenerator.NONE;
    private double[] fastest = {};
    private boolean begun;
    private boolean elbowTold;
    private double elbow;

    MotionReference(final FciVersion version, final double[] position) {
        this.position = position.clone();
        limits = FrankaLimits.of(version);
        forward = new ForwardKinematics(FrankaLimits.of(version).chain());
        tracking = new PoseTracking(FrankaLimits.of(version).chain());
        look();
    }

    /** Sets where the end effector is on the flange. */
    void tool(final double[] endEffectorInFlange) {
        flangeToTool = endEffectorInFlange;
        toolToFlange = Frames.inverse(endEffectorInFlange);
        look();
    }

    /** Whether the arm is where the directions of its tool are not free. */
    boolean singular() {
        return tracking.manipulability(position) < SINGULAR;
    }

    /**
     * Begins a motion from here.
     *
     * @param fastestRadPerSec of each joint, for targets that are planned to; empty for a set-point in each millisecond
     */
    void begin(final MotionGenerator how, final double[] fastestRadPerSec) {
        generator = how;
        fastest = fastestRadPerSec;
        begun = false;
        elbowTold = false;
        System.arraycopy(position, 0, target, 0, JOINTS);
        look();
    }

    /** Takes in a command; the error that it is, if it is one: then nothing has changed. */
    Optional<FrankaError> follow(final RobotCommand command) {
        final Optional<FrankaError> error = switch (generator) {
            case JOINT_POSITION -> {
                command.positions(next);
                yield fastest.length > 0 ? plan() : jointPositions();
            }
            case JOINT_VELOCITY -> {
                command.velocities(next);
                for (int i = 0; i < JOINTS; i++) {
                    next[i] = position[i] + next[i] * CYCLE_SECONDS;
                }
                yield joints();
            }
            case CARTESIAN_POSITION -> {
                command.pose(nextFrame);
                yield elbow(command).or(this::frame);
            }
            case CARTESIAN_VELOCITY -> {
                command.twist(nextTwist);
                System.arraycopy(frame, 0, nextFrame, 0, nextFrame.length);
                Frames.advance(nextFrame, nextTwist, CYCLE_SECONDS);
                yield elbow(command).or(this::cartesian);
            }
            case NONE -> Optional.empty();
        };
        begun = true;
        return error;
    }

    /** Goes on without a command: with the acceleration that there was. */
    Optional<FrankaError> goOn() {
        if (!begun || generator == MotionGenerator.NONE) {
            return Optional.empty();
        }
        if (fastest.length > 0) {
            System.arraycopy(target, 0, next, 0, JOINTS);
            return plan();
        }
        if (generator.cartesian()) {
            for (int i = 0; i < twist.length; i++) {
                nextTwist[i] = twist[i] + twistRate[i] * CYCLE_SECONDS;
            }
            System.arraycopy(frame, 0, nextFrame, 0, nextFrame.length);
            Frames.advance(nextFrame, nextTwist, CYCLE_SECONDS);
            return cartesian();
        }
        for (int i = 0; i < JOINTS; i++) {
            final double speed = Math.clamp(velocity[i] + acceleration[i] * CYCLE_SECONDS,
                limits.lowestVelocity(i, position[i]), limits.highestVelocity(i, position[i]));
            next[i] = position[i] + speed * CYCLE_SECONDS;
        }
        return joints();
    }

    private Optional<FrankaError> jointPositions() {
        for (int i = 0; i < JOINTS && !begun; i++) {
            if (Math.abs(next[i] - position[i]) > START_TOLERANCE) {
                return Optional.of(FrankaError.JOINT_POSITION_MOTION_GENERATOR_START_POSE_INVALID);
            }
        }
        return joints();
    }

    /** On the way to a target, never faster than allowed and always able to stop there. */
    private Optional<FrankaError> plan() {
        System.arraycopy(next, 0, target, 0, JOINTS);
        for (int i = 0; i < JOINTS; i++) {
            if (target[i] < limits.lowest(i) || target[i] > limits.highest(i)) {
                return Optional.of(outOfRange(false));
            }
            final double bound = BRAKING * limits.jointAcceleration(i);
            final double left = target[i] - position[i];
            final double wanted = Math.signum(left) * Math.min(fastest[i], Math.min(Math.sqrt(bound * Math.abs(left)), Math.abs(left) / (10 * CYCLE_SECONDS)));
            final double most = bound * CYCLE_SECONDS;
            final double speed = velocity[i] + Math.clamp(wanted - velocity[i], -most, most);
            acceleration[i] = (speed - velocity[i]) / CYCLE_SECONDS;
            velocity[i] = speed;
            position[i] += speed * CYCLE_SECONDS;
        }
        look();
        return Optional.empty();
    }

    private Optional<FrankaError> elbow(final RobotCommand command) {
        if (!command.hasElbow()) {
            elbowTold = false;
            return Optional.empty();
        }
        if (command.elbowSide() != side()) {
            return Optional.of(begun ? FrankaError.CARTESIAN_MOTION_GENERATOR_ELBOW_SIGN_INCONSISTENT : FrankaError.START_ELBOW_SIGN_INCONSISTENT);
        }
        if (!begun && Math.abs(command.elbowAngle() - position[ELBOW_JOINT]) > START_TOLERANCE) {
            return Optional.of(FrankaError.CARTESIAN_MOTION_GENERATOR_START_ELBOW_INVALID);
        }
        if (command.elbowAngle() < limits.lowest(ELBOW_JOINT) || command.elbowAngle() > limits.highest(ELBOW_JOINT)) {
            return Optional.of(FrankaError.CARTESIAN_MOTION_GENERATOR_ELBOW_LIMIT_VIOLATION);
        }
        elbowTold = true;
        elbow = command.elbowAngle();
        return Optional.empty();
    }

    private Optional<FrankaError> frame() {
        if (!Frames.rigid(nextFrame)) {
            return Optional.of(FrankaError.CARTESIAN_POSITION_MOTION_GENERATOR_INVALID_FRAME_FLAG);
        }
        for (int i = 0; i < 3; i++) {
            nextTwist[i] = (nextFrame[12 + i] - frame[12 + i]) / CYCLE_SECONDS;
        }
        Frames.turn(frame, nextFrame, nextTwist, 3);
        final double turned = length(nextTwist, 3);
        for (int i = 3; i < 6; i++) {
            nextTwist[i] /= CYCLE_SECONDS;
        }
        if (!begun && Math.max(length(nextTwist, 0) * CYCLE_SECONDS, turned) > START_TOLERANCE) {
            return Optional.of(FrankaError.CARTESIAN_POSITION_MOTION_GENERATOR_START_POSE_INVALID);
        }
        return cartesian();
    }

    /** Checks the next twist and follows the next frame with the joints. */
    private Optional<FrankaError> cartesian() {
        for (int part = 0; part < 6; part += 3) {
            final FrankaLimits.Rates rates = part == 0 ? limits.translation() : limits.rotation();
            double speed = 0;
            double change = 0;
            double jerk = 0;
            for (int i = part; i < part + 3; i++) {
                final double rate = (nextTwist[i] - twist[i]) / CYCLE_SECONDS;
                speed += nextTwist[i] * nextTwist[i];
                change += rate * rate;
                jerk += (rate - twistRate[i]) * (rate - twistRate[i]);
            }
            if (Math.sqrt(speed) > rates.velocity() + VELOCITY_SLACK) {
                return Optional.of(FrankaError.CARTESIAN_MOTION_GENERATOR_VELOCITY_LIMITS_VIOLATION);
            }
            if (Math.sqrt(change) > rates.acceleration() + ACCELERATION_SLACK) {
                return Optional.of(FrankaError.CARTESIAN_MOTION_GENERATOR_VELOCITY_DISCONTINUITY);
            }
            if (Math.sqrt(jerk) / CYCLE_SECONDS > rates.jerk() + JERK_SLACK) {
                return Optional.of(FrankaError.CARTESIAN_MOTION_GENERATOR_ACCELERATION_DISCONTINUITY);
            }
        }
        Frames.multiply(nextFrame, toolToFlange, scratch);
        Frames.toPose(scratch, pose);
        System.arraycopy(position, 0, next, 0, JOINTS);
        final boolean reached = elbowTold ? tracking.track(pose, ELBOW_JOINT, elbow, next) : tracking.track(pose, next);
        final Optional<FrankaError> error =
            reached ? joints() : Optional.of(FrankaError.CARTESIAN_MOTION_GENERATOR_JOINT_VELOCITY_DISCONTINUITY);
        if (error.isEmpty()) {
            for (int i = 0; i < twist.length; i++) {
                twistRate[i] = (nextTwist[i] - twist[i]) / CYCLE_SECONDS;
                twist[i] = nextTwist[i];
            }
            System.arraycopy(nextFrame, 0, frame, 0, frame.length);
        }
        return error;
    }

    /** Checks the next joint angles and takes them. */
    private Optional<FrankaError> joints() {
        final boolean implied = generator.cartesian();
        for (int i = 0; i < JOINTS; i++) {
            final double speed = (next[i] - position[i]) / CYCLE_SECONDS;
            final double change = (speed - velocity[i]) / CYCLE_SECONDS;
            final double jerk = (change - acceleration[i]) / CYCLE_SECONDS;
            if (next[i] < limits.lowest(i) || next[i] > limits.highest(i)) {
                return Optional.of(outOfRange(implied));
            }
            if (speed > limits.highestVelocity(i, position[i]) + VELOCITY_SLACK || speed < limits.lowestVelocity(i, position[i]) - VELOCITY_SLACK) {
                return Optional.of(implied ? FrankaError.CARTESIAN_MOTION_GENERATOR_JOINT_VELOCITY_LIMITS_VIOLATION
                    : FrankaError.JOINT_MOTION_GENERATOR_VELOCITY_LIMITS_VIOLATION);
            }
            if (Math.abs(change) > limits.jointAcceleration(i) + ACCELERATION_SLACK) {
                return Optional.of(implied ? FrankaError.CARTESIAN_MOTION_GENERATOR_JOINT_VELOCITY_DISCONTINUITY
                    : FrankaError.JOINT_MOTION_GENERATOR_VELOCITY_DISCONTINUITY);
            }
            if (Math.abs(jerk) > limits.jointJerk(i) + JERK_SLACK) {
                return Optional.of(implied ? FrankaError.CARTESIAN_MOTION_GENERATOR_JOINT_ACCELERATION_DISCONTINUITY
                    : FrankaError.JOINT_MOTION_GENERATOR_ACCELERATION_DISCONTINUITY);
            }
        }
        for (int i = 0; i < JOINTS; i++) {
            final double speed = (next[i] - position[i]) / CYCLE_SECONDS;
            acceleration[i] = (speed - velocity[i]) / CYCLE_SECONDS;
            velocity[i] = speed;
            position[i] = next[i];
        }
        if (!implied) {
            look();
        }
        return Optional.empty();
    }

    /** Since system 5.7.2, robots have one name for a joint that would leave its range. */
    private FrankaError outOfRange(final boolean implied) {
        if (limits == FrankaLimits.FR3) {
            return FrankaError.JOINT_POSITION_LIMITS_VIOLATION;
        }
        return implied ? FrankaError.CARTESIAN_MOTION_GENERATOR_JOINT_POSITION_LIMITS_VIOLATION
            : FrankaError.JOINT_MOTION_GENERATOR_POSITION_LIMITS_VIOLATION;
    }

    /** Whether the motion can end here; a robot that is to stand still in a millisecond would have to brake harder than it may. */
    Optional<FrankaError> restError() {
        for (int i = 0; i < JOINTS; i++) {
            if (Math.abs(velocity[i]) / CYCLE_SECONDS > limits.jointAcceleration(i) + ACCELERATION_SLACK) {
                return Optional.of(generator.cartesian()
                    ? FrankaError.CARTESIAN_MOTION_GENERATOR_VELOCITY_DISCONTINUITY : FrankaError.JOINT_MOTION_GENERATOR_VELOCITY_DISCONTINUITY);
            }
        }
        return Optional.empty();
    }

    /** Whether it wants to stand still. */
    boolean rests() {
        return length(velocity) == 0;
    }

    /** Goes on from where the arm is, as after torques that somebody else chose. */
    void take(final double[] measured, final double[] measuredVelocity) {
        System.arraycopy(measured, 0, position, 0, JOINTS);
        System.arraycopy(measuredVelocity, 0, velocity, 0, JOINTS);
        java.util.Arrays.fill(acceleration, 0);
        look();
    }

    /** Comes to rest by itself, as fast as the joints may. */
    void brake() {
        for (int i = 0; i < JOINTS; i++) {
            final double most = BRAKING * limits.jointAcceleration(i) * CYCLE_SECONDS;
            final double speed = velocity[i] - Math.clamp(velocity[i], -most, most);
            acceleration[i] = (speed - velocity[i]) / CYCLE_SECONDS;
            velocity[i] = speed;
            position[i] = Math.clamp(position[i] + speed * CYCLE_SECONDS, limits.lowest(i), limits.highest(i));
        }
        java.util.Arrays.fill(twist, 0);
        java.util.Arrays.fill(twistRate, 0);
        look();
    }

    /** On which side joint 4 bends: 1 or -1. */
    double side() {
        return position[3] > ELBOW_SIDE ? 1 : -1;
    }

    /** The end effector is where the joints put it. */
    private void look() {
        forward.update(position);
        forward.toolPose(pose);
        Frames.ofPose(pose, scratch);
        Frames.multiply(scratch, flangeToTool, frame);
    }

    private static double length(final double[] values, final int at) {
        return Math.sqrt(values[at] * values[at] + values[at + 1] * values[at + 1] + values[at + 2] * values[at + 2]);
    }

    private static double length(final double[] values) {
        double sum = 0;
        for (final double value : values) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }
}
