package dev.continuo.actors.agent;

import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class ClosestInTimeTest {
    private static ClosestInTime of(final long[]... times) {
        final int[] capacities = new int[times.length];
        for (int source = 0; source < times.length; source++) {
            capacities[source] = times[source].length;
        }
        final ClosestInTime match = new ClosestInTime(capacities);
        for (int source = 0; source < times.length; source++) {
            for (final long time : times[source]) {
                match.add(source, time);
            }
        }
        return match;
    }

    @Test
    void ofOneSourceItIsTheNewest() {
        final ClosestInTime match = of(new long[] {30, 50, 40});
        assertTrue(match.choose());
        assertEquals(1, match.chosen(0));
        assertEquals(50, match.earliest());
        assertEquals(0, match.skew());
    }

    @Test
    void thePicturesOfAFasterCameraAreTakenFromWhenTheSlowerOneLooked() {
        final ClosestInTime match = of(new long[] {0, 33, 67, 100, 133}, new long[] {-65, 35});
        assertTrue(match.choose());
        assertEquals(1, match.chosen(0));
        assertEquals(1, match.chosen(1));
        assertEquals(2, match.skew());
        assertEquals(33, match.earliest());
    }

    @Test
    void thirdSourcesAreMatchedWithEachOtherAndNotOnlyWithTheLaggingOne() {
        final ClosestInTime match = of(new long[] {100}, new long[] {90, 111}, new long[] {87, 112});
        assertTrue(match.choose());
        assertEquals(12, match.skew());
        assertEquals(1, match.chosen(1));
        assertEquals(1, match.chosen(2));
    }

    @Test
    void aSourceWithoutATimeLeavesTheSetIncomplete() {
        final ClosestInTime match = of(new long[] {1}, new long[] {});
        assertFalse(match.choose());
        match.clear();
        assertFalse(match.choose());
    }

    @Property
    void noSetWithTheNewestOfTheLaggingSourceIsCloserOrAsCloseAndNewer(
        @ForAll @Size(min = 1, max = 4) final List<@Size(min = 1, max = 5) List<@LongRange(min = -50, max = 50) Long>> sources) {
        final long[][] times = sources.stream().map(source -> source.stream().mapToLong(Long::longValue).toArray()).toArray(long[][]::new);
        final ClosestInTime match = of(times);
        assertTrue(match.choose());
        long anchor = Long.MAX_VALUE;
        for (final long[] source : times) {
            anchor = Math.min(anchor, java.util.Arrays.stream(source).max().orElseThrow());
        }
        long earliest = Long.MAX_VALUE;
        long latest = Long.MIN_VALUE;
        boolean anchored = false;
        for (int source = 0; source < times.length; source++) {
            final long time = times[source][match.chosen(source)];
            earliest = Math.min(earliest, time);
            latest = Math.max(latest, time);
            anchored |= time == anchor;
        }
        assertTrue(anchored, "holds the newest time of the lagging source");
        assertEquals(earliest, match.earliest());
        assertEquals(latest - earliest, match.skew());
        final long[] best = best(times, 0, anchor, Long.MAX_VALUE, Long.MIN_VALUE, new long[] {Long.MAX_VALUE, 0});
        assertEquals(best[0], match.skew());
        assertEquals(best[1], match.earliest());
    }

    @Property
    void theOrderInWhichTimesAreAddedDoesNotMatter(@ForAll @Size(min = 1, max = 6) final List<@LongRange(min = 0, max = 30) Long> first,
        @ForAll @Size(min = 1, max = 6) final List<@LongRange(min = 0, max = 30) Long> second) {
        Assume.that(first.size() > 1);
        final ClosestInTime forward = of(array(first), array(second));
        final ClosestInTime backward = of(array(first.reversed()), array(second.reversed()));
        assertTrue(forward.choose() && backward.choose());
        assertEquals(forward.skew(), backward.skew());
        assertEquals(forward.earliest(), backward.earliest());
    }

    private static long[] array(final List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }

    /** Every set, one by one: the least skew of those that reach the anchor from both sides, and of equals the latest begin. */
    private static long[] best(
        final long[][] times, final int source, final long anchor, final long earliest, final long latest, final long[] found) {
        if (source == times.length) {
            final boolean better = latest - earliest < found[0] || latest - earliest == found[0] && earliest > found[1];
            return earliest <= anchor && latest >= anchor && better ? new long[] {latest - earliest, earliest} : found;
        }
        long[] best = found;
        final long newest = java.util.Arrays.stream(times[source]).max().orElseThrow();
        for (final long time : times[source]) {
            if (newest != anchor || time == anchor) {
                best = best(times, source + 1, anchor, Math.min(earliest, time), Math.max(latest, time), best);
            }
        }
        return best;
    }
}
