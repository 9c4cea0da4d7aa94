package dev.continuo.config;

/** What the numbers of a chunk's row, and of the robot's state as the policy sees it, mean for one arm. */
public enum ActionSpace {
    /** One number per axis: joint angles in radians, then the opening of the gripper in metres. */
    JOINTS,
    /**
     * Where the tool is: x, y, z in the cell's frame in metres, the first two rows of its rotation matrix, and the opening of the gripper in metres
     * (chatvla2.md section 1.7).
     */
    POSE;

    /** Numbers of a pose. */
    public static final int POSE_COLUMNS = 10;

    /** Numbers of an arm with so many axes. */
    public int columns(final int axes) {
        return this == JOINTS ? axes : POSE_COLUMNS;
    }
}
