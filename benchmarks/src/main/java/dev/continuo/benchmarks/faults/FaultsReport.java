package dev.continuo.benchmarks.faults;

import dev.continuo.benchmarks.Circumstances;
import dev.continuo.benchmarks.Table;
import java.util.List;
import java.util.Locale;

/**
 * What {@code bench faults} found.
 *
 * @param circumstances under what
 * @param faultSeconds  how long a fault lasts that lasts
 * @param faults        in the order in which they were injected
 */
public record FaultsReport(Circumstances circumstances, double faultSeconds, List<FaultFigures> faults) {
    private static final int LONGEST_TOLD = 90;

    /** Whether all that had to come of them came. */
    boolean isAsExpected() {
        return faults.stream().allMatch(FaultFigures::isAsExpected);
    }

    /** For people. */
    String text() {
        final Table table = new Table("fault", "what fails", "how", "at rest after", "moves again after", "speed sent", "outside", "", "the service says");
        for (final FaultFigures fault : faults) {
            table.row(List.of(fault.name(), fault.row(), fault.column(), fault.restMillis() < 0 ? "-" : seconds(fault.restMillis()), seconds(fault.motionMillis()),
                String.format(Locale.ROOT, "%.0f %%", 100 * fault.commandedShareOfLimit()), String.format(Locale.ROOT, "%.1f mrad", 1e3 * fault.commandedOutsideRad()),
                fault.isAsExpected() ? "ok" : "NOT AS EXPECTED", fault.told().substring(0, Math.min(LONGEST_TOLD, fault.told().length()))));
        }
        return String.format(Locale.ROOT, "faults in the real service; those that last, last %.0f s%n%s%n%n%s%n%d of %d as expected%n", faultSeconds, circumstances.text(), table.render(),
            faults.stream().filter(FaultFigures::isAsExpected).count(), faults.size());
    }

    private static String seconds(final long millis) {
        return String.format(Locale.ROOT, "%.2f s", millis * 1e-3);
    }
}
