package dev.continuo.actors.agent;

/**
 * Chooses one time of each of several sources so that the chosen ones lie closest together.
 *
 * <p>The set holds the newest time of the source that lags the most: nothing is given away that all could have. Among the sets that do, the one of the least
 * skew is chosen, and of equals the newer. Sources and times are few: all are looked at. No allocation after construction. One thread at a time.
 */
final class ClosestInTime {
    private final long[][] times;
    private final int[] counts;
    private final int[] chosen;
    private long earliest;
    private long latest;

    /** For sources with at most so many times each. */
    ClosestInTime(final int[] capacities) {
        times = new long[capacities.length][];
        for (int i = 0; i < capacities.length; i++) {
            times[i] = new long[capacities[i]];
        }
        counts = new int[capacities.length];
        chosen = new int[capacities.length];
    }

    /** Forgets all times. */
    void clear() {
        java.util.Arrays.fill(counts, 0);
    }

    /** Adds a time of a source. */
    void add(final int source, final long time) {
        times[source][counts[source]++] = time;
    }

    /** Chooses; false if a source has no time. */
    boolean choose() {
        int lagging = 0;
        for (int source = 0; source < times.length; source++) {
            if (counts[source] == 0) {
                return false;
            }
            chosen[source] = lastUntil(source, Long.MAX_VALUE);
            lagging = time(source) < time(lagging) ? source : lagging;
        }
        final long anchor = time(lagging);
        long begin = anchor;
        long end = endFrom(begin, lagging, anchor);
        for (int source = 0; source < times.length; source++) {
            for (int i = 0; i < counts[source]; i++) {
                final long candidate = times[source][i];
                if (candidate < anchor) {
                    final long candidateEnd = endFrom(candidate, lagging, anchor);
                    final long difference = candidateEnd - candidate - (end - begin);
                    if (difference < 0 || difference == 0 && candidate > begin) {
                        begin = candidate;
                        end = candidateEnd;
                    }
                }
            }
        }
        settle(end);
        return true;
    }

    /** The end of the shortest span that begins at {@code begin} and holds a time of every source. */
    private long endFrom(final long begin, final int lagging, final long anchor) {
        long end = anchor;
        for (int source = 0; source < times.length; source++) {
            if (source != lagging) {
                long first = Long.MAX_VALUE;
                for (int i = 0; i < counts[source]; i++) {
                    first = times[source][i] >= begin ? Math.min(first, times[source][i]) : first;
                }
                end = Math.max(end, first);
            }
        }
        return end;
    }

    private void settle(final long end) {
        earliest = Long.MAX_VALUE;
        latest = Long.MIN_VALUE;
        for (int source = 0; source < times.length; source++) {
            chosen[source] = lastUntil(source, end);
            earliest = Math.min(earliest, time(source));
            latest = Math.max(latest, time(source));
        }
    }

    private int lastUntil(final int source, final long end) {
        int last = -1;
        for (int i = 0; i < counts[source]; i++) {
            if (times[source][i] <= end && (last < 0 || times[source][i] > times[source][last])) {
                last = i;
            }
        }
        return last;
    }

    private long time(final int source) {
        return times[source][chosen[source]];
    }

    /** Which of its times was chosen of a source, in the order in which they were added. */
    int chosen(final int source) {
        return chosen[source];
    }

    /** The earliest of the chosen times. */
    long earliest() {
        return earliest;
    }

    /** From the earliest to the latest of the chosen times. */
    long skew() {
        return latest - earliest;
    }
}
