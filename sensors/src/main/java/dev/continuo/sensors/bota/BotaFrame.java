package dev.continuo.sensors.bota;

/**
 * One frame of a sensor that runs: a header byte, status, force and torque, the sensor's own time, its temperature, a checksum; 37 bytes, little-endian, as in Bota Systems' example for Python and
 * its ROS driver.
 */
final class BotaFrame {
    static final byte HEADER = (byte) 0xaa;
    static final int STATUS = 1;
    static final int WRENCH = 3;
    static final int CHECKSUM = 35;
    static final int BYTES = 37;
    /** Bits of the status. */
    static final int INVALID = 4;
    static final int RAW = 8;

    private static final int POLYNOMIAL = 0x8408;
    private static final int ALL_ONES = 0xffff;

    private BotaFrame() {
    }

    /** CRC-16/X-25 of a part of {@code bytes}: polynomial 0x1021 reflected, begun with ones, inverted. */
    static int checksum(final byte[] bytes, final int from, final int to) {
        int crc = ALL_ONES;
        for (int i = from; i < to; i++) {
            crc ^= bytes[i] & 0xff;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = (crc & 1) != 0 ? crc >>> 1 ^ POLYNOMIAL : crc >>> 1;
            }
        }
        return crc ^ ALL_ONES;
    }
}
