package dev.continuo.hardware.franka;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The state that a Franka Hand sends some times a second.
 *
 * @param messageId          its counter, 32 bits
 * @param width              between the fingers, m
 * @param maxWidth           how wide it opens, as homing found out, m
 * @param grasped            whether it holds what it was told to grasp
 * @param temperatureCelsius of the motor
 */
public record HandState(long messageId, double width, double maxWidth, boolean grasped, int temperatureCelsius) {
    /** Bytes of a datagram. */
    public static final int BYTES = 23;

    private static final int WIDTH = 4;
    private static final int MAX_WIDTH = 12;
    private static final int GRASPED = 20;
    private static final int TEMPERATURE = 21;

    /** Reads a datagram of {@link #BYTES}. */
    public static HandState read(final DirectBuffer datagram, final int at) {
        return new HandState(datagram.getInt(at, LITTLE_ENDIAN) & 0xFFFF_FFFFL, datagram.getDouble(at + WIDTH, LITTLE_ENDIAN),
            datagram.getDouble(at + MAX_WIDTH, LITTLE_ENDIAN), datagram.getByte(at + GRASPED) != 0,
            datagram.getShort(at + TEMPERATURE, LITTLE_ENDIAN) & 0xFFFF);
    }

    /** Writes a datagram of {@link #BYTES}. */
    public void write(final MutableDirectBuffer datagram, final int at) {
        datagram.putInt(at, (int) messageId, LITTLE_ENDIAN);
        datagram.putDouble(at + WIDTH, width, LITTLE_ENDIAN);
        datagram.putDouble(at + MAX_WIDTH, maxWidth, LITTLE_ENDIAN);
        datagram.putByte(at + GRASPED, (byte) (grasped ? 1 : 0));
        datagram.putShort(at + TEMPERATURE, (short) temperatureCelsius, LITTLE_ENDIAN);
    }
}
