package dev.continuo.benchmarks;

import dev.continuo.supervision.command.Installation;
import dev.continuo.supervision.report.Provenance;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * Under what a figure was measured.
 *
 * @param commit  of the sources
 * @param machine processors and operating system
 * @param java    the virtual machine
 * @param load    runnable processes of the whole machine at the begin, averaged over a minute; negative when unknown
 */
public record Circumstances(String commit, String machine, String java, double load) {

    /** Those of this moment. */
    public static Circumstances now() {
        final Provenance provenance = Provenance.of(Installation.home());
        return new Circumstances(provenance.commit(), provenance.machine(), Runtime.version().toString(),
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** One line for people. */
    public String text() {
        return String.format(Locale.ROOT, "commit %s; %s; Java %s; load %.1f at the begin", commit, machine, java, load);
    }
}
