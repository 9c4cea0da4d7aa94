package dev.continuo.simulation.motors;

/** How long a classic CAN frame with an 11-bit identifier occupies a bus of 1 Mbit/s. */
final class CanTiming {
    /** Nanoseconds of one bit. */
    static final long BIT_NANOS = 1_000;
    /** CRC delimiter, acknowledge and its delimiter, end of frame, space between frames. */
    private static final int TRAILER_BITS = 1 + 2 + 7 + 3;
    private static final int CRC_POLYNOMIAL = 0x4599;
    private static final int CRC_BITS = 15;
    private static final int RUN = 5;

    private static final int BYTES = 256;
    private static final int RUNS = RUN + 1;
    private static final int LEVELS = 3;
    /** What eight bits make of a check sum's upper eight. */
    private static final int[] CRC_OF = new int[BYTES];
    /** What eight bits make of a level and a run: how many they become, and the level and run after them. */
    private static final int[] STUFFED = new int[LEVELS * RUNS * BYTES];

    static {
        final CanTiming slow = new CanTiming();
        for (int value = 0; value < BYTES; value++) {
            slow.crc = 0;
            slow.field(value, Byte.SIZE);
            CRC_OF[value] = slow.crc;
            for (int state = 0; state < LEVELS * RUNS; state++) {
                slow.level = state / RUNS - 1;
                slow.run = state % RUNS;
                slow.bits = 0;
                slow.field(value, Byte.SIZE);
                STUFFED[state * BYTES + value] = slow.bits << 8 | slow.level + 1 << 4 | slow.run;
            }
        }
    }

    private int crc;
    private int level;
    private int run;
    private int bits;

    /** The frame's duration with the stuff bits that its content really needs. */
    long nanos(final int id, final long data, final int length) {
        crc = 0;
        level = -1;
        run = 0;
        bits = 0;
        field(0, 1);
        field(id & 0x7FF, 11);
        field(0, 3);
        field(length, 4);
        for (int i = 0; i < length; i++) {
            octet((int) (data >>> (56 - 8 * i)) & 0xFF);
        }
        field(crc, CRC_BITS);
        return (bits + TRAILER_BITS) * BIT_NANOS;
    }

    private void octet(final int value) {
        final int stuffed = STUFFED[((level + 1) * RUNS + run) * BYTES + value];
        bits += stuffed >>> 8;
        level = (stuffed >>> 4 & 0xF) - 1;
        run = stuffed & 0xF;
        crc = crc << Byte.SIZE & 0x7FFF ^ CRC_OF[crc >>> CRC_BITS - Byte.SIZE ^ value];
    }

    private void field(final int value, final int count) {
        for (int i = count - 1; i >= 0; i--) {
            bit(value >>> i & 1);
        }
    }

    private void bit(final int value) {
        final int next = crc >>> (CRC_BITS - 1) & 1 ^ value;
        crc = crc << 1 & 0x7FFF;
        if (next != 0) {
            crc ^= CRC_POLYNOMIAL;
        }
        bits++;
        run = value == level ? run + 1 : 1;
        level = value;
        if (run == RUN) {
            // a bit of the other level is put in, and begins the next run
            bits++;
            level ^= 1;
            run = 1;
        }
    }
}
