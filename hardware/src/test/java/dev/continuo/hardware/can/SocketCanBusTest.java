package dev.continuo.hardware.can;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.ProfileException;
import dev.continuo.config.TransportProfile;
import dev.continuo.hardware.can.CanTroubles.Trouble;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SocketCanBusTest {
    private static final String REMEDY = "ip link set can0 up type can bitrate 1000000";

    private final FakeCanKernel kernel = new FakeCanKernel();
    private final FrameLog log = new FrameLog();
    private long nowNanos = 1_000_000_000_000L;

    private SocketCanBus open() {
        return new SocketCanBus("can0", kernel);
    }

    private void pollAfter(final SocketCanBus bus, final long nanos) {
        nowNanos += nanos;
        kernel.clockNanos += nanos;
        bus.poll(log, nowNanos, 64);
    }

    @Test
    void carriesFramesBothWays() {
        try (SocketCanBus bus = open()) {
            assertTrue(bus.send(5, 0xFFFF_FFFF_FFFF_FFFCL, 8));
            assertTrue(bus.send(1, 0xE017_5555_5555_5555L, 2));
            assertTrue(bus.send(0x7FF, 0, 0));
            assertEquals(List.of(), kernel.sent, "not before the cycle's end");
            bus.flush();
            assertEquals(List.of("005#FFFFFFFFFFFFFFFC", "001#E017", "7FF#"), kernel.sent);
            assertEquals(1, kernel.sendCalls, "one call for a cycle");
            kernel.give(0, 8, "157DF37FF7FF2421");
            kernel.give(2, 3, "0102030405060708");
            pollAfter(bus, 1000);
            assertEquals(List.of("000#157DF37FF7FF2421", "002#010203"), log.frames());
            assertTrue(bus.isConnected());
            assertEquals("CAN interface can0", bus.describe());
            assertEquals(0, bus.droppedFrames() + bus.malformedFrames());
        }
        assertEquals(1, kernel.closed);
    }

    @Test
    void theKernelIsAskedForFramesOfOurKindErrorsAndTimes() {
        try (SocketCanBus _ = open()) {
            assertEquals(List.of("101/1=00000000000000c0", "101/2=ff010000", "1/35=01000000", "1/40=01000000", "1/7=00600000"), kernel.options);
            assertEquals("29/3/24", kernel.boundTo);
        }
    }

    @Test
    void framesCarryTheTimeAtWhichTheKernelReceivedThem() {
        try (SocketCanBus bus = open()) {
            final List<Long> ages = new ArrayList<>();
            final CanFrameHandler handler = (id, data, length, at) -> ages.add(nowNanos - at);
            kernel.give(1, 0, "");
            kernel.clockNanos += 300_000;
            bus.poll(handler, nowNanos, 64);
            nowNanos += 4_000_000;
            kernel.clockNanos += 1_000_000;
            kernel.give(1, 0, "");
            kernel.clockNanos += 2_000_000;
            kernel.give(1, 0, "");
            kernel.clockNanos += 1_000_000;
            bus.poll(handler, nowNanos, 64);
            assertEquals(List.of(0L, 3_000_000L, 1_000_000L), ages, "the first may have waited since before we looked");
        }
    }

    @Test
    void aClockThatIsSetMakesNoFrameOlderThanTheLastPollNorYoungerThanNow() {
        try (SocketCanBus bus = open()) {
            final List<Long> ages = new ArrayList<>();
            final CanFrameHandler handler = (id, data, length, at) -> ages.add(nowNanos - at);
            bus.poll(handler, nowNanos, 64);
            nowNanos += 4_000_000;
            kernel.give(1, 0, "");
            kernel.clockNanos += 3_600_000_000_000L;
            bus.poll(handler, nowNanos, 64);
            nowNanos += 4_000_000;
            kernel.give(1, 0, "");
            kernel.clockNanos -= 3_600_000_000_000L;
            bus.poll(handler, nowNanos, 64);
            assertEquals(List.of(4_000_000L, 0L), ages);
        }
    }

    @Test
    void errorFramesAreHandedOnAndCountedByMeaning() {
        try (SocketCanBus bus = open()) {
            kernel.give(CanFrames.ERROR_FLAG | 0x21, 8, "0000000000000000");
            kernel.give(CanFrames.ERROR_FLAG | 0x02, 8, "0B00000000000000");
            kernel.give(CanFrames.ERROR_FLAG | 0x04, 8, "0020000000008800");
            kernel.give(CanFrames.ERROR_FLAG | 0x04, 8, "0008000000006000");
            kernel.give(CanFrames.ERROR_FLAG | 0x8C, 8, "0001000000000000");
            pollAfter(bus, 1000);
            assertEquals(5, log.frames().size());
            assertEquals("20000021#0000000000000000", log.frames().getFirst());
            final CanTroubles troubles = bus.troubles();
            assertEquals(1, troubles.count(Trouble.TRANSMIT_TIMEOUT));
            assertEquals(1, troubles.count(Trouble.NOT_ACKNOWLEDGED));
            assertEquals(1, troubles.count(Trouble.ARBITRATION_LOST));
            assertEquals(1, troubles.count(Trouble.ERROR_PASSIVE));
            assertEquals(1, troubles.count(Trouble.ERROR_WARNING));
            assertEquals(1, troubles.count(Trouble.OVERFLOW));
            assertEquals(1, troubles.count(Trouble.PROTOCOL_VIOLATION));
            assertEquals(0, troubles.count(Trouble.BUS_OFF));
            assertTrue(bus.isConnected());
            assertTrue(bus.describe().contains("arbitration lost 1") && bus.describe().contains("error passive 1"), bus.describe());
        }
    }

    @Test
    void aControllerThatLeavesTheBusTakesNothingUntilItIsRestarted() {
        try (SocketCanBus bus = open()) {
            kernel.give(CanFrames.ERROR_FLAG | 0x40, 8, "0000000000000000");
            kernel.running = false;
            pollAfter(bus, 1000);
            assertEquals(List.of("20000040#0000000000000000"), log.frames(), "an arm is told by the frame");
            assertFalse(bus.isConnected());
            assertFalse(bus.send(1, 0, 8));
            assertEquals(1, bus.droppedFrames());
            assertTrue(bus.describe().contains("CAN interface can0 is off the bus") && bus.describe().contains("restart-ms 100")
                && bus.describe().contains("bus off 1"), bus.describe());
            pollAfter(bus, SocketCanBus.RETRY_NANOS);
            pollAfter(bus, SocketCanBus.RETRY_NANOS);
            assertFalse(bus.isConnected());
            kernel.give(CanFrames.ERROR_FLAG | 0x100, 8, "0000000000000000");
            pollAfter(bus, 1000);
            assertTrue(bus.isConnected(), "at once when it tells so");
            assertEquals(1, bus.troubles().count(Trouble.RESTARTED));
            assertEquals(1, kernel.opened, "with the same socket");
        }
    }

    @Test
    void aControllerThatIsBackWithoutTellingIsNoticed() {
        try (SocketCanBus bus = open()) {
            kernel.give(CanFrames.ERROR_FLAG | 0x40, 8, "0000000000000000");
            pollAfter(bus, 1000);
            pollAfter(bus, 1000);
            pollAfter(bus, SocketCanBus.RETRY_NANOS - 1);
            assertFalse(bus.isConnected());
            pollAfter(bus, 1);
            assertTrue(bus.isConnected());
        }
    }

    @Test
    void anInterfaceThatIsOffTheBusFromTheStartIsWaitedFor() {
        kernel.running = false;
        try (SocketCanBus bus = open()) {
            assertFalse(bus.isConnected());
            pollAfter(bus, 1000);
            kernel.running = true;
            pollAfter(bus, SocketCanBus.RETRY_NANOS);
            assertTrue(bus.isConnected());
        }
    }

    @Test
    void aFullQueueCostsTheRestOfACycleAndNoMore() {
        try (SocketCanBus bus = open()) {
            kernel.room = 3;
            for (int i = 1; i <= 7; i++) {
                assertTrue(bus.send(i, 0, 1));
            }
            bus.flush();
            assertEquals(List.of("001#00", "002#00", "003#00"), kernel.sent);
            assertEquals(4, bus.droppedFrames());
            assertEquals(1, bus.queueFull());
            assertTrue(bus.isConnected());
            assertEquals("CAN interface can0, its queue was full 1 time: ip link set can0 txqueuelen 1000", bus.describe());
            kernel.room = Integer.MAX_VALUE;
            bus.send(1, 0xAAL << 56, 1);
            bus.flush();
            assertEquals("001#AA", kernel.sent.getLast(), "old commands do not come late");
            assertEquals(4, kernel.sent.size());
        }
    }

    @Test
    void moreFramesThanACycleHasAreSentInBetween() {
        try (SocketCanBus bus = open()) {
            for (int i = 0; i < 150; i++) {
                assertTrue(bus.send(i, 0, 0));
            }
            bus.flush();
            assertEquals(150, kernel.sent.size());
            assertEquals("095#", kernel.sent.getLast());
        }
    }

    @Test
    void noMoreFramesAreTakenThanAskedFor() {
        try (SocketCanBus bus = open()) {
            for (int i = 0; i < 200; i++) {
                kernel.give(i, 0, "");
            }
            assertEquals(5, bus.poll(log, nowNanos, 5));
            assertEquals(150, bus.poll(log, nowNanos, 150));
            assertEquals(45, bus.poll(log, nowNanos, 150));
            assertEquals("0C7#", log.frames().getLast());
        }
    }

    @Test
    void anInterfaceThatIsTakenDownIsUsedAgainOnceItIsUp() {
        try (SocketCanBus bus = open()) {
            kernel.takeDown();
            pollAfter(bus, 1000);
            assertLost(bus, " is down: " + REMEDY);
            pollAfter(bus, SocketCanBus.RETRY_NANOS);
            pollAfter(bus, SocketCanBus.RETRY_NANOS);
            assertLost(bus, " is down: " + REMEDY);
            kernel.up = true;
            pollAfter(bus, SocketCanBus.RETRY_NANOS - 1);
            assertFalse(bus.isConnected(), "not in every cycle");
            pollAfter(bus, 1);
            assertTrue(bus.isConnected());
            assertEquals("CAN interface can0", bus.describe());
            bus.send(1, 0, 0);
            bus.flush();
            assertEquals(List.of("001#"), kernel.sent);
        }
        assertEquals(kernel.opened, kernel.closed);
    }

    @Test
    void anAdapterThatIsUnpluggedIsUsedAgainUnderItsNewNumber() {
        try (SocketCanBus bus = open()) {
            kernel.unplug();
            bus.send(1, 0, 8);
            bus.send(2, 0, 8);
            bus.flush();
            assertLost(bus, " does not exist: plug the adapter in (one with a serial line needs slcand), then " + REMEDY);
            assertEquals(2 + 1, bus.droppedFrames(), "the frame of the check as well");
            pollAfter(bus, 1000);
            pollAfter(bus, SocketCanBus.RETRY_NANOS);
            assertFalse(bus.isConnected());
            kernel.plug();
            pollAfter(bus, SocketCanBus.RETRY_NANOS);
            assertTrue(bus.isConnected());
            assertEquals("29/4/24", kernel.boundTo);
            kernel.give(7, 0, "");
            pollAfter(bus, 1000);
            assertEquals(List.of("007#"), log.frames());
        }
        assertEquals(kernel.opened, kernel.closed);
    }

    private void assertLost(final SocketCanBus bus, final String complaint) {
        assertFalse(bus.isConnected());
        assertFalse(bus.send(1, 0, 8));
        bus.flush();
        assertEquals("CAN interface can0" + complaint, bus.describe());
    }

    @Test
    void framesThatWaitWhenTheInterfaceIsLostAreDroppedAndCounted() {
        try (SocketCanBus bus = open()) {
            bus.send(1, 0, 0);
            bus.send(2, 0, 0);
            kernel.takeDown();
            pollAfter(bus, 1000);
            assertEquals(2, bus.droppedFrames());
            kernel.up = true;
            pollAfter(bus, 1000);
            pollAfter(bus, SocketCanBus.RETRY_NANOS);
            assertTrue(bus.isConnected());
            bus.flush();
            assertEquals(List.of(), kernel.sent, "old commands do not come late");
        }
    }

    @Test
    void anInterfaceThatIsLostWhileFramesAreHandedOnStaysLost() {
        try (SocketCanBus bus = open()) {
            kernel.give(1, 0, "");
            kernel.give(CanFrames.ERROR_FLAG | 0x100, 8, "0000000000000000");
            bus.poll((id, data, length, at) -> {
                kernel.takeDown();
                bus.send(1, 0, 0);
                bus.flush();
            }, nowNanos, 64);
            assertFalse(bus.isConnected());
            for (int i = 0; i < 3 * CanSocket.FRAMES; i++) {
                assertFalse(bus.send(1, 0, 0));
            }
            assertTrue(bus.describe().contains(" is down: " + REMEDY), bus.describe());
        }
    }

    @Test
    void whatIsNoFrameIsCounted() {
        try (SocketCanBus bus = open()) {
            kernel.give(1, 9, "0000000000000000");
            kernel.giveBytes(5);
            kernel.give(1, 1, "77");
            pollAfter(bus, 1000);
            assertEquals(List.of("001#77"), log.frames());
            assertEquals(2, bus.malformedFrames());
            assertFalse(bus.send(0x800, 0, 8), "longer than 11 bits");
            assertFalse(bus.send(1, 0, 9));
            assertEquals(2, bus.droppedFrames());
        }
    }

    @Test
    void framesThatTheKernelHadNoRoomForAreCounted() {
        try (SocketCanBus bus = open()) {
            kernel.give(1, 0, "", 10);
            kernel.give(1, 0, "", 25);
            pollAfter(bus, 1000);
            assertEquals(25, bus.overrunFrames());
            kernel.takeDown();
            pollAfter(bus, 1000);
            kernel.up = true;
            pollAfter(bus, SocketCanBus.RETRY_NANOS);
            pollAfter(bus, SocketCanBus.RETRY_NANOS);
            kernel.give(1, 0, "", 5);
            pollAfter(bus, 1000);
            assertEquals(30, bus.overrunFrames(), "a new socket counts anew");
            assertTrue(bus.describe().contains("lost 30 frames"), bus.describe());
        }
    }

    @Test
    void whatIsInTheWayIsToldInOneLine() {
        kernel.up = false;
        assertRefused("CAN interface can0 is down: " + REMEDY);
        kernel.isCan = false;
        assertRefused("CAN interface can0 is no CAN interface: ip -details link show type can lists those");
        kernel.index = 0;
        assertRefused("CAN interface can0 does not exist: plug the adapter in (one with a serial line needs slcand), then " + REMEDY);
        kernel.socketError = 24;
        assertRefused("CAN interface can0 cannot be used: error 24");
        kernel.socketError = 93;
        assertRefused("CAN interface can0 cannot be used, this kernel has no CAN: modprobe can_raw, or use transport kind slcan, which needs none");
        kernel.supportsCan = false;
        assertRefused("CAN interface can0 cannot be used, this kernel has no CAN: modprobe can_raw, or use transport kind slcan, which needs none");
        assertEquals(kernel.opened, kernel.closed);
    }

    private void assertRefused(final String message) {
        assertEquals(message, assertThrows(ProfileException.class, this::open).getMessage());
    }

    @Test
    void theKernelOfThisComputerHasNoSuchInterface() {
        final String told = assertThrows(ProfileException.class, () -> CanBus.open(new TransportProfile.SocketCan("no-such-can"))).getMessage();
        assertTrue(told.startsWith("CAN interface no-such-can ") && (told.contains("does not exist") || told.contains("has no CAN")), told);
    }

    @Test
    void nothingIsSentOrTakenOnceItIsClosed() {
        final SocketCanBus bus = open();
        bus.send(1, 0, 0);
        bus.close();
        bus.close();
        assertEquals(List.of("001#"), kernel.sent, "the last words are said");
        assertEquals(1, kernel.closed);
        assertFalse(bus.send(1, 0, 0));
        bus.flush();
        pollAfter(bus, SocketCanBus.RETRY_NANOS);
        pollAfter(bus, SocketCanBus.RETRY_NANOS);
        assertFalse(bus.isConnected());
        assertEquals(1, kernel.opened);
        assertEquals("CAN interface can0 is closed", bus.describe());
    }
}
