package dev.continuo.supervision.doctor;

/**
 * One thing that was looked at.
 *
 * @param subject what was looked at
 * @param ok      whether it is as real-time work wants it
 * @param found   what was found
 * @param remedy  how to get it right; empty if it is
 */
public record Finding(String subject, boolean ok, String found, String remedy) {

    /** All is well. */
    static Finding ok(final String subject, final String found) {
        return new Finding(subject, true, found, "");
    }

    /** Something is missing. */
    static Finding warn(final String subject, final String found, final String remedy) {
        return new Finding(subject, false, found, remedy);
    }
}
