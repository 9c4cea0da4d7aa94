package dev.continuo.hardware.kinematics;

/**
 * Joint angles for a wanted tool pose, within the chain's position limits.
 *
 * <p>Levenberg-Marquardt: each step solves {@code (J'WJ + lambda I) dq = J'We} for the joints that are free to move and is then
 * clamped to the limits; lambda falls while the error falls and rises otherwise. The first descent starts at the caller's seed;
 * when it gets stuck, further ones start at poses of a fixed list that faces the target. If all of them only come near, which
 * happens where the way leads along a joint's limit, the seed is tried again farther from the limits.
 */
public final class InverseKinematics {
    /** Farther from the target than this, metres, a solution does not count as found. */
    public static final double POSITION_TOLERANCE = 1e-6;
    /** More turned away from the target than this, radians, a solution does not count as found. */
    public static final double ANGLE_TOLERANCE = 1e-5;

    private static final int MAX_STEPS = 120;
    /** Metres that count as much as one radian: about the length of the gripper. */
    private static final double METRES_PER_RADIAN = 0.15;
    private static final double LEAST_LAMBDA = 1e-12;
    private static final double GIVE_UP_LAMBDA = 1e4;
    /** Joints 2 to 6 of further starts: reaching down, down and far, ahead, folded, raised, down with the wrist turned. */
    private static final double[][] STARTS = {
        {1.2, 1.2, -1.4, 0, 0}, {2.0, 1.8, -1.3, 0, 0}, {1.2, 1.0, -0.4, 0, 0}, {0.3, 0.3, 0.0, 0, 0}, {1.6, 2.4, 0.8, 0, 0},
        {1.2, 1.2, -1.4, 0.5, 0.7}, {1.2, 1.2, -1.4, -0.5, -0.7}};

    /** Parts of the way from the seed to the middle of all joints' ranges where further starts lie after a near miss. */
    private static final double[] SHARES_TO_THE_MIDDLE = {0.05, 0.1, 0.2, 0.4};
    /** Metres, and radians by {@link #METRES_PER_RADIAN}: what is off by less is a near miss. */
    private static final double NEAR_MISS = 0.01;

    private final ForwardKinematics forward;
    private final SerialChain chain;
    private final int count;
    private final double[] jacobian;
    private final double[] normal;
    private final double[] step;
    private final double[] trial;
    private final double[] seed;
    private final double[] start;
    private final boolean[] frozen;
    private final double[] error = new double[6];
    private double positionError;
    private double angleError;
    private double keptPositionError;
    private double keptAngleError;

    /** Solves for the chain of {@code forward}, in its frame; the solver updates {@code forward} as it goes. */
    public InverseKinematics(final ForwardKinematics forward) {
        this.forward = forward;
        chain = forward.chain();
        count = chain.jointCount();
        jacobian = new double[6 * count];
        normal = new double[count * count];
        step = new double[count];
        trial = new double[count];
        seed = new double[count];
        start = new double[count];
        frozen = new boolean[count];
    }

    /**
     * Finds joint angles whose tool pose is {@code target}.
     *
     * @param target   in the frame of the forward kinematics
     * @param position on entry the seed, on return the best angles found, always within the limits; longer arrays keep their tail
     * @return whether the tolerances are met; {@link #positionError} and {@link #angleError} tell how far off the result is
     */
    public boolean solve(final Pose target, final double[] position) {
        System.arraycopy(position, 0, seed, 0, count);
        boolean found = descend(target, position);
        keptPositionError = positionError;
        keptAngleError = angleError;
        for (int i = 0; i < STARTS.length && !found; i++) {
            start[0] = forward.headingTo(target);
            System.arraycopy(STARTS[i], 0, start, 1, Math.min(STARTS[i].length, count - 1));
            found = tryStart(target, position);
        }
        for (int i = 0; i < SHARES_TO_THE_MIDDLE.length && !found && isNearMiss(); i++) {
            for (int j = 0; j < count; j++) {
                final double middle = 0.5 * (chain.minimum(j) + chain.maximum(j));
                start[j] = seed[j] + SHARES_TO_THE_MIDDLE[i] * (middle - seed[j]);
            }
            found = tryStart(target, position);
        }
        positionError = keptPositionError;
        angleError = keptAngleError;
        return found;
    }

    /** One more descent; its result is kept in {@code position} if it is the best. */
    private boolean tryStart(final Pose target, final double[] position) {
        final boolean found = descend(target, start);
        if (found || cost(positionError, angleError) < cost(keptPositionError, keptAngleError)) {
            keptPositionError = positionError;
            keptAngleError = angleError;
            System.arraycopy(start, 0, position, 0, count);
        }
        return found;
    }

    private boolean isNearMiss() {
        return cost(keptPositionError, keptAngleError) < NEAR_MISS * NEAR_MISS;
    }

