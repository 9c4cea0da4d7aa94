package dev.continuo.benchmarks.bus;

import dev.continuo.benchmarks.Circumstances;
import dev.continuo.benchmarks.Percentiles;
import dev.continuo.benchmarks.Table;
import java.util.List;
import java.util.Locale;

/**
 * What {@code bench bus} found.
 *
 * @param circumstances under what
 * @param idle          what polling processes did in between
 * @param seconds       measured time of each transport and size, warm-up not counted
 * @param rounds        slices that this time was cut into; the transports took turns
 * @param roundTrips    the figures
 */
public record BusReport(Circumstances circumstances, Idle idle, double seconds, int rounds, List<RoundTrips> roundTrips) {

    /** For people. */
    String text() {
        final Table table = new Table("transport", "bytes", "count", "p50", "p90", "p99", "p99.9", "max", "p50 ratio", "p99 ratio");
        for (final RoundTrips trips : roundTrips) {
            final Percentiles latency = trips.latency();
            table.row(List.of(trips.transport().label(), Integer.toString(trips.bytes()), Long.toString(latency.count()),
                Percentiles.text(latency.p50()), Percentiles.text(latency.p90()), Percentiles.text(latency.p99()),
                Percentiles.text(latency.p999()), Percentiles.text(latency.max()), ratio(trips.p50Ratio()), ratio(trips.p99Ratio())));
        }
        return String.format(Locale.ROOT, "round trips between two processes, one at a time; polling processes are %s%n%s%n%n",
            idle.name().toLowerCase(Locale.ROOT), circumstances.text()) + table.render();
    }

    private static String ratio(final double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
