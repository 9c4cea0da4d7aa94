package dev.continuo.benchmarks.micro;

import dev.continuo.benchmarks.Circumstances;
import dev.continuo.benchmarks.Table;
import java.util.List;
import java.util.Locale;

/**
 * What {@code bench micro} found.
 *
 * @param circumstances under what
 * @param benchmarks    the figures
 */
public record MicroReport(Circumstances circumstances, List<Score> benchmarks) {

    /**
     * The time of one call.
     *
     * @param name           of the benchmark
     * @param nanos          mean over the iterations
     * @param errorNanos     half of the 99.9 % confidence interval; zero for a single iteration
     * @param allocatedBytes heap bytes of one call
     */
    public record Score(String name, double nanos, double errorNanos, double allocatedBytes) {
    }

    /** For people. */
    String text() {
        final Table table = new Table("benchmark", "ns/call", "+-", "bytes/call");
        benchmarks.forEach(score -> table.row(List.of(score.name(), number(score.nanos()), number(score.errorNanos()),
            number(score.allocatedBytes()))));
        return "what one arm computes in a control cycle, JMH\n" + circumstances.text() + "\n\n" + table.render();
    }

    private static String number(final double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
