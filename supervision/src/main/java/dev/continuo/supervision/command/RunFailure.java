package dev.continuo.supervision.command;

/** A run that failed for a reason that is told in one line. */
public final class RunFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A failure, told in one line. */
    public RunFailure(final String message) {
        super(message);
    }
}
