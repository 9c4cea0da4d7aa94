package dev.continuo.actors.bus;

import dev.continuo.actors.message.MessageStamp;
import dev.continuo.actors.message.Messages;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class RecentValuesTest {
    private static final int CAPACITY = 1024;
    private static final int SIDE = 8;
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[CAPACITY]);

    private void put(final RecentValues values, final int shade, final long atNanos) {
        values.put(message, 0, Messages.frame(message, 0, SIDE, SIDE, shade, atNanos), atNanos);
    }

    private static long[] seen(final RecentValues values, final long now, final long maxAge) {
        final long[] times = new long[values.look(now, maxAge)];
        for (int i = 0; i < times.length; i++) {
            times[i] = values.observedAtNanos(i);
        }
        Arrays.sort(times);
        return times;
    }

    @Test
    void keepsTheLastOnesThatAreYoungEnough() {
        final RecentValues values = new RecentValues(3, CAPACITY);
        assertEquals(0, values.look(0, Long.MAX_VALUE));
        for (int i = 1; i <= 5; i++) {
            put(values, i, 10 * i);
        }
        assertArrayEquals(new long[] {30, 40, 50}, seen(values, 50, 100));
        assertArrayEquals(new long[] {40, 50}, seen(values, 60, 20));
        assertArrayEquals(new long[] {}, seen(values, 71, 20));
        put(values, 5, 50); // late
        put(values, 4, 45);
        assertEquals(2, values.outOfOrder().get());
        values.put(message, 0, Messages.frame(message, 0, SIDE, SIDE, 1, 90_000_000), 60);
        assertEquals(1, values.fromTheFuture().get());
        assertEquals(5, values.accepted().get());
    }

    @Test
    void ofDepthOneItIsTheNewest() {
        final RecentValues values = new RecentValues(1, CAPACITY);
        for (int i = 1; i <= 9; i++) {
            put(values, i, 10 * i);
            assertArrayEquals(new long[] {10 * i}, seen(values, 10 * i, 100));
            assertTrue(values.take(0));
        }
    }

    @Test
    void whatWasTakenDoesNotChangeUntilTheNextLook() {
        final RecentValues values = new RecentValues(2, CAPACITY);
        put(values, 1, 10);
        assertEquals(1, values.look(10, 100));
        assertTrue(values.take(0));
        for (int i = 2; i <= 20; i++) {
            put(values, i, 10 * i);
            assertEquals(10, MessageStamp.observedAtNanos(values.buffer(), 0));
        }
        assertArrayEquals(new long[] {190, 200}, seen(values, 200, 100));
    }

    @Test
    void whatWasReplacedAfterALookIsNotTaken() {
        final RecentValues values = new RecentValues(1, CAPACITY);
        put(values, 1, 10);
        assertEquals(1, values.look(10, 100));
        put(values, 2, 20);
        put(values, 3, 30);
        put(values, 4, 40);
        assertFalse(values.take(0));
        assertEquals(1, values.look(40, 100));
        assertTrue(values.take(0));
        assertEquals(40, MessageStamp.observedAtNanos(values.buffer(), 0));
    }

    @Test
    void aReaderNeverSeesAMessageThatIsBeingReplaced() throws InterruptedException {
        final RecentValues values = new RecentValues(2, CAPACITY);
        final AtomicBoolean done = new AtomicBoolean();
        final Thread writer = Thread.ofPlatform().start(() -> {
            for (long i = 1; i <= 50_000; i++) {
                put(values, (int)i, i);
            }
            done.set(true);
        });
        final byte[] pixels = new byte[SIDE * SIDE * 3];
        long taken = 0;
        while (!done.get() || taken == 0) {
            final int seen = values.look(0, Long.MAX_VALUE);
            for (int i = 0; i < Math.min(1, seen); i++) {
                if (values.take(i)) {
                    taken++;
                    final long at = values.observedAtNanos(i);
                    assertEquals(at, MessageStamp.observedAtNanos(values.buffer(), 0));
                    values.buffer().getBytes(MessageStamp.LENGTH + 16, pixels);
                    for (final byte pixel : pixels) {
                        assertEquals((byte)at, pixel);
                    }
                }
            }
        }
        writer.join();
    }
}
