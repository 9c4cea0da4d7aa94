package dev.continuo.hardware.safety;

import dev.continuo.config.AxisLimits;
import dev.continuo.config.BasePose;
import dev.continuo.hardware.kinematics.ForwardKinematics;
import dev.continuo.hardware.kinematics.SerialChain;

/**
 * Whether an arm is inside its workspace: the tool inside the box, elbow, wrist and flange clear of the box's floor, and all of
 * them clear of the arm's own column.
 *
 * <p>An arm that was switched on outside is let back in: each bound is widened to where the arm is, and closes in behind it.
 */
final class WorkspaceGuard {
    /** How far joint centres stay above the floor, metres: about the radius of the links. */
    private static final double LINK_CLEARANCE = 0.03;

    private final ForwardKinematics kinematics;
    private final AxisLimits.Workspace box;
    private final double[] reach;
    private final int[] links;
    private final SerialChain.Column column;
    private final BasePose base;
    private final int bounds;
    private final double[] violation;
    /** How far each bound may be violated for now; 0 once the arm has been inside. */
    private final double[] allowance;
    private final double[] worst;

    WorkspaceGuard(final SerialChain chain, final BasePose base, final AxisLimits.Workspace box) {
        kinematics = new ForwardKinematics(chain, base);
        this.box = box;
        links = chain.landmarks();
        column = chain.column();
        this.base = base;
        bounds = 6 + links.length + (column.exists() ? links.length + 1 : 0);
        violation = new double[bounds];
        allowance = new double[bounds];
        worst = new double[bounds];
        reach = new double[chain.jointCount()];
        for (int i = 0; i < reach.length; i++) {
            reach[i] = chain.reachFrom(i);
        }
    }

    /** Allows for as much as is violated at {@code position}. */
    void reset(final double[] position) {
        measure(position);
        for (int i = 0; i < bounds; i++) {
            allowance[i] = Math.max(0, violation[i]);
        }
    }

    /** Whether a pose is inside. */
    boolean contains(final double[] position) {
        measure(position);
        return withinAllowance(0);
    }

    /** Whether a pose is inside, or as far outside as the poses before it at most; if so the bounds close in behind it. */
    boolean comesNearer(final double[] position, final double slack) {
        measure(position);
        if (!withinAllowance(-slack)) {
            return false;
        }
        for (int i = 0; i < bounds; i++) {
            allowance[i] = Math.min(allowance[i], Math.max(0, violation[i]));
        }
        return true;
    }

    /**
     * Whether the steps that the axes propose, and the stops after them, stay inside. If so the bounds close in behind the arm.
     *
     * @param axes    the arm's axes, joints first
     * @param scratch room for one position per joint
     */
    boolean containsStops(final AxisMotion[] axes, final double[] scratch) {
        double travel = 0;
        int length = 1;
        for (int i = 0; i < reach.length; i++) {
            travel += reach[i] * axes[i].stopTravel;
            length = Math.max(length, axes[i].stopLength);
            scratch[i] = axes[i].nextPosition;
        }
        measure(scratch);
        for (int i = 0; i < bounds; i++) {
            worst[i] = violation[i] + travel;
        }
        if (!withinAllowance(travel) && !followStops(axes, scratch, length)) {
            return false;
        }
        for (int i = 0; i < bounds; i++) {
            allowance[i] = Math.min(allowance[i], Math.max(0, worst[i]));
        }
        return true;
    }

    private boolean followStops(final AxisMotion[] axes, final double[] scratch, final int length) {
        for (int i = 0; i < bounds; i++) {
            worst[i] = violation[i];
        }
        boolean inside = withinAllowance(0);
        for (int k = 1; k < length && inside; k++) {
            for (int i = 0; i < reach.length; i++) {
                scratch[i] = axes[i].stopAt(k);
            }
            measure(scratch);
            inside = withinAllowance(0);
            for (int i = 0; i < bounds; i++) {
                worst[i] = Math.max(worst[i], violation[i]);
            }
        }
        return inside;
    }

    private boolean withinAllowance(final double margin) {
        for (int i = 0; i < bounds; i++) {
            if (!(violation[i] + margin <= allowance[i])) {
                return false;
            }
        }
        return true;
    }

    private void measure(final double[] position) {
        kinematics.update(position);
        violation[0] = box.minX() - kinematics.toolOrigin(0);
        violation[1] = kinematics.toolOrigin(0) - box.maxX();
        violation[2] = box.minY() - kinematics.toolOrigin(1);
        violation[3] = kinematics.toolOrigin(1) - box.maxY();
        violation[4] = box.minZ() - kinematics.toolOrigin(2);
        violation[5] = kinematics.toolOrigin(2) - box.maxZ();
        for (int i = 0; i < links.length; i++) {
            violation[6 + i] = box.minZ() + LINK_CLEARANCE - kinematics.linkOrigin(links[i], 2);
        }
        if (column.exists()) {
            measureColumn(6 + links.length);
        }
    }

    /** Distances from a line change no faster than the points move, as those from the box do: the same margins hold. */
    private void measureColumn(final int from) {
        for (int i = 0; i < links.length; i++) {
            violation[from + i] = intrusion(
                kinematics.linkOrigin(links[i], 0), kinematics.linkOrigin(links[i], 1), kinematics.linkOrigin(links[i], 2));
        }
        violation[from + links.length] = intrusion(kinematics.toolOrigin(0), kinematics.toolOrigin(1), kinematics.toolOrigin(2));
    }

    private double intrusion(final double x, final double y, final double z) {
        final double above = z - base.z();
        final double beyond = above - Math.max(0, Math.min(column.height(), above));
        final double dx = x - base.x();
        final double dy = y - base.y();
        return column.radius() - Math.sqrt(dx * dx + dy * dy + beyond * beyond);
    }
}
