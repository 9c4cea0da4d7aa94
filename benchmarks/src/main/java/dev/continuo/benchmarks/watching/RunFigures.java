package dev.continuo.benchmarks.watching;

import dev.continuo.benchmarks.Percentiles;
import java.util.Map;

/**
 * One run of the service.
 *
 * @param watched         whether everything that watches was on
 * @param seconds         measured, behind the warm-up
 * @param chunksPerSecond the chunk rate
 * @param inference       how long a chunk took
 * @param lateness        of the control loops of all arms
 * @param cores           how many processors each role's process kept busy, 1 for one all the time; and {@code viewers} for those who watched
 * @param viewers         what those who watched got
 */
record RunFigures(
    boolean watched, double seconds, double chunksPerSecond, Percentiles inference, Percentiles lateness, Map<String, Double> cores, Viewers.Watched viewers) {
}
