package dev.continuo.benchmarks.watching;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.FileNotFoundException;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlayedIntervalTest {
    private static final long BEGIN_MILLIS = 1_700_000_000_000L;
    @TempDir
    private Path folder;
    private Path file;

    /** Both arms from the first second on, two chunks a second from the fifth one on. */
    @BeforeEach
    void twentySeconds() throws FileNotFoundException {
        file = folder.resolve("run.hlog");
        final HistogramLogWriter writer = new HistogramLogWriter(file.toFile());
        writer.outputLogFormatVersion();
        writer.outputLegend();
        for (int second = 0; second < 20; second++) {
            write(writer, "arm-left.loop-lateness", second, 500, 40_000);
            write(writer, "arm-right.loop-lateness", second, 500, 40_000);
            write(writer, "arm-right.state-to-command", second, 500, 90_000);
            if (second >= 5) {
                write(writer, "streams.chunk-inference", second, 2, 300_000_000);
            }
        }
        writer.close();
    }

    private static void write(final HistogramLogWriter writer, final String tag, final int second, final int count, final long nanos) {
        final Histogram interval = new Histogram(3);
        interval.setTag(tag);
        interval.setStartTimeStamp(BEGIN_MILLIS + second * 1_000L);
        interval.setEndTimeStamp(BEGIN_MILLIS + second * 1_000L + 1_000);
        interval.recordValueWithCount(nanos, count);
        writer.outputIntervalHistogram(interval);
    }

    @Test
    void theWarmUpBeginsWithTheFirstChunk() throws FileNotFoundException {
        final PlayedInterval played = PlayedInterval.read(file, 3, 4);
        assertEquals(BEGIN_MILLIS / 1e3 + 8, played.beginSeconds(), 1e-3);
        assertEquals(4, played.seconds(), 1e-3);
        assertEquals(8, played.inference().getTotalCount());
        assertEquals(4_000, played.lateness().getTotalCount(), "of both arms, and of nothing else");
        assertEquals(2, played.chunksPerSecond(), 1e-3);
    }

    @Test
    void aRunThatDidNotGetSoFarHasNoChunks() throws FileNotFoundException {
        final PlayedInterval played = PlayedInterval.read(file, 16, 4);
        assertEquals(0, played.inference().getTotalCount());
        assertEquals(0, played.chunksPerSecond());
        assertEquals(0, played.seconds());
    }
}
