package dev.continuo.reasoning.kernel;

/**
 * Functions of one value at a time over the first values of an array, in place. A value that is not finite stays visible: it gives one that is
 * not, or that the function has there. No allocation; for any number of threads, each with arrays of its own.
 */
public final class Elementwise {
    /** 1.5·2²³: added to a small number, it leaves the nearest integer in the last bits. */
    private static final float ROUNDING = 12_582_912f;
    private static final int EXPONENT_SHIFT = 23;
    private static final int ONE_BITS = 0x3F80_0000;
    private static final float LOG2_E = 1.442695040888963f;
    private static final float LN2_HIGH = 0.693359375f;
    private static final float LN2_LOW = -2.12194440e-4f;
    /** Below, the exponential is less than the smallest normal number, and above it overflows. */
    private static final float EXP_LOWEST = -87.33654f;
    private static final float EXP_HIGHEST = 88f;

    private static final float GELU_LINEAR = 0.7978845608028654f;
    private static final float GELU_CUBIC = GELU_LINEAR * 0.044715f;
    /** Beyond, the hyperbolic tangent is 1 in single precision. */
    private static final float TANH_SATURATED = 9f;

    /** Beyond, the error function is 1 in single precision. */
    private static final double ERF_SATURATED = 6;
    private static final double SERIES_PRECISION = 1e-11;

    private Elementwise() {
    }

    /**
     * {@code x ← eˣ}, for x from −87.3 to 88 within one unit in the last place; clamped there outside of it.
     *
     * <p>Cody and Waite's reduction to ±ln 2/2 and the polynomial of Cephes' {@code expf}. In two passes, because the compiler has vector
     * instructions for the polynomial and none for making a number out of its bits.
     *
     * @param scratch at least {@code n} values, overwritten
     */
    public static void exp(final float[] x, final float[] scratch, final int n) {
        for (int j = 0; j < n; j++) {
            final float v = Math.max(EXP_LOWEST, Math.min(EXP_HIGHEST, x[j]));
            final float shifted = Math.fma(v, LOG2_E, ROUNDING);
            final float whole = shifted - ROUNDING;
            final float r = Math.fma(whole, -LN2_LOW, Math.fma(whole, -LN2_HIGH, v));
            float p = Math.fma(1.9875691500e-4f, r, 1.3981999507e-3f);
            p = Math.fma(p, r, 8.3334519073e-3f);
            p = Math.fma(p, r, 4.1665795894e-2f);
            p = Math.fma(p, r, 1.6666665459e-1f);
            p = Math.fma(p, r, 5.0000001201e-1f);
            x[j] = Math.fma(p, r * r, r) + 1;
            scratch[j] = shifted;
        }
        for (int j = 0; j < n; j++) {
            x[j] *= Float.intBitsToFloat((Float.floatToRawIntBits(scratch[j]) << EXPONENT_SHIFT) + ONE_BITS);
        }
    }

    /**
     * The tanh approximation of GELU, {@code x ← x·(1 + tanh(√(2/π)·(x + 0.044715x³)))/2}. The tanh is the rational minimax approximation that
     * Eigen uses, within five units in the last place: the absolute error of the whole stays below 1e-6 for all x.
     */
    public static void geluTanh(final float[] x, final int n) {
        for (int j = 0; j < n; j++) {
            final float v = x[j];
            final float u = v * Math.fma(GELU_CUBIC, v * v, GELU_LINEAR);
            final float t = Math.max(-TANH_SATURATED, Math.min(TANH_SATURATED, u));
            final float s = t * t;
            float p = Math.fma(s, -2.76076847742355e-16f, 2.00018790482477e-13f);
            p = Math.fma(p, s, -8.60467152213735e-11f);
            p = Math.fma(p, s, 5.12229709037114e-08f);
            p = Math.fma(p, s, 1.48572235717979e-05f);
            p = Math.fma(p, s, 6.37261928875436e-04f);
            p = Math.fma(p, s, 4.89352455891786e-03f);
            float q = Math.fma(s, 1.19825839466702e-06f, 1.18534705686654e-04f);
            q = Math.fma(q, s, 2.26843463243900e-03f);
            q = Math.fma(q, s, 4.89352518554385e-03f);
            final float half = 0.5f * v;
            x[j] = Math.fma(half, t * p / q, half);
        }
    }

    /**
     * The exact GELU, {@code x ← x·(1 + erf(x/√2))/2}, in double inside. Value by value, for the few that conditions have.
     */
    public static void gelu(final float[] x, final int n) {
        for (int j = 0; j < n; j++) {
            x[j] = (float) (0.5 * x[j] * (1 + erf(x[j] * Math.sqrt(0.5))));
        }
    }

    /**
     * The error function by its series {@code 2/√π·exp(−x²)·Σ 2ⁿ·x²ⁿ⁺¹/(2n+1)!!}, all of whose terms have one sign (Abramowitz and Stegun 7.1.6).
     */
    private static double erf(final double x) {
        if (Math.abs(x) > ERF_SATURATED) {
            return Math.signum(x);
        }
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > SERIES_PRECISION * Math.abs(sum); n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }

    /** {@code x ← x/(1 + e⁻ˣ)}, in double inside. Value by value, for the few that conditions have; {@link #gatedSilu} is the fast one. */
    public static void silu(final float[] x, final int n) {
        for (int j = 0; j < n; j++) {
            x[j] = (float) (x[j] / (1 + Math.exp(-x[j])));
        }
    }

    /**
     * {@code gate ← SiLU(gate)·up}, within a few units in the last place.
     *
     * @param gate    n values, overwritten by the result
     * @param up      n values
     * @param scratch at least {@code n} values, overwritten
     * @param other   as {@code scratch}
     */
    public static void gatedSilu(final float[] gate, final float[] up, final float[] scratch, final float[] other, final int n) {
        for (int j = 0; j < n; j++) {
            scratch[j] = -gate[j];
        }
        exp(scratch, other, n);
        for (int j = 0; j < n; j++) {
            gate[j] = gate[j] / (1 + scratch[j]) * up[j];
        }
    }

    /** {@code y ← y + x}. */
    public static void add(final float[] y, final float[] x, final int n) {
        for (int j = 0; j < n; j++) {
            y[j] += x[j];
        }
    }

    /** {@code y ← y + scale·x}, value by value. */
    public static void addScaled(final float[] y, final float[] scale, final float[] x, final int n) {
        for (int j = 0; j < n; j++) {
            y[j] = Math.fma(scale[j], x[j], y[j]);
        }
    }

    /** {@code y ← y + scale·x}. */
    public static void addScaled(final float[] y, final float scale, final float[] x, final int n) {
        for (int j = 0; j < n; j++) {
            y[j] = Math.fma(scale, x[j], y[j]);
        }
    }
}
