package dev.continuo.supervision.web;

import dev.continuo.actors.agent.Watched;
import dev.continuo.actors.latency.LatencyTotal;
import dev.continuo.config.Profile;
import dev.continuo.supervision.report.RunFeed;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.agrona.concurrent.NanoClock;

/**
 * What is shown over HTTP, and who is asked. All of it may be used by any thread.
 *
 * @param profile       what is run
 * @param feed          how the run stands
 * @param watched       the newest of what the stages say
 * @param latencies     all that was measured so far
 * @param emergencyStop whether the emergency stop is on
 * @param operator      takes what is asked for
 * @param clock         the machine's monotonic clock
 */
public record WebParts(Profile profile, RunFeed feed, Watched watched, Supplier<List<LatencyTotal>> latencies, BooleanSupplier emergencyStop, Operator operator, NanoClock clock) {
}
