package dev.continuo.benchmarks.watching;

import java.io.FileNotFoundException;
import java.nio.file.Path;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/**
 * What a run's file of latencies says of the time behind its warm-up.
 *
 * @param beginSeconds since the epoch, when the first interval of it began
 * @param endSeconds   since the epoch, when the last one ended
 * @param lateness     of the control loops of all arms together, nanoseconds
 * @param inference    how long chunks took, nanoseconds; their count is that of the chunks
 */
record PlayedInterval(double beginSeconds, double endSeconds, Histogram lateness, Histogram inference) {
    private static final String LATENESS = ".loop-lateness";
    private static final String INFERENCE = "streams.chunk-inference";
    private static final double MILLIS = 1e3;
    private static final int DIGITS = 3;

    /**
     * Reads a file.
     *
     * @param warmUpSeconds from the first chunk on, what is left out
     * @param seconds       how much is taken at most
     */
    static PlayedInterval read(final Path file, final double warmUpSeconds, final double seconds) throws FileNotFoundException {
        final double firstChunk = firstChunkSeconds(file);
        PlayedInterval played = new PlayedInterval(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, new Histogram(DIGITS), new Histogram(DIGITS));
        try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
            while (reader.hasNext()) {
                final EncodableHistogram interval = reader.nextIntervalHistogram();
                final double begin = interval.getStartTimeStamp() / MILLIS - firstChunk;
                if (interval instanceof final Histogram histogram && begin >= warmUpSeconds && begin < warmUpSeconds + seconds) {
                    played = played.with(histogram);
                }
            }
        }
        return played;
    }

    private static double firstChunkSeconds(final Path file) throws FileNotFoundException {
        try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
            while (reader.hasNext()) {
                final EncodableHistogram interval = reader.nextIntervalHistogram();
                if (interval != null && INFERENCE.equals(interval.getTag())) {
                    return interval.getStartTimeStamp() / MILLIS;
                }
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    private PlayedInterval with(final Histogram interval) {
        final String tag = String.valueOf(interval.getTag());
        if (tag.endsWith(LATENESS)) {
            lateness.add(interval);
        } else if (tag.equals(INFERENCE)) {
            inference.add(interval);
        }
        return new PlayedInterval(Math.min(beginSeconds, interval.getStartTimeStamp() / MILLIS), Math.max(endSeconds, interval.getEndTimeStamp() / MILLIS), lateness, inference);
    }

    /** How long it is; nothing if the run did not get so far. */
    double seconds() {
        return Math.max(0, endSeconds - beginSeconds);
    }

    /** Chunks for each second. */
    double chunksPerSecond() {
        return seconds() > 0 ? inference.getTotalCount() / seconds() : 0;
    }
}
