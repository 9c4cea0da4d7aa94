package dev.continuo.hardware.franka;

import dev.continuo.hardware.franka.FrankaLimits.Rates;

/**
 * Brings set-points within what a robot accepts from one millisecond to the next: velocity, acceleration and jerk (franka-fci.md section 11). What came before
 * is the robot's own account of it in its last state, so that commands which were lost do not count. Nothing is allocated. For one thread.
 */
public final class RateLimiter {
    private static final double CYCLE_SECONDS = FrankaLimits.CYCLE_SECONDS;
    /** By how much less than it bears a torque may change, Nm: the robot tells what it accepted in 32 bits. */
    private static final double ECHO_ROUNDING = 1e-5;
    private static final double NOTHING = Math.ulp(1.0);
    /** Of the bounds on rotation: a rotation matrix is rounded, a twist is not. */
    private static final double POSE_ROTATION = 0.99;
    private static final int JOINTS = FrankaLimits.JOINTS;

    private final FrankaLimits limits;
    private final Rates translation;
    private final Rates rotation;
    private final Rates poseRotation;
    private final Rates elbow;
    private final double[] joints = new double[JOINTS];
    private final double[] twist = new double[6];
    private final double[] turn = new double[9];
    private final double[] previousTurn = new double[9];

    /** A limiter for a robot. */
    public RateLimiter(final FrankaLimits limits) {
        this.limits = limits;
        translation = limits.translation();
        rotation = limits.rotation();
        poseRotation = new Rates(POSE_ROTATION * rotation.velocity(), POSE_ROTATION * rotation.acceleration(), POSE_ROTATION * rotation.jerk());
        elbow = limits.elbow();
    }

    /**
     * Limits torques.
     *
     * @param torques  wanted, Nm; changed
     * @param previous {@code tau_J_d} of the last state
     */
    public void torques(final double[] torques, final double[] previous) {
        final double most = FrankaLimits.TORQUE_RATE * CYCLE_SECONDS - ECHO_ROUNDING;
        for (int i = 0; i < JOINTS; i++) {
            torques[i] = previous[i] + Math.clamp(torques[i] - previous[i], -most, most);
        }
    }

    /**
     * Limits joint velocities.
     *
     * @param velocities   wanted, rad/s; changed
     * @param position     {@code q_d} of the last state
     * @param velocity     {@code dq_d}
     * @param acceleration {@code ddq_d}
     */
    public void jointVelocities(final double[] velocities, final double[] position, final double[] velocity, final double[] acceleration) {
        for (int i = 0; i < JOINTS; i++) {
            velocities[i] = limited(velocities[i], velocity[i], acceleration[i], limits.lowestVelocity(i, position[i]),
                limits.highestVelocity(i, position[i]), limits.jointAcceleration(i), limits.jointJerk(i));
        }
    }

    /**
     * Limits joint positions.
     *
     * @param positions    wanted, rad; changed
     * @param position     {@code q_d} of the last state
     * @param velocity     {@code dq_d}
     * @param acceleration {@code ddq_d}
     */
    public void jointPositions(final double[] positions, final double[] position, final double[] velocity, final double[] acceleration) {
        for (int i = 0; i < JOINTS; i++) {
            joints[i] = (positions[i] - position[i]) / CYCLE_SECONDS;
        }
        jointVelocities(joints, position, velocity, acceleration);
        for (int i = 0; i < JOINTS; i++) {
            positions[i] = position[i] + joints[i] * CYCLE_SECONDS;
        }
    }

    /**
     * Limits a twist.
     *
     * @param twists       wanted, m/s and rad/s; changed
     * @param velocity     {@code O_dP_EE_c} of the last state
     * @param acceleration {@code O_ddP_EE_c}
     */
    public void twist(final double[] twists, final double[] velocity, final double[] acceleration) {
        limitVector(twists, velocity, acceleration, 0, translation);
        limitVector(twists, velocity, acceleration, 3, rotation);
    }

