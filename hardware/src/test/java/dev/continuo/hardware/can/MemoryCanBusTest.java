package dev.continuo.hardware.can;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryCanBusTest {
    private final MemoryCanBus.Pair pair = MemoryCanBus.pair(4);
    private final FrameLog log = new FrameLog();

    @Test
    void deliversFramesInOrderAndBothWays() {
        pair.host().send(5, 0x0102_0304_0506_0708L, 8);
        pair.host().send(6, 0xFFFF_FFFF_FFFF_FFFFL, 2);
        pair.device().send(0, 0, 0);
        assertEquals(2, pair.device().poll(log, 7, 10));
        assertEquals(List.of("005#0102030405060708", "006#FFFF"), log.frames());
        assertEquals(1, pair.host().poll((id, data, length, at) -> assertEquals(7, at), 7, 10));
    }

    @Test
    void dropsAndCountsWhenTheQueueIsFull() {
        for (int i = 0; i < 4; i++) {
            assertTrue(pair.host().send(i, 0, 8));
        }
        assertFalse(pair.host().send(4, 0, 8));
        assertEquals(1, pair.host().droppedFrames());
        assertEquals(3, pair.device().poll(log, 0, 3));
        assertTrue(pair.host().send(4, 0, 8));
        assertEquals(2, pair.device().poll(log, 0, 10));
    }

    @Test
    void aPulledCableDropsBothDirectionsUntilItIsPluggedAgain() {
        pair.device().setConnected(false);
        assertFalse(pair.host().isConnected());
        assertFalse(pair.host().send(1, 0, 8));
        pair.device().setConnected(true);
        assertTrue(pair.host().send(1, 0, 8));
    }

    @Test
    void refusesWhatIsNoClassicFrame() {
        assertFalse(pair.host().send(0x800, 0, 8));
        assertFalse(pair.host().send(1, 0, 9));
        assertEquals(2, pair.host().droppedFrames());
    }

    @Test
    void allocatesNothing() {
        final int[] sum = new int[1];
        final CanFrameHandler handler = (id, data, length, at) -> sum[0] += id;
        assertEquals(0, AllocatedBytes.over(20_000, 10_000, () -> {
            pair.host().send(3, 42, 8);
            pair.device().poll(handler, 0, 8);
        }));
        assertTrue(sum[0] >= 90_000, "sum " + sum[0]);
    }
}