    /** How far the tool of the last result is from the target, metres. */
    public double positionError() {
        return positionError;
    }

    /** How much the tool of the last result is turned away from the target, radians. */
    public double angleError() {
        return angleError;
    }

    /** One descent from {@code position}, which it overwrites with the best angles on its way. */
    private boolean descend(final Pose target, final double[] position) {
        for (int i = 0; i < count; i++) {
            position[i] = clamp(i, Double.isFinite(position[i]) ? position[i] : 0);
        }
        double cost = evaluate(target, position);
        double lambda = 1e-3;
        for (int i = 0; i < MAX_STEPS && !withinTolerance() && lambda < GIVE_UP_LAMBDA; i++) {
            assembleStep(position, lambda);
            boolean moved = SymmetricSolver.solve(normal, step, count);
            for (int j = 0; j < count; j++) {
                trial[j] = clamp(j, position[j] + step[j]);
                moved &= Double.isFinite(trial[j]);
            }
            final double trialCost = moved ? evaluate(target, trial) : Double.MAX_VALUE;
            if (trialCost < cost) {
                cost = trialCost;
                System.arraycopy(trial, 0, position, 0, count);
                lambda = Math.max(LEAST_LAMBDA, lambda * 0.1);
            } else {
                lambda *= 8;
                evaluate(target, position);
            }
        }
        return withinTolerance();
    }

    private boolean withinTolerance() {
        return positionError <= POSITION_TOLERANCE && angleError <= ANGLE_TOLERANCE;
    }

    /** Fills in the normal equations; joints at a limit that the error pushes outwards stay where they are. */
    private void assembleStep(final double[] position, final double lambda) {
        forward.jacobian(jacobian);
        for (int j = 0; j < count; j++) {
            double gradient = 0;
            for (int row = 0; row < 6; row++) {
                gradient += jacobian[row * count + j] * weight(row) * error[row];
            }
            frozen[j] = gradient > 0 && position[j] >= chain.maximum(j) || gradient < 0 && position[j] <= chain.minimum(j);
            step[j] = frozen[j] ? 0 : gradient;
        }
        for (int i = 0; i < count; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = i == j ? lambda * METRES_PER_RADIAN * METRES_PER_RADIAN : 0;
                for (int row = 0; row < 6; row++) {
                    sum += jacobian[row * count + i] * weight(row) * jacobian[row * count + j];
                }
                normal[i * count + j] = frozen[i] || frozen[j] ? i == j ? 1 : 0 : sum;
            }
        }
    }

    /** Computes the pose error at {@code position} and returns its weighted square. */
    private double evaluate(final Pose target, final double[] position) {
        forward.update(position);
        for (int i = 0; i < 3; i++) {
            error[i] = target.position[i] - forward.tool[i];
        }
        rotationError(target.rotation, forward.rotation, 9 * (count - 1));
        positionError = length(error[0], error[1], error[2]);
        angleError = length(error[3], error[4], error[5]);
        return cost(positionError, angleError);
    }

    /** error[3..5] = axis times angle of the rotation that takes the tool's orientation to the target's. */
    private void rotationError(final double[] wanted, final double[] actual, final int a) {
        double trace = 0;
        double x = 0;
        double y = 0;
        double z = 0;
        for (int column = 0; column < 3; column++) {
            final double ax = actual[a + column];
            final double ay = actual[a + 3 + column];
            final double az = actual[a + 6 + column];
            final double wx = wanted[column];
            final double wy = wanted[3 + column];
            final double wz = wanted[6 + column];
            trace += ax * wx + ay * wy + az * wz;
            x += ay * wz - az * wy;
            y += az * wx - ax * wz;
            z += ax * wy - ay * wx;
        }
        final double sine = length(x, y, z) / 2;
        final double angle = Math.atan2(sine, (trace - 1) / 2);
        // At a half turn every axis would do; the tool's own x axis gets the descent away from there.
        final boolean halfTurn = sine < 1e-9 && trace < 0;
        final double scale = sine < 1e-9 ? 0.5 : angle / (2 * sine);
        error[3] = halfTurn ? Math.PI * actual[a] : scale * x;
        error[4] = halfTurn ? Math.PI * actual[a + 3] : scale * y;
        error[5] = halfTurn ? Math.PI * actual[a + 6] : scale * z;
    }

    private double clamp(final int joint, final double value) {
        return Math.min(chain.maximum(joint), Math.max(chain.minimum(joint), value));
    }

    private static double weight(final int row) {
        return row < 3 ? 1 : METRES_PER_RADIAN * METRES_PER_RADIAN;
    }

    private static double cost(final double metres, final double radians) {
        final double turned = METRES_PER_RADIAN * radians;
        return metres * metres + turned * turned;
    }

    private static double length(final double x, final double y, final double z) {
        return Math.sqrt(x * x + y * y + z * z);
    }
}
