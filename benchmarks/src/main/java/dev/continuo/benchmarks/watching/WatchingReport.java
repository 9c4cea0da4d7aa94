package dev.continuo.benchmarks.watching;

import dev.continuo.benchmarks.Circumstances;
import dev.continuo.benchmarks.Percentiles;
import dev.continuo.benchmarks.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What {@code bench watching} found.
 *
 * @param circumstances under what
 * @param profile       whose cell
 * @param cameras       how many
 * @param runs          in the order in which they were made; two by two they are pairs
 */
public record WatchingReport(Circumstances circumstances, String profile, int cameras, List<RunFigures> runs) {

    /** The median over the pairs of a figure with everything on by the same with everything off. */
    double medianRatio(final ToDoubleFunction<RunFigures> figure) {
        final double[] ratios = new double[runs.size() / 2];
        for (int pair = 0; pair < ratios.length; pair++) {
            final RunFigures first = runs.get(2 * pair);
            final RunFigures second = runs.get(2 * pair + 1);
            ratios[pair] = figure.applyAsDouble(first.watched() ? first : second) / figure.applyAsDouble(first.watched() ? second : first);
        }
        Arrays.sort(ratios);
        return ratios.length == 0 ? Double.NaN : (ratios[(ratios.length - 1) / 2] + ratios[ratios.length / 2]) / 2;
    }

    /** For people. */
    String text() {
        final Table table = new Table("watching", "seconds", "chunks/s", "chunk p50", "p99", "late p50", "p99", "p99.9", "max", "cores");
        for (final RunFigures run : runs) {
            table.row(List.of(run.watched() ? "on" : "off", number("%.0f", run.seconds()), number("%.2f", run.chunksPerSecond()), Percentiles.text(run.inference().p50()),
                Percentiles.text(run.inference().p99()), Percentiles.text(run.lateness().p50()), Percentiles.text(run.lateness().p99()), Percentiles.text(run.lateness().p999()),
                Percentiles.text(run.lateness().max()), run.cores().entrySet().stream().map(role -> role.getKey() + number(" %.2f", role.getValue())).collect(Collectors.joining(", "))));
        }
        return String.format(Locale.ROOT, "%s with %d cameras, pairs of runs with everything off and on: recording, the page's stream and pictures, a scrape each second, traces%n%s%n%n%s%n"
                + "medians of on by off: chunk rate %.3f, lateness p99.9 %.3f, median %.3f%n", profile, cameras, circumstances.text(), table.render(),
            medianRatio(RunFigures::chunksPerSecond), medianRatio(run -> run.lateness().p999()), medianRatio(run -> run.lateness().p50()));
    }

    private static String number(final String format, final double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
