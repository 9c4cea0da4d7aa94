package dev.continuo.benchmarks.watching;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The processor time that each process of a run had used, second by second. */
final class CpuLog {
    private static final double MILLIS = 1e3;
    private static final double NANOS = 1e9;
    private final List<Sample> samples = new ArrayList<>();

    private record Sample(double atSeconds, Map<String, Double> usedSeconds) {
    }

    /** Looks at them now. */
    void look(final Map<String, ProcessHandle> roles) {
        final Map<String, Double> used = new HashMap<>();
        roles.forEach((role, process) -> process.info().totalCpuDuration().map(Duration::toNanos).ifPresent(nanos -> used.put(role, nanos / NANOS)));
        samples.add(new Sample(System.currentTimeMillis() / MILLIS, used));
    }

    /**
     * How many processors each kept busy.
     *
     * @param beginSeconds since the epoch
     * @param endSeconds   since the epoch
     */
    Map<String, Double> cores(final double beginSeconds, final double endSeconds) {
        final Sample begin = nearest(beginSeconds);
        final Sample end = nearest(endSeconds);
        final Map<String, Double> cores = new TreeMap<>();
        final double seconds = end.atSeconds - begin.atSeconds;
        if (seconds > 0) {
            begin.usedSeconds.forEach((role, used) -> cores.put(role, (end.usedSeconds.getOrDefault(role, used) - used) / seconds));
        }
        return cores;
    }

    private Sample nearest(final double atSeconds) {
        return samples.stream().min(Comparator.comparingDouble(sample -> Math.abs(sample.atSeconds - atSeconds))).orElseThrow();
    }
}
