package dev.continuo.hardware.franka;

import java.util.Optional;

/** How a Franka Hand answers a request, in the order of the wire (franka-fci.md section 12b). */
public enum HandStatus {
    /** Done. */
    SUCCESS,
    /** It cannot be done. */
    FAILED,
    /** It was tried in vain: nothing of that width was grasped. */
    UNSUCCESSFUL,
    /** Something else was asked for in the meantime. */
    ABORTED;

    private static final HandStatus[] ALL = values();

    /** The status of a number on the wire, if there is one. */
    public static Optional<HandStatus> of(final int number) {
        return number >= 0 && number < ALL.length ? Optional.of(ALL[number]) : Optional.empty();
    }
}
