package dev.continuo.actors.bus;

import dev.continuo.actors.message.MessageStamp;
import dev.continuo.actors.message.Messages;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class MemoryBusTest extends BusContract {
    private final MemoryBus bus = new MemoryBus(FRAME_BYTES);

    @Override
    Bus bus() {
        return bus;
    }

    @Test
    void slowSubscriberLosesItsOldestMessages() {
        final BusSubscription slow = bus.subscription(StreamId.CAMERA_FRAME);
        final BusPublication publication = connected(StreamId.CAMERA_FRAME, slow);
        final byte[] pixels = new byte[640 * 480 * 3];
        for (int sequence = 1; sequence <= 10; sequence++) {
            assertEquals(Delivery.SENT, publication.offer(scratch, 0, Messages.frame(scratch, 0, 640, 480, pixels, sequence, sequence)));
        }
        final long[] last = new long[1];
        final int kept = slow.poll(
            (buffer, offset, length) -> last[0] = MessageStamp.sequence(buffer, offset), 100);
        assertEquals(10, last[0]);
        assertEquals(10 - kept, slow.overrun().get());
        assertTrue(kept >= 3);
    }
}
