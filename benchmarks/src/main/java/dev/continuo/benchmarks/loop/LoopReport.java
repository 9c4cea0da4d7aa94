package dev.continuo.benchmarks.loop;

import dev.continuo.benchmarks.Circumstances;
import dev.continuo.benchmarks.Percentiles;
import dev.continuo.benchmarks.Table;
import java.util.List;
import java.util.Locale;

/**
 * What {@code bench loop} found.
 *
 * @param circumstances under what
 * @param profile       whose arms
 * @param realTime      what came of asking for SCHED_FIFO, or how to permit it
 * @param loops         the figures of each case
 */
public record LoopReport(Circumstances circumstances, String profile, String realTime, List<LoopFigures> loops) {

    /** For people. */
    String text() {
        final Table table = new Table("scheduling", "rate", "load", "ticks", "missed", "missed %", "skipped", "bytes/tick", "late p50", "p99",
            "p99.9", "max", "answer p50", "stops");
        for (final LoopFigures loop : loops) {
            final Percentiles lateness = loop.lateness();
            table.row(List.of(loop.realTime() ? "SCHED_FIFO" : "ordinary", loop.rateHz() + " Hz",
                loop.loadThreads() == 0 ? "none" : loop.loadThreads() + " threads", Long.toString(loop.ticks()), Long.toString(loop.missed()),
                String.format(Locale.ROOT, "%.3f", 100 * loop.missedShare()), Long.toString(loop.skipped()),
                String.format(Locale.ROOT, "%.2f", loop.allocatedBytesPerTick()), Percentiles.text(lateness.p50()),
                Percentiles.text(lateness.p99()), Percentiles.text(lateness.p999()), Percentiles.text(lateness.max()),
                Percentiles.text(loop.stateToCommand().p50()), Long.toString(loop.stops())));
        }
        return String.format(Locale.ROOT, "control loops of both arms of %s against the simulated cell in another process%n%s%n"
            + "real time: %s%n%n", profile, circumstances.text(), realTime) + table.render();
    }
}
