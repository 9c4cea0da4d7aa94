package dev.continuo.hardware.franka;

/** What a robot is doing; the order is that of the wire (franka-fci.md section 4). */
public enum RobotMode {
    /** Anything else, for example brakes that are closed. */
    OTHER,
    /** Ready for a motion. */
    IDLE,
    /** A motion runs. */
    MOVE,
    /** Guided by hand. */
    GUIDING,
    /** Stopped by a reflex, until error recovery. */
    REFLEX,
    /** The user-stop is pressed. */
    USER_STOPPED,
    /** Recovering from an error. */
    AUTOMATIC_ERROR_RECOVERY
}
