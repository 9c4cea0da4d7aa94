package dev.continuo.simulation.motors;

/** The fixed-point fields of both protocols: a range of reals on all values of a few bits, truncated, in single precision. */
final class FieldCode {
    private FieldCode() {
    }

    /** The code of {@code value} in {@code bits} bits that span {@code low} to {@code high}; what lies outside is clamped. */
    static int encode(final float value, final float low, final float high, final int bits) {
        final float inside = Math.max(low, Math.min(high, value));
        final float steps = (1 << bits) - 1;
        return (int) ((inside - low) * steps / (high - low));
    }

    /** The value of a code. */
    static float decode(final int code, final float low, final float high, final int bits) {
        final float steps = (1 << bits) - 1;
        return low + code * (high - low) / steps;
    }

    /** {@code count} bits of a frame's data, of which {@code skipped} more significant ones come first. */
    static int bits(final long data, final int skipped, final int count) {
        return (int) (data << skipped >>> (64 - count));
    }
}
