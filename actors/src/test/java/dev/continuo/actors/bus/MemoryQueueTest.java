package dev.continuo.actors.bus;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.ArrayDeque;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class MemoryQueueTest {
    private static final int MAX_BYTES = 100;

    /** Random adds and polls against a plain queue: what comes out is always the newest run of what went in. */
    @Property(tries = 200)
    void keepsOrderAndDropsOnlyTheOldest(@ForAll final Random random) {
        final MemoryQueue queue = new MemoryQueue(MAX_BYTES, 3);
        final ArrayDeque<Integer> expected = new ArrayDeque<>();
        final UnsafeBuffer message = new UnsafeBuffer(new byte[MAX_BYTES]);
        final int[] seen = new int[1];
        long overrun = 0;
        for (int step = 0; step < 400; step++) {
            if (random.nextInt(3) > 0) {
                message.putInt(0, step);
                queue.add(message, 0, Integer.BYTES + random.nextInt(MAX_BYTES - Integer.BYTES + 1));
                expected.add(step);
                while (expected.size() > queue.messages()) {
                    expected.remove();
                    overrun++;
                }
                assertTrue(queue.messages() >= Math.min(expected.size(), 3));
            } else if (queue.poll((buffer, offset, length) -> seen[0] = buffer.getInt(offset))) {
                assertEquals(expected.remove(), seen[0]);
            } else {
                assertTrue(expected.isEmpty());
            }
            assertEquals(overrun, queue.overrun());
        }
    }
}
