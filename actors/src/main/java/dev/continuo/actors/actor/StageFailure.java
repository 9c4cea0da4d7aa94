package dev.continuo.actors.actor;

/**
 * An agent failed, could not be started or showed no sign of life: the exception that an actor throws to be restarted by its
 * supervision.
 */
public final class StageFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A failure, told in one line. */
    public StageFailure(final String message, final Throwable cause) {
        super(message, cause);
    }
}
