package dev.continuo.actors.agent;

import dev.continuo.config.ActionSpace;
import dev.continuo.config.ArmProfile;
import dev.continuo.hardware.kinematics.ArmChains;
import dev.continuo.hardware.kinematics.Pose;
import dev.continuo.hardware.kinematics.PoseFollower;
import dev.continuo.hardware.kinematics.PoseRow;

/**
 * One arm's numbers in a chunk's rows and in the state that the policy sees, and what they say about its axes. Nothing is allocated after construction. For one
 * thread.
 */
abstract class ArmColumns {
    /** What became of a row. */
    enum Reading {
        /** The setpoint is what the row says. */
        MET,
        /** The arm cannot get there; the setpoint leads as near as it can. */
        OUT_OF_REACH,
        /** The row says nothing that an arm could do; there is no setpoint. */
        MEANINGLESS
    }

    private final int count;

    private ArmColumns(final int count) {
        this.count = count;
    }

    /** The columns of an arm as its profile has them. */
    static ArmColumns of(final ArmProfile arm) {
        return arm.actions() == ActionSpace.JOINTS ? new Joints(arm.axisCount()) : new Poses(arm);
    }

    /** How many there are. */
    final int count() {
        return count;
    }

    /**
     * Reads a row.
     *
     * @param row       this arm's columns
     * @param commanded where the axes are commanded to be
     * @param setpoint  receives where they are to go, one value per axis
     */
    abstract Reading read(double[] row, double[] commanded, double[] setpoint);

    /** Writes where the arm is to its columns of the policy's state, from {@code offset} on. */
    abstract void write(double[] axes, double[] state, int offset);

    private static final class Joints extends ArmColumns {
        Joints(final int axes) {
            super(axes);
        }

        @Override
        Reading read(final double[] row, final double[] commanded, final double[] setpoint) {
            System.arraycopy(row, 0, setpoint, 0, setpoint.length);
            return Reading.MET;
        }

        @Override
        void write(final double[] axes, final double[] state, final int offset) {
            System.arraycopy(axes, 0, state, offset, count());
        }
    }

    private static final class Poses extends ArmColumns {
        private final PoseFollower follower;
        private final int gripper;
        private final Pose pose = new Pose();

        Poses(final ArmProfile arm) {
            super(ActionSpace.POSE_COLUMNS);
            follower = new PoseFollower(ArmChains.of(arm.driver()), arm.base(), arm.readyPose().toArray());
            gripper = arm.axisCount() - 1;
        }

        @Override
        Reading read(final double[] row, final double[] commanded, final double[] setpoint) {
            if (!PoseRow.read(row, pose)) {
                return Reading.MEANINGLESS;
            }
            System.arraycopy(commanded, 0, setpoint, 0, gripper);
            setpoint[gripper] = row[PoseRow.OPENING];
            return follower.follow(pose, setpoint) ? Reading.MET : Reading.OUT_OF_REACH;
        }

        @Override
        void write(final double[] axes, final double[] state, final int offset) {
            follower.toolPose(axes, pose);
            PoseRow.write(pose, axes[gripper], state, offset);
        }
    }
}
