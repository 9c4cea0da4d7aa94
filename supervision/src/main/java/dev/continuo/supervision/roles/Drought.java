package dev.continuo.supervision.roles;

import java.util.Optional;

/**
 * Notices that no chunk comes while the arms should play: they hold then, and whatever is wrong with the policy, an operator should be told.
 *
 * <p>Used by one thread.
 */
final class Drought {
    /** Longer than a first chunk takes, which waits for a reasoning. */
    static final long TOLD_AFTER_NANOS = 3_000_000_000L;
    private static final String COMPLAINT = "no chunk to play: the arms hold";

    private long sent;
    private long starved;
    private long wetNanos;
    private boolean dry;

    /**
     * Looks at how the arms are commanded.
     *
     * @param playing whether they should play
     * @param sent    commands sent so far, of all arms
     * @param starved those of them for which there was no row to play
     * @return what an operator should be told, if anything has changed
     */
    Optional<String> look(final boolean playing, final long sent, final long starved, final long nowNanos) {
        final boolean wet = !playing || 2 * (starved - this.starved) <= sent - this.sent;
        this.sent = sent;
        this.starved = starved;
        if (wet) {
            wetNanos = nowNanos;
        }
        final boolean wasDry = dry;
        dry = !wet && nowNanos - wetNanos > TOLD_AFTER_NANOS;
        if (dry == wasDry || !playing) {
            return Optional.empty();
        }
        return Optional.of(dry ? COMPLAINT : "there are chunks again");
    }

    /** What is wrong at present, in few words; empty if nothing is. */
    String complaint() {
        return dry ? COMPLAINT : "";
    }
}
