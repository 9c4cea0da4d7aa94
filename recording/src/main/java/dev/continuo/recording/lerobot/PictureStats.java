package dev.continuo.recording.lerobot;

import dev.continuo.perception.Frame;

/**
 * Computes {@link FeatureStats} of one episode's pictures of one camera, for each colour over all pixels, 0 to 1. Of large pictures it takes every so manieth row and column, as LeRobot does; unlike
 * LeRobot, which for long episodes takes some of the pictures, it takes all.
 */
final class PictureStats {
    private static final int VALUES = 256;
    private static final int LARGE = 300;
    private static final int TARGET = 150;

    private final long[][] counts = new long[Frame.CHANNELS][VALUES];
    private long pictures;

    /** Counts a picture of that size. */
    void add(final byte[] rgb, final int width, final int height) {
        final int step = Math.max(width, height) < LARGE ? 1 : Math.max(width, height) / TARGET;
        for (int y = 0; y < height; y += step) {
            for (int x = 0; x < width; x += step) {
                final int at = Frame.CHANNELS * (y * width + x);
                counts[0][rgb[at] & 255]++;
                counts[1][rgb[at + 1] & 255]++;
                counts[2][rgb[at + 2] & 255]++;
            }
        }
        pictures++;
    }

    /** Of all pictures so far, of which there must be one. */
    FeatureStats stats() {
        final int size = Frame.CHANNELS;
        final FeatureStats all = new FeatureStats(new double[size], new double[size], new double[size], new double[size], new double[FeatureStats.QUANTILES.length][size], pictures);
        for (int channel = 0; channel < size; channel++) {
            summarise(counts[channel], channel, all);
        }
        return all.dividedBy(VALUES - 1);
    }

    private static void summarise(final long[] counts, final int channel, final FeatureStats into) {
        int min = VALUES;
        int max = -1;
        long total = 0;
        double sum = 0;
        double squares = 0;
        for (int value = 0; value < VALUES; value++) {
            if (counts[value] > 0) {
                min = Math.min(min, value);
                max = value;
                total += counts[value];
                sum += (double) value * counts[value];
                squares += (double) value * value * counts[value];
            }
        }
        final double mean = sum / total;
        final Quantiles quantiles = new Quantiles(min, max, true);
        for (int value = min; value <= max; value++) {
            quantiles.add(value, counts[value]);
        }
        into.min()[channel] = min;
        into.max()[channel] = max;
        into.mean()[channel] = mean;
        into.std()[channel] = Math.sqrt(Math.max(0, squares / total - mean * mean));
        for (int q = 0; q < FeatureStats.QUANTILES.length; q++) {
            into.quantiles()[q][channel] = quantiles.at(FeatureStats.QUANTILES[q]);
        }
    }
}
