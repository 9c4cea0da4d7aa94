package dev.continuo.supervision.report;

import dev.continuo.actors.latency.Latency;
import dev.continuo.actors.latency.LatencySummary;
import java.util.List;
import java.util.Map;

/**
 * What a run leaves behind; the JSON document of {@code run --json} has these names.
 *
 * @param profile  the profile's name
 * @param seed     the seed of the cell
 * @param seconds  how long the service ran
 * @param trials   the trials that ended
 * @param loop     the control cycles of all arms
 * @param arms     the control cycles of each arm by its name
 * @param latency  histograms by name
 * @param commands what was sent to the arms
 * @param counts   what stages counted, pictures of cameras for example, by stage and name
 * @param restarts restarts of each actor and process, zeros included
 * @param events   faults, stops, restarts and silent cameras as they happened, one line each
 */
public record RunReport(
    String profile,
    long seed,
    double seconds,
    List<TrialResult> trials,
    Loop loop,
    Map<String, Loop> arms,
    Map<String, LatencySummary> latency,
    Commands commands,
    Map<String, Map<String, Long>> counts,
    Map<String, Integer> restarts,
    List<String> events) {

    /** The 99th percentile of the control cycles' lateness so far; 0 before the first. */
    public long loopP99Nanos() {
        final LatencySummary lateness = latency.get(Latency.LOOP_LATENESS.label());
        return lateness == null ? 0 : lateness.p99();
    }

    /**
     * Control cycles.
     *
     * @param ticks                 cycles run
     * @param missed                cycles that began more than one period late
     * @param allocatedBytesPerTick heap bytes per cycle after warm-up; negative if it was not measured
     */
    public record Loop(long ticks, long missed, double allocatedBytesPerTick) {
    }

    /**
     * What was sent to the arms.
     *
     * @param sent    commands
     * @param limited of those, how many the safety envelope had to change
     * @param held    of those, how many held: nothing valid was there to play, or the envelope could not let it be followed
     * @param outOfReach of those, how many led as near as the arm can get to a pose that it cannot reach
     */
    public record Commands(long sent, long limited, long held, long outOfReach) {
    }
}
