package dev.continuo.recording.lerobot;

/**
 * Quantiles as LeRobot estimates them: from a histogram of 5000 equal bins between the least and the greatest value. It computes the bins' edges in the values' own precision, which moves a value that
 * lies on an edge to another bin; so does this.
 */
final class Quantiles {
    private static final int BINS = 5000;
    private static final double MARGIN = 1e-10;

    private final double[] edges = new double[BINS + 1];
    private final long[] counts = new long[BINS];
    private long total;

    /**
     * Of no values yet.
     *
     * @param isSingle whether the values are of single precision
     */
    Quantiles(final double min, final double max, final boolean isSingle) {
        if (isSingle) {
            final float first = (float) min - (float) MARGIN;
            final float last = (float) max + (float) MARGIN;
            final float step = (last - first) / BINS;
            for (int i = 0; i < BINS; i++) {
                edges[i] = i * step + first;
            }
            edges[BINS] = last;
        } else {
            final double first = min - MARGIN;
            final double last = max + MARGIN;
            final double step = (last - first) / BINS;
            for (int i = 0; i < BINS; i++) {
                edges[i] = i * step + first;
            }
            edges[BINS] = last;
        }
    }

    /** Counts a value that occurred so many times. */
    void add(final double value, final long times) {
        // The last bin whose lower edge is not above the value: a bin has its lower edge, the last one both.
        int low = 0;
        int high = BINS - 1;
        while (low < high) {
            final int middle = (low + high + 1) >>> 1;
            if (edges[middle] <= value) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        counts[low] += times;
        total += times;
    }

    /** The value below which that share of the values is. */
    double at(final double share) {
        final double target = share * total;
        long below = 0;
        int bin = 0;
        while (bin < BINS && below + counts[bin] < target) {
            below += counts[bin++];
        }
        if (bin == 0) {
            return edges[0];
        }
        if (bin == BINS) {
            return edges[BINS];
        }
        return counts[bin] == 0 ? edges[bin] : edges[bin] + (target - below) / counts[bin] * (edges[bin + 1] - edges[bin]);
    }
}
