package dev.continuo.hardware.kinematics;

/**
 * Follows a moving tool pose with an arm of seven joints: joint angles near the present ones that reach a pose near the present one, by a few steps of
 * Gauss and Newton. What is left free is either the shortest way of the joints, or one joint (the elbow of a Franka is its third) is told its angle.
 * Nothing is allocated. For one thread.
 */
public final class PoseTracking {
    /** How near a pose counts as reached, m and rad. */
    public static final double TOLERANCE = 1e-9;

    private static final int POSE = 6;
    private static final int STEPS = 8;
    /** Keeps a singular arm from asking for infinite steps. */
    private static final double DAMPING = 1e-9;

    private final ForwardKinematics forward;
    private final int count;
    private final Pose reached = new Pose();
    private final double[] error = new double[POSE + 1];
    private final double[] jacobian;
    private final double[] square;
    private final double[] gradient;

    /** Tracking with a chain. */
    public PoseTracking(final SerialChain chain) {
        forward = new ForwardKinematics(chain);
        count = chain.jointCount();
        jacobian = new double[(POSE + 1) * count];
        square = new double[count * count];
        gradient = new double[count];
    }

    /**
     * Reaches a pose on the shortest way of the joints. Position limits are the caller's.
     *
     * @param position joint angles, rad; changed
     * @return whether the pose was reached
     */
    public boolean track(final Pose target, final double[] position) {
        for (int step = 0; step < STEPS; step++) {
            if (measure(target, position) < TOLERANCE) {
                return true;
            }
            // dq = J' (J J' + damping)^-1 e
            for (int row = 0; row < POSE; row++) {
                for (int column = 0; column < POSE; column++) {
                    square[row * POSE + column] = rowsProduct(row, column) + (row == column ? DAMPING : 0);
                }
            }
            if (!SymmetricSolver.solve(square, error, POSE)) {
                return false;
            }
            for (int joint = 0; joint < count; joint++) {
                for (int row = 0; row < POSE; row++) {
                    position[joint] += jacobian[row * count + joint] * error[row];
                }
            }
        }
        return measure(target, position) < TOLERANCE;
    }

    /**
     * Reaches a pose with one joint at an angle.
     *
     * @param joint    which, counted from 0
     * @param angle    rad
     * @param position joint angles, rad; changed
     * @return whether both were reached
     */
    public boolean track(final Pose target, final int joint, final double angle, final double[] position) {
        for (int step = 0; step < STEPS; step++) {
            final double distance = measure(target, position);
            error[POSE] = angle - position[joint];
            if (Math.max(distance, Math.abs(error[POSE])) < TOLERANCE) {
                return true;
            }
            // (A'A + damping) dq = A'e, where A is the Jacobian and a row that picks the joint
            for (int row = 0; row < count; row++) {
                gradient[row] = row == joint ? error[POSE] : 0;
                for (int k = 0; k < POSE; k++) {
                    gradient[row] += jacobian[k * count + row] * error[k];
                }
                for (int column = 0; column < count; column++) {
                    double sum = row == column ? DAMPING + (row == joint ? 1 : 0) : 0;
                    for (int k = 0; k < POSE; k++) {
                        sum += jacobian[k * count + row] * jacobian[k * count + column];
                    }
                    square[row * count + column] = sum;
                }
            }
            if (!SymmetricSolver.solve(square, gradient, count)) {
                return false;
            }
            for (int i = 0; i < count; i++) {
                position[i] += gradient[i];
            }
        }
        return Math.max(measure(target, position), Math.abs(angle - position[joint])) < TOLERANCE;
    }

    /** How far the arm is from a singular pose: the square root of the determinant of {@code J J'} (Yoshikawa), 0 in one. */
    public double manipulability(final double[] position) {
        forward.update(position);
        forward.jacobian(jacobian);
        for (int row = 0; row < POSE; row++) {
            for (int column = 0; column < POSE; column++) {
                square[row * POSE + column] = rowsProduct(row, column);
            }
        }
        return SymmetricSolver.factor(square, POSE) ? SymmetricSolver.rootOfDeterminant(square, POSE) : 0;
    }

    private double rowsProduct(final int row, final int column) {
        double sum = 0;
        for (int joint = 0; joint < count; joint++) {
            sum += jacobian[row * count + joint] * jacobian[column * count + joint];
        }
        return sum;
    }

    /** Fills in the error and the Jacobian; the error's size. */
    private double measure(final Pose target, final double[] position) {
        forward.update(position);
        forward.jacobian(jacobian);
        forward.toolPose(reached);
        double distance = 0;
        for (int i = 0; i < 3; i++) {
            error[i] = target.position[i] - reached.position[i];
            distance += error[i] * error[i];
        }
        final double angle = Turns.between(reached.rotation, target.rotation, error, 3);
        return Math.max(Math.sqrt(distance), angle);
    }
}
