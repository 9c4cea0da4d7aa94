package dev.continuo.hardware.safety;

import dev.continuo.config.ContactLimit;
import java.util.Optional;

/**
 * Whether an arm touches something harder than it may, by what a force-torque sensor at its wrist feels beyond what it felt when the arm was armed. Before that nothing is too much.
 *
 * <p>The weight of what hangs below the sensor turns with the hand, and is felt as a change of up to twice that weight: the limit must be above it.
 *
 * <p>One thread; no allocation after construction.
 */
public final class ContactGuard {

    /** What is felt. */
    public enum Feeling {
        /** Nothing, or less than the limit; or nothing has to be felt. */
        FREE,
        /** More than the limit. */
        TOUCHING,
        /** No reading is young enough to tell. */
        UNKNOWN
    }

    private static final int AXES = 3;

    private final boolean limited;
    private final double forceNewtons;
    private final double torqueNewtonMetres;
    private final long maxAgeNanos;
    private final double[] felt = new double[ContactLimit.CHANNELS];
    private final double[] atRest = new double[ContactLimit.CHANNELS];
    private boolean everFelt;
    private boolean rested;
    private long feltAtNanos;
    private Feeling feeling;

    /** A guard that knows nothing yet; one without a limit is always {@link Feeling#FREE}. */
    public ContactGuard(final Optional<ContactLimit> limit) {
        limited = limit.isPresent();
        forceNewtons = limit.map(ContactLimit::forceNewtons).orElse(Double.POSITIVE_INFINITY);
        torqueNewtonMetres = limit.map(ContactLimit::torqueNewtonMetres).orElse(Double.POSITIVE_INFINITY);
        maxAgeNanos = limit.map(ContactLimit::maxAgeNanos).orElse(Long.MAX_VALUE);
        feeling = limited ? Feeling.UNKNOWN : Feeling.FREE;
    }

    /**
     * Takes a reading.
     *
     * @param wrench      force in N along x, y, z, then torque in Nm about them
     * @param atNanos     when it was measured
     */
    public void feel(final double[] wrench, final long atNanos) {
        System.arraycopy(wrench, 0, felt, 0, felt.length);
        feltAtNanos = atNanos;
        everFelt = true;
    }

    /** Judges what was felt last. To be called in each cycle, before anything is commanded. */
    public Feeling judge(final long nowNanos) {
        if (limited) {
            final boolean isYoung = everFelt && nowNanos - feltAtNanos >= 0 && nowNanos - feltAtNanos <= maxAgeNanos;
            // Written so that what is not a number counts as too much.
            final boolean isGentle = !rested || size(0) <= forceNewtons && size(AXES) <= torqueNewtonMetres;
            feeling = !isYoung ? Feeling.UNKNOWN : isGentle ? Feeling.FREE : Feeling.TOUCHING;
        }
        return feeling;
    }

    /** The latest judgement. */
    public Feeling feeling() {
        return feeling;
    }

    /**
     * Takes what is felt now for nothing at all: to be called while the arm stands and nothing touches it.
     *
     * @return false, and nothing is changed, while nothing is known, or more is felt than the limit allows since it was called first
     */
    boolean rest() {
        if (feeling != Feeling.FREE) {
            return false;
        }
        System.arraycopy(felt, 0, atRest, 0, felt.length);
        rested = true;
        return true;
    }

    private double size(final int from) {
        double squares = 0;
        for (int i = from; i < from + AXES; i++) {
            squares += (felt[i] - atRest[i]) * (felt[i] - atRest[i]);
        }
        return Math.sqrt(squares);
    }
}
