package dev.continuo.perception;

/**
 * Bicubic resampling of RGB pictures with antialiasing, bit for bit as the Python library Pillow does it: a = -0.5, coefficients in
 * 22-bit fixed point, rows before columns, an 8-bit picture in between.
 *
 * <p>Made for one pair of sizes; no allocation after construction. One thread at a time.
 */
public final class Resampler {
    private static final int PRECISION_BITS = 22;
    private static final int HALF = 1 << PRECISION_BITS - 1;
    private static final double SUPPORT = 2.0;
    private static final double A = -0.5;

    private final int sourceWidth;
    private final int sourceHeight;
    private final int width;
    private final int height;
    private final Taps columns;
    private final Taps rows;
    private final byte[] narrowed;
    private final int[] sums;

    /** For each output place the first input place and the coefficients from there on. */
    private record Taps(int[] first, int[] count, int[][] coefficients) {
        static Taps of(final int from, final int to) {
            final double scale = (double) from / to;
            final double filterScale = Math.max(scale, 1.0);
            final double support = SUPPORT * filterScale;
            final int[] first = new int[to];
            final int[] count = new int[to];
            final int[][] coefficients = new int[to][];
            for (int place = 0; place < to; place++) {
                final double centre = (place + 0.5) * scale;
                first[place] = Math.max(0, (int) (centre - support + 0.5));
                count[place] = Math.min(from, (int) (centre + support + 0.5)) - first[place];
                final double[] weights = new double[count[place]];
                double sum = 0;
                for (int i = 0; i < weights.length; i++) {
                    weights[i] = bicubic((i + first[place] - centre + 0.5) / filterScale);
                    sum += weights[i];
                }
                coefficients[place] = new int[weights.length];
                for (int i = 0; i < weights.length; i++) {
                    final double weight = (sum == 0 ? weights[i] : weights[i] / sum) * (1 << PRECISION_BITS);
                    coefficients[place][i] = (int) (weight < 0 ? weight - 0.5 : weight + 0.5);
                }
            }
            return new Taps(first, count, coefficients);
        }

        private static double bicubic(final double at) {
            final double x = Math.abs(at);
            if (x < 1.0) {
                return ((A + 2.0) * x - (A + 3.0)) * x * x + 1;
            }
            return x < 2.0 ? (((x - 5) * x + 8) * x - 4) * A : 0.0;
        }
    }

    /** A resampler from one size in pixels to another. */
    public Resampler(final int sourceWidth, final int sourceHeight, final int width, final int height) {
        this.sourceWidth = sourceWidth;
        this.sourceHeight = sourceHeight;
        this.width = width;
        this.height = height;
        this.columns = Taps.of(sourceWidth, width);
        this.rows = Taps.of(sourceHeight, height);
        this.narrowed = new byte[Frame.CHANNELS * width * sourceHeight];
        this.sums = new int[Frame.CHANNELS * width];
    }

    /** Width of the result in pixels. */
    public int width() {
        return width;
    }

    /** Height of the result in pixels. */
    public int height() {
        return height;
    }

    /**
     * Resamples a picture.
     *
     * @param source red, green, blue of each pixel, row by row
     * @param target receives the result, likewise
     */
    public void resample(final byte[] source, final byte[] target) {
        if (width == sourceWidth && height == sourceHeight) {
            System.arraycopy(source, 0, target, 0, Frame.CHANNELS * width * height);
            return;
        }
        for (int y = 0; y < sourceHeight; y++) {
            narrow(source, y);
        }
        for (int y = 0; y < height; y++) {
            flatten(y, target);
        }
    }

    private void narrow(final byte[] source, final int y) {
        final int row = Frame.CHANNELS * y * sourceWidth;
        int to = Frame.CHANNELS * y * width;
        for (int x = 0; x < width; x++) {
            final int[] coefficients = columns.coefficients[x];
            int from = row + Frame.CHANNELS * columns.first[x];
            int red = HALF;
            int green = HALF;
            int blue = HALF;
            for (int i = 0; i < coefficients.length; i++) {
                final int coefficient = coefficients[i];
                red += (source[from] & 255) * coefficient;
                green += (source[from + 1] & 255) * coefficient;
                blue += (source[from + 2] & 255) * coefficient;
                from += Frame.CHANNELS;
            }
            narrowed[to] = clip(red);
            narrowed[to + 1] = clip(green);
            narrowed[to + 2] = clip(blue);
            to += Frame.CHANNELS;
        }
    }

    /** One row of the result: whole input rows are added up, which the compiler vectorises. */
    private void flatten(final int y, final byte[] target) {
        final int stride = sums.length;
        final int[] coefficients = rows.coefficients[y];
        java.util.Arrays.fill(sums, HALF);
        for (int i = 0; i < coefficients.length; i++) {
            final int coefficient = coefficients[i];
            final int from = (rows.first[y] + i) * stride;
            for (int x = 0; x < stride; x++) {
                sums[x] += (narrowed[from + x] & 255) * coefficient;
            }
        }
        final int to = y * stride;
        for (int x = 0; x < stride; x++) {
            target[to + x] = clip(sums[x]);
        }
    }

    private static byte clip(final int sum) {
        return (byte) Math.clamp(sum >> PRECISION_BITS, 0, 255);
    }
}
