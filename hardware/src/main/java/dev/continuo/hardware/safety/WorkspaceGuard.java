package dev.continuo.hardware.safety;

import dev.continuo.config.AxisLimits;
import dev.continuo.config.BasePose;
import dev.continuo.hardware.kinematics.ForwardKinematics;
import dev.continuo.hardware.kinematics.SerialChain;

/**
 * Whether an arm is inside its workspace: the tool inside the box, and elbow, wrist and flange clear of the box's floor.
 *
 * <p>An arm that was switched on outside is let back in: each bound is widened to where the arm is, and closes in behind it.
 */
final class WorkspaceGuard {
    /** How far joint centres stay above the floor, metres: about the radius of the links. */
    private static final double LINK_CLEARANCE = 0.03;
    /** Links whose origins are the elbow, the wrist and the flange. */
    private static final int[] LINKS = {2, 3, 5};
    private static final int BOUNDS = 6 + LINKS.length;

    private final ForwardKinematics kinematics;
    private final AxisLimits.Workspace box;
    private final double[] reach;
    private final double[] violation = new double[BOUNDS];
    /** How far each bound may be violated for now; 0 once the arm has been inside. */
    private final double[] allowance = new double[BOUNDS];
    private final double[] worst = new double[BOUNDS];

    WorkspaceGuard(final SerialChain chain, final BasePose base, final AxisLimits.Workspace box) {
        kinematics = new ForwardKinematics(chain, base);
        this.box = box;
        reach = new double[chain.jointCount()];
        for (int i = 0; i < reach.length; i++) {
            reach[i] = chain.reachFrom(i);
        }
    }

    /** Allows for as much as is violated at {@code position}. */
    void reset(final double[] position) {
        measure(position);
        for (int i = 0; i < BOUNDS; i++) {
            allowance[i] = Math.max(0, violation[i]);
        }
    }

    /** Whether a pose is inside. */
    boolean contains(final double[] position) {
        measure(position);
        return withinAllowance(0);
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
        for (int i = 0; i < BOUNDS; i++) {
            worst[i] = violation[i] + travel;
        }
        if (!withinAllowance(travel) && !followStops(axes, scratch, length)) {
            return false;
        }
        for (int i = 0; i < BOUNDS; i++) {
            allowance[i] = Math.min(allowance[i], Math.max(0, worst[i]));
        }
        return true;
    }

    private boolean followStops(final AxisMotion[] axes, final double[] scratch, final int length) {
        for (int i = 0; i < BOUNDS; i++) {
            worst[i] = violation[i];
        }
        boolean inside = withinAllowance(0);
        for (int k = 1; k < length && inside; k++) {
            for (int i = 0; i < reach.length; i++) {
                scratch[i] = axes[i].stopAt(k);
            }
            measure(scratch);
            inside = withinAllowance(0);
            for (int i = 0; i < BOUNDS; i++) {
                worst[i] = Math.max(worst[i], violation[i]);
            }
        }
        return inside;
    }

    private boolean withinAllowance(final double margin) {
        for (int i = 0; i < BOUNDS; i++) {
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
        for (int i = 0; i < LINKS.length; i++) {
            violation[6 + i] = box.minZ() + LINK_CLEARANCE - kinematics.linkOrigin(LINKS[i], 2);
        }
    }
}
