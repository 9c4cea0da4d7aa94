package dev.continuo.hardware.kinematics;

import dev.continuo.config.BasePose;

/**
 * Leads an arm's joints after a tool pose, cycle by cycle: from where the joints are commanded to be, a few damped steps of Gauss and Newton
 * (Wampler 1986, Nakamura and Hanafusa 1986) towards the pose.
 *
 * <p>Where the arm has more joints than the pose needs, what is left free draws them towards a middle posture (Liégeois 1977), so that the elbow does
 * not wander off. Near a singular posture, and for poses that cannot be reached, the steps become short instead of infinite, and the arm goes as near as it can.
 * One call leads no farther than {@link #LONGEST_STEP} per joint. Nothing is allocated. For one thread.
 */
public final class PoseFollower {
    /** How far from a pose still counts as there, metres. */
    public static final double POSITION_TOLERANCE = 2e-3;
    /** How far turned from a pose still counts as there, radians. */
    public static final double ANGLE_TOLERANCE = 2e-2;
    /** The most that one call changes a joint by, radians: more than any arm moves in a control cycle. */
    public static final double LONGEST_STEP = 0.1;

    private static final int POSE = 6;
    private static final int STEPS = 4;
    /** So far a linear step can be trusted, metres and radians. */
    private static final double TRUSTED_METRES = 0.05;
    private static final double TRUSTED_RADIANS = 0.2;
    private static final double LEAST_DAMPING = 1e-6;
    private static final double MOST_DAMPING = 4e-3;
    /** Yoshikawa's manipulability below which a posture counts as nearly singular. */
    private static final double NEARLY_SINGULAR = 0.02;
    /** The part of the way to the middle posture that is gone in each step. */
    private static final double DRAW = 5e-4;
    private static final double LIMIT_MARGIN = 0.01;

    private final ForwardKinematics forward;
    private final int count;
    private final double[] middle;
    private final Pose reached = new Pose();
    private final double[] error = new double[POSE];
    private final double[] jacobian;
    private final double[] square = new double[POSE * POSE];
    private final double[] drawn;
    private final double[] start;

    /**
     * A follower.
     *
     * @param base   where the arm stands in the frame of the poses
     * @param middle joint angles that free joints are drawn to, radians; values after the chain's joints are ignored
     */
    public PoseFollower(final SerialChain chain, final BasePose base, final double[] middle) {
        forward = new ForwardKinematics(chain, base);
        count = chain.jointCount();
        this.middle = middle.clone();
        jacobian = new double[POSE * count];
        drawn = new double[count];
        start = new double[count];
    }

    /**
     * Leads the joints towards a pose.
     *
     * @param target   in the frame in which the base was given
     * @param position where the joints are commanded to be, radians; then where they are to go, within their limits. Values after the chain's joints are left alone
     * @return whether the pose is met there, within the tolerances
     */
    public boolean follow(final Pose target, final double[] position) {
        System.arraycopy(position, 0, start, 0, count);
        for (int step = 0; step < STEPS; step++) {
            measure(target, position);
            advance(position);
        }
        return measure(target, position);
    }

    /** The tool's pose for joint angles, in the frame in which the base was given. */
    public void toolPose(final double[] position, final Pose pose) {
        forward.update(position);
        forward.toolPose(pose);
    }

    /** dq = z + J'(J J' + damping)^-1 (e - J z), where z draws to the middle. */
    private void advance(final double[] position) {
        for (int joint = 0; joint < count; joint++) {
            drawn[joint] = DRAW * (middle[joint] - position[joint]);
        }
        for (int row = 0; row < POSE; row++) {
            for (int joint = 0; joint < count; joint++) {
                error[row] -= jacobian[row * count + joint] * drawn[joint];
            }
        }
        if (!solve()) {
            return;
        }
        for (int joint = 0; joint < count; joint++) {
            double change = drawn[joint];
            for (int row = 0; row < POSE; row++) {
                change += jacobian[row * count + joint] * error[row];
            }
            final SerialChain chain = forward.chain();
            final double lowest = Math.max(chain.minimum(joint) + LIMIT_MARGIN, start[joint] - LONGEST_STEP);
            final double highest = Math.min(chain.maximum(joint) - LIMIT_MARGIN, start[joint] + LONGEST_STEP);
            // An arm outside its limits may stay there, or come back.
            position[joint] = Math.max(Math.min(lowest, start[joint]), Math.min(Math.max(highest, start[joint]), position[joint] + change));
        }
    }

    private boolean solve() {
        fillSquare(LEAST_DAMPING);
        final double manipulability = SymmetricSolver.factor(square, POSE) ? SymmetricSolver.rootOfDeterminant(square, POSE) : 0;
        if (manipulability < NEARLY_SINGULAR) {
            final double share = 1 - manipulability / NEARLY_SINGULAR;
            fillSquare(LEAST_DAMPING + MOST_DAMPING * share * share);
            if (!SymmetricSolver.factor(square, POSE)) {
                return false;
            }
        }
        SymmetricSolver.substitute(square, error, POSE);
        return true;
    }

    private void fillSquare(final double damping) {
        for (int row = 0; row < POSE; row++) {
            for (int column = 0; column <= row; column++) {
                double sum = row == column ? damping : 0;
                for (int joint = 0; joint < count; joint++) {
                    sum += jacobian[row * count + joint] * jacobian[column * count + joint];
                }
                square[row * POSE + column] = sum;
            }
        }
    }

    /** Leaves the error, bounded to what a linear step can be trusted with, and the Jacobian; whether the pose is met. */
    private boolean measure(final Pose target, final double[] position) {
        forward.update(position);
        forward.jacobian(jacobian);
        forward.toolPose(reached);
        double square = 0;
        for (int i = 0; i < 3; i++) {
            error[i] = target.position[i] - reached.position[i];
            square += error[i] * error[i];
        }
        final double distance = Math.sqrt(square);
        final double angle = Turns.between(reached.rotation, target.rotation, error, 3);
        bound(0, distance, TRUSTED_METRES);
        bound(3, angle, TRUSTED_RADIANS);
        return distance <= POSITION_TOLERANCE && angle <= ANGLE_TOLERANCE;
    }

    private void bound(final int from, final double size, final double most) {
        if (size > most) {
            for (int i = from; i < from + 3; i++) {
                error[i] *= most / size;
            }
        }
    }
}
