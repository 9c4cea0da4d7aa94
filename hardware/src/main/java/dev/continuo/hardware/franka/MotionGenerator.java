package dev.continuo.hardware.franka;

/** What a client's set-points mean; the order is that of a Move request (franka-fci.md section 4). A state counts one higher, 0 is idle. */
public enum MotionGenerator {
    /** Joint positions, rad. */
    JOINT_POSITION,
    /** Joint velocities, rad/s. */
    JOINT_VELOCITY,
    /** The end effector's pose in the base frame. */
    CARTESIAN_POSITION,
    /** The end effector's twist in the base frame. */
    CARTESIAN_VELOCITY,
    /** None, torques alone; not known to {@link FciVersion#PANDA}. */
    NONE;

    /** Whether set-points are of the end effector and not of the joints. */
    public boolean cartesian() {
        return this == CARTESIAN_POSITION || this == CARTESIAN_VELOCITY;
    }
}
