package dev.continuo.hardware.arx;

/**
 * The unsigned fixed-point numbers inside motor frames.
 *
 * <p>Quantising truncates, in 32-bit floats, as the motors' own firmware and every other driver do: zero in a symmetric range thus
 * comes back as half a step below zero.
 */
final class FixedPoint {
    private FixedPoint() {
    }

    /**
     * A value as an unsigned integer.
     *
     * @param value clamped to the range; NaN becomes {@code low}
     * @param bits  width of the integer
     */
    static int quantize(final float value, final float low, final float high, final int bits) {
        final float clamped = value >= low ? Math.min(value, high) : low;
        return (int) ((clamped - low) * maximum(bits) / (high - low));
    }

    /** The value that an unsigned integer stands for. */
    static float restore(final int raw, final float low, final float high, final int bits) {
        return low + raw * (high - low) / maximum(bits);
    }

    private static int maximum(final int bits) {
        return (1 << bits) - 1;
    }
}
