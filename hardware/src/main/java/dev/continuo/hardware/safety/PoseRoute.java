package dev.continuo.hardware.safety;

import dev.continuo.config.ArmProfile;
import dev.continuo.hardware.kinematics.ArmChains;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A way from where an arm stands to a pose that stays in its workspace, or leads back into it: straight in joint space if that will do, else by way of a corner, where some joints have come to the pose and
 * the others still are where they were. An arm that lost its power and sank often cannot go straight: its tool would first go lower, or nearer to its own base.
 *
 * <p>What is searched for here is only a way that the envelope need not stop; that it stays inside is the envelope's affair. One corner is examined with each call, so that a control cycle can search. One
 * thread; no allocation after construction.
 */
public final class PoseRoute {
    private static final int SAMPLES = 32;
    /** By how much a bound may be violated more than before without the envelope being in the way, metres: rounding. */
    private static final double SLACK = 1e-6;

    private final WorkspaceGuard workspace;
    private final int joints;
    private final int[] corners;
    private final double[] from;
    private final double[] to;
    private final double[] via;
    private final double[] sample;
    private int next;
    private boolean found;

    /** Routes of one arm of a profile. */
    public PoseRoute(final ArmProfile arm) {
        workspace = new WorkspaceGuard(ArmChains.of(arm.driver()), arm.base(), arm.limits().workspace());
        final int axes = arm.axisCount();
        joints = ArmChains.of(arm.driver()).jointCount();
        // The straight way first, which is the corner of no joints; then those of few.
        corners = IntStream.range(0, (1 << joints) - 1).boxed().sorted(Comparator.comparingInt(Integer::bitCount)).mapToInt(Integer::intValue).toArray();
        from = new double[axes];
        to = new double[axes];
        via = new double[axes];
        sample = new double[axes];
        next = corners.length;
    }

    /** Begins to search. */
    public void begin(final double[] start, final double[] pose) {
        System.arraycopy(start, 0, from, 0, from.length);
        System.arraycopy(pose, 0, to, 0, to.length);
        next = 0;
        found = false;
    }

    /**
     * Examines one more corner.
     *
     * @return whether the search is over
     */
    public boolean search() {
        if (found || next == corners.length) {
            return true;
        }
        turn(corners[next]);
        workspace.reset(from);
        found = isInside(from, via) && isInside(via, to);
        next++;
        return found || next == corners.length;
    }

    /** Whether there is a way. */
    public boolean isFound() {
        return found;
    }

    /** Whether the way that was found goes round a corner. */
    public boolean hasCorner() {
        return found && next > 1;
    }

    /** Where the way that was found turns; the array itself, one value per axis. */
    public double[] corner() {
        return via;
    }

    private void turn(final int corner) {
        for (int axis = 0; axis < via.length; axis++) {
            // A gripper goes with the first leg.
            via[axis] = axis >= joints || (corner & 1 << axis) != 0 ? to[axis] : from[axis];
        }
    }

    private boolean isInside(final double[] begin, final double[] end) {
        for (int i = 1; i <= SAMPLES; i++) {
            final double share = (double) i / SAMPLES;
            for (int axis = 0; axis < sample.length; axis++) {
                sample[axis] = begin[axis] + share * (end[axis] - begin[axis]);
            }
            if (!workspace.comesNearer(sample, SLACK)) {
                return false;
            }
        }
        return true;
    }
}
