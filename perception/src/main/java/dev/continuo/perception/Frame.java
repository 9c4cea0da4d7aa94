package dev.continuo.perception;

/**
 * One picture: a buffer of its user that a {@link Camera} fills again and again. Not safe for use by several threads at once.
 */
public final class Frame {
    /** Bytes of one pixel: red, green, blue. */
    public static final int CHANNELS = 3;

    private final int width;
    private final int height;
    private final byte[] rgb;

    /** When the picture was taken, nanoseconds of the receiver's clock; {@link Long#MIN_VALUE} before the first picture. */
    public long capturedAtNanos = Long.MIN_VALUE;
    /** Counts the pictures of the source from 1; gaps are pictures that were replaced by newer ones before anybody took them. */
    public long sequence;

    /** A black picture of the given size in pixels. */
    public Frame(final int width, final int height) {
        this.width = width;
        this.height = height;
        this.rgb = new byte[CHANNELS * width * height];
    }

    /** Width in pixels. */
    public int width() {
        return width;
    }

    /** Height in pixels. */
    public int height() {
        return height;
    }

    /** Red, green, blue of each pixel, row by row from the top left: the buffer itself. */
    public byte[] rgb() {
        return rgb;
    }

    /** Whether a picture was ever taken into this frame. */
    public boolean isTaken() {
        return capturedAtNanos != Long.MIN_VALUE;
    }
}
