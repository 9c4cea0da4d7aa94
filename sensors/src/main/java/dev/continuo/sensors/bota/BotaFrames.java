package dev.continuo.sensors.bota;

import dev.continuo.config.ContactLimit;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds frames in what a serial line delivers, which may begin anywhere, break off anywhere and be garbled. Keeps the newest. Allocates nothing after construction; one thread.
 */
public final class BotaFrames {
    private static final VarHandle FLOAT = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] frame = new byte[BotaFrame.BYTES];
    private final double[] wrench = new double[ContactLimit.CHANNELS];
    private int filled;
    private int status;

    /** At the beginning of a frame. */
    public BotaFrames() {
    }

    /**
     * Takes one byte.
     *
     * @return whether a frame ends with it
     */
    public boolean accept(final byte next) {
        frame[filled++] = next;
        while (filled > 0 && frame[0] != BotaFrame.HEADER) {
            dropFirst();
        }
        if (filled < BotaFrame.BYTES) {
            return false;
        }
        final int checksum = (short) SHORT.get(frame, BotaFrame.CHECKSUM) & 0xffff;
        if (checksum != BotaFrame.checksum(frame, BotaFrame.STATUS, BotaFrame.CHECKSUM)) {
            // The byte that looked like a header was none: the frame may begin within what was taken for it.
            do {
                dropFirst();
            } while (filled > 0 && frame[0] != BotaFrame.HEADER);
            return false;
        }
        status = (short) SHORT.get(frame, BotaFrame.STATUS) & 0xffff;
        for (int i = 0; i < wrench.length; i++) {
            wrench[i] = (float) FLOAT.get(frame, BotaFrame.WRENCH + i * Float.BYTES);
        }
        filled = 0;
        return true;
    }

    private void dropFirst() {
        System.arraycopy(frame, 1, frame, 0, --filled);
    }

    /** Force in N along x, y, z, then torque in Nm about them, of the newest frame; the same array every time. */
    public double[] wrench() {
        return wrench;
    }

    /** Whether the newest frame says that its values mean nothing. */
    public boolean isInvalid() {
        return (status & BotaFrame.INVALID) != 0;
    }

    /** Whether its values are those of the strain gauges, not forces. */
    public boolean isRaw() {
        return (status & BotaFrame.RAW) != 0;
    }
}
