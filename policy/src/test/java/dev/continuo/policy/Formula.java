package dev.continuo.policy;

/**
 * Numbers that need no file: each is a function of a name and an index, the same bit for bit as {@code formula.py} of the reasoning's
 * fixtures gives.
 */
final class Formula {
    private static final float UNIT = 0x1p-23f;

    private Formula() {
    }

    /** Singles in [centre - amplitude, centre + amplitude): SplitMix64's scrambling of the name's hash above the index, upper 24 bits. */
    static float[] uniform(final String name, final int size, final double amplitude, final double centre) {
        final long stream = (long) name.hashCode() << Integer.SIZE;
        final float scale = (float) amplitude;
        final float middle = (float) centre;
        final float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = middle + scale * ((scramble((stream | i) * 0x9E3779B97F4A7C15L) >>> 40) * UNIT - 1);
        }
        return values;
    }

    private static long scramble(final long value) {
        final long first = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        final long second = (first ^ first >>> 27) * 0x94D049BB133111EBL;
        return second ^ second >>> 31;
    }
}
