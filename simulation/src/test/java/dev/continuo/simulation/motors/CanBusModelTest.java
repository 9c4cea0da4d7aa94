package dev.continuo.simulation.motors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.hardware.can.MemoryCanBus;
import dev.continuo.simulation.cell.MotorSet;
import dev.continuo.simulation.physics.ArmModel;
import dev.continuo.simulation.physics.ArmPlant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CanBusModelTest {
    private static final long ENABLE = 0xFFFFFFFF_FFFFFFFCL;
    private static final long REST = 0x7FFF7FF0_000007FFL;

    private final MemoryCanBus.Pair ends = MemoryCanBus.pair();
    private final MemoryCanBus host = ends.host();
    private final List<SimulatedMotor> motors = MotorSet.of(new ArmPlant(ArmModel.R5));
    private final CanBusModel bus = new CanBusModel(motors, ends.device(), 1);
    private final List<long[]> received = new ArrayList<>();
    private long nowNanos;

    @Test
    void aFrameTakesTheBitsThatItsContentNeeds() {
        final CanTiming timing = new CanTiming();
        final SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 2_000; i++) {
            final int id = random.nextInt(0x800);
            final int length = random.nextInt(9);
            final long data = i % 3 == 0 ? 0 : i % 3 == 1 ? -1 : random.nextLong();
            assertEquals(naiveBits(id, data, length) * 1000L, timing.nanos(id, data, length));
        }
        assertTrue(timing.nanos(5, 0x123456789ABCDEFL, 8) >= 111_000);
        assertTrue(timing.nanos(0, 0, 8) <= 135_000);
    }

    @Test
    void everyMotorAnswersOnceWithinTheSpecifiedDelay() {
        sendToAll(REST);
        step(1);
        // seven frames of about 115 bits; the last motor is still thinking
        assertTrue(received.size() >= 2 && received.size() < 7, "after 1 ms: " + received.size());
        step(1);
        assertEquals(7, received.size());
        assertArrayEquals(new int[] {1, 2, 4, 5, 6, 7, 8}, received.stream().mapToInt(f -> (int) (f[1] >>> 56) & 0xF).sorted().toArray());
        assertEquals(14, bus.frames());
        assertTrue(bus.busyNanos() > 14 * 111_000L && bus.busyNanos() < 14 * 135_000L);
    }

    @Test
    void repliesOfTheLowestIdentifierGoFirstAndDelayTheHost() {
        // at 1 kHz the bus cannot carry seven commands and seven replies: the backlog grows and then frames are refused
        for (int cycle = 0; cycle < 100; cycle++) {
            sendToAll(REST);
            step(1);
        }
        assertTrue(bus.refusedFrames() > 50, "refused " + bus.refusedFrames());
        assertTrue(bus.busyNanos() > 98_000_000L, "busy " + bus.busyNanos());
    }

    @Test
    void at250HertzNothingIsRefusedAndTheLoadIsAsCalculated() {
        for (int cycle = 0; cycle < 250; cycle++) {
            sendToAll(REST);
            step(4);
        }
        assertEquals(0, bus.refusedFrames());
        assertEquals(7 * 250, received.size());
        assertEquals(0.43, bus.busyNanos() * 1e-9, 0.05);
    }

    @Test
    void faultsAreSeenByTheHostAsInTheField() {
        bus.faults().silence(5, true);
        bus.faults().duplicate(6, true);
        bus.faults().late(7, 10_000_000);
        bus.faults().flipOnce(8, 0x0080_0000_0000_0000L);
        sendToAll(REST);
        step(3);
        assertEquals(0, replies(5));
        assertEquals(2, replies(6));
        assertEquals(0, replies(7));
        assertEquals(1, replies(8));
        step(10);
        assertEquals(1, replies(7));
        received.clear();
        bus.inject(0x123, 42, 3, nowNanos);
        bus.faults().garbage(5);
        step(8);
        assertEquals(6, received.size());
        assertEquals(0x123, received.getFirst()[0]);
        received.clear();
        bus.busOff(nowNanos);
        sendToAll(ENABLE);
        step(50);
        assertEquals(1, received.size());
        assertEquals(CanBusModel.BUS_OFF_FRAME, received.getFirst()[0]);
        step(60);
        sendToAll(ENABLE);
        step(3);
        assertEquals(1, replies(8));
        received.clear();
        bus.faults().dead(true);
        sendToAll(ENABLE);
        step(5);
        assertEquals(0, received.size());
    }

    @Test
    void theSameSeedGivesTheSameReplies() {
        final CanBusModel other = new CanBusModel(MotorSet.of(new ArmPlant(ArmModel.R5)), ends.device(), 1);
        sendToAll(REST);
        step(3);
        final List<long[]> first = List.copyOf(received);
        received.clear();
        sendToAll(REST);
        for (int i = 0; i < 3; i++) {
            other.advance(i * 1_000_000L, (i + 1) * 1_000_000L);
            host.poll((id, data, length, at) -> received.add(new long[] {id, data}), 0, 100);
        }
        for (int i = 0; i < first.size(); i++) {
            assertArrayEquals(first.get(i), received.get(i));
        }
    }

    private long replies(final int motor) {
        return received.stream().filter(f -> f[0] == 0 && (f[1] >>> 56 & 0xF) == motor).count();
    }

    private void sendToAll(final long data) {
        for (final SimulatedMotor motor : motors) {
            host.send(motor.canId(), data, 8);
        }
    }

    private void step(final int milliseconds) {
        for (int i = 0; i < milliseconds; i++) {
            bus.advance(nowNanos, nowNanos + 1_000_000);
            nowNanos += 1_000_000;
            host.poll((id, data, length, at) -> received.add(new long[] {id, data}), nowNanos, 100);
        }
    }

    /** By strings: slow, and nothing in common with the code under test. */
    private static int naiveBits(final int id, final long data, final int length) {
        final StringBuilder frame = new StringBuilder("0");
        frame.append(binary(id, 11)).append("000").append(binary(length, 4));
        for (int i = 0; i < length; i++) {
            frame.append(binary((int) (data >>> (56 - 8 * i)) & 0xFF, 8));
        }
        int remainder = 0;
        for (final char c : (frame + "0".repeat(15)).toCharArray()) {
            remainder = remainder << 1 | c - '0';
            if ((remainder & 0x8000) != 0) {
                remainder ^= 0xC599;
            }
        }
        frame.append(binary(remainder, 15));
        int stuffed = 0;
        for (int i = 4; i < frame.length(); i++) {
            final String last = frame.substring(i - 4, i + 1);
            if (last.equals("00000") || last.equals("11111")) {
                frame.insert(i + 1, last.equals("00000") ? '1' : '0');
                stuffed++;
            }
        }
        return 47 + 8 * length + stuffed;
    }

    private static String binary(final int value, final int digits) {
        final String text = Integer.toBinaryString(value);
        return "0".repeat(digits - text.length()) + text;
    }
}
