package dev.continuo.simulation.motors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against the frame's bits written out, as ISO 11898-1 has them. */
class CanTimingTest {
    private final CanTiming timing = new CanTiming();

    @Test
    void aFrameTakesAsLongAsItsBits() {
        final Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            final int id = random.nextInt(0x800);
            final int length = random.nextInt(9);
            // Long runs of equal bits are where bits are stuffed.
            final long data = random.nextLong() & random.nextLong() & (random.nextBoolean() ? -1 : random.nextLong());
            assertEquals(1_000L * bits(id, data, length), timing.nanos(id, data, length), () -> id + " " + Long.toHexString(data) + " " + length);
        }
    }

    private static int bits(final int id, final long data, final int length) {
        final StringBuilder frame = new StringBuilder("0").append(binary(id, 11)).append("000").append(binary(length, 4));
        for (int i = 0; i < length; i++) {
            frame.append(binary((int) (data >>> 56 - 8 * i) & 0xFF, 8));
        }
        int crc = 0;
        for (final char bit : frame.toString().toCharArray()) {
            final boolean differs = (bit == '1') != ((crc & 0x4000) != 0);
            crc = crc << 1 & 0x7FFF;
            crc ^= differs ? 0x4599 : 0;
        }
        frame.append(binary(crc, 15));
        for (int at = 5; at <= frame.length(); at++) {
            final String run = frame.substring(at - 5, at);
            if (run.equals("00000") || run.equals("11111")) {
                frame.insert(at, run.charAt(0) == '0' ? '1' : '0');
            }
        }
        return frame.length() + 1 + 2 + 7 + 3;
    }

    private static String binary(final int value, final int digits) {
        return String.format("%" + digits + "s", Integer.toBinaryString(value)).replace(' ', '0');
    }
}
