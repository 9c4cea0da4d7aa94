package dev.continuo.config;

/**
 * A profile, file or argument that cannot be used. The message is one line for the operator and names the file, line and key.
 */
public final class ProfileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A problem, told in one line. */
    public ProfileException(final String message) {
        super(message);
    }

    /** A problem with the failure that revealed it. */
    public ProfileException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
