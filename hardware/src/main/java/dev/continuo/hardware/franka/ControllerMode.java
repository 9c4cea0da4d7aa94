package dev.continuo.hardware.franka;

/** Who controls the torques; the order is that of the wire, {@link #OTHER} is in states alone (franka-fci.md section 4). */
public enum ControllerMode {
    /** The robot, compliant in its joints. */
    JOINT_IMPEDANCE,
    /** The robot, compliant at the end effector. */
    CARTESIAN_IMPEDANCE,
    /** The client. */
    EXTERNAL,
    /** No controller. */
    OTHER
}
