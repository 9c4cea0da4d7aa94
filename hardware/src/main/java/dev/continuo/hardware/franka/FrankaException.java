package dev.continuo.hardware.franka;

/** A Franka cannot be reached, does not do what was asked of it, or says what nobody understands; the message names the robot. */
public final class FrankaException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With a message that names the robot. */
    public FrankaException(final String message) {
        super(message);
    }

    /** With a message that names the robot, and its cause. */
    public FrankaException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