    /**
     * Limits a pose.
     *
     * @param pose         wanted, 4×4 column by column; changed
     * @param previous     {@code O_T_EE_c} of the last state
     * @param velocity     {@code O_dP_EE_c}
     * @param acceleration {@code O_ddP_EE_c}
     */
    public void pose(final double[] pose, final double[] previous, final double[] velocity, final double[] acceleration) {
        for (int i = 0; i < 3; i++) {
            twist[i] = (pose[12 + i] - previous[12 + i]) / CYCLE_SECONDS;
        }
        Rotations.ofPose(pose, turn);
        Rotations.ofPose(previous, previousTurn);
        Rotations.between(previousTurn, turn, twist, 3);
        for (int i = 3; i < 6; i++) {
            twist[i] /= CYCLE_SECONDS;
        }
        limitVector(twist, velocity, acceleration, 0, translation);
        limitVector(twist, velocity, acceleration, 3, poseRotation);
        for (int i = 0; i < 3; i++) {
            pose[12 + i] = previous[12 + i] + twist[i] * CYCLE_SECONDS;
            twist[3 + i] *= CYCLE_SECONDS;
        }
        Rotations.turned(previousTurn, twist, 3, turn);
        Rotations.toPose(turn, pose);
    }

    /**
     * Limits the elbow's angle.
     *
     * @param angle        wanted, rad
     * @param previous     {@code elbow_c[0]} of the last state
     * @param velocity     {@code delbow_c[0]}
     * @param acceleration {@code ddelbow_c[0]}
     * @return the angle to command
     */
    public double elbow(final double angle, final double previous, final double velocity, final double acceleration) {
        return previous + CYCLE_SECONDS * limited((angle - previous) / CYCLE_SECONDS, velocity, acceleration, -elbow.velocity(), elbow.velocity(),
            elbow.acceleration(), elbow.jerk());
    }

    private static double limited(final double wanted, final double velocity, final double acceleration, final double lowest,
        final double highest, final double mostAcceleration, final double mostJerk) {
        final double jerk = ((wanted - velocity) / CYCLE_SECONDS - acceleration) / CYCLE_SECONDS;
        final double next = acceleration + Math.clamp(jerk, -mostJerk, mostJerk) * CYCLE_SECONDS;
        // Near the end of the range of velocities, the acceleration has to be on its way back to zero. Where that range has shrunk below the
        // velocity, as it does for an FR3 near the end of a joint, libfranka would ask for more than the robot bears.
        final double most = Math.clamp(mostJerk / mostAcceleration * (highest - velocity), -mostAcceleration, mostAcceleration);
        final double least = Math.clamp(mostJerk / mostAcceleration * (lowest - velocity), -mostAcceleration, mostAcceleration);
        return velocity + Math.max(Math.min(next, most), least) * CYCLE_SECONDS;
    }

    /** The same for the length of three components from {@code at} on. */
    private static void limitVector(final double[] wanted, final double[] velocity, final double[] acceleration, final int at, final Rates rates) {
        double ax = acceleration[at];
        double ay = acceleration[at + 1];
        double az = acceleration[at + 2];
        final double jx = ((wanted[at] - velocity[at]) / CYCLE_SECONDS - ax) / CYCLE_SECONDS;
        final double jy = ((wanted[at + 1] - velocity[at + 1]) / CYCLE_SECONDS - ay) / CYCLE_SECONDS;
        final double jz = ((wanted[at + 2] - velocity[at + 2]) / CYCLE_SECONDS - az) / CYCLE_SECONDS;
        final double jerk = length(jx, jy, jz);
        if (jerk > NOTHING) {
            final double part = Math.min(jerk, rates.jerk()) / jerk * CYCLE_SECONDS;
            ax += jx * part;
            ay += jy * part;
            az += jz * part;
        }
        wanted[at] = velocity[at];
        wanted[at + 1] = velocity[at + 1];
        wanted[at + 2] = velocity[at + 2];
        final double length = length(ax, ay, az);
        if (length > NOTHING) {
            final double along = (ax * velocity[at] + ay * velocity[at + 1] + az * velocity[at + 2]) / length;
            final double speed = length(velocity[at], velocity[at + 1], velocity[at + 2]);
            final double room = -along + Math.sqrt(Math.max(0, along * along - speed * speed + rates.velocity() * rates.velocity()));
            final double safe = Math.min(rates.jerk() / rates.acceleration() * room, rates.acceleration());
            final double part = Math.min(length, safe) / length * CYCLE_SECONDS;
            wanted[at] += ax * part;
            wanted[at + 1] += ay * part;
            wanted[at + 2] += az * part;
        }
    }

    private static double length(final double x, final double y, final double z) {
        return Math.sqrt(x * x + y * y + z * z);
    }
}
