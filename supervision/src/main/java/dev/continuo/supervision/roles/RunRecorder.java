package dev.continuo.supervision.roles;

import dev.continuo.actors.agent.ArmTelemetry;
import dev.continuo.actors.agent.EventOutput;
import dev.continuo.actors.latency.LatencyLog;
import dev.continuo.actors.latency.LatencyRecorder;
import dev.continuo.actors.latency.LatencySummary;
import dev.continuo.actors.latency.LatencyTotal;
import dev.continuo.actors.message.Severity;
import dev.continuo.config.Profile;
import dev.continuo.config.TrialEvent;
import dev.continuo.supervision.report.RunReport;
import dev.continuo.supervision.report.TrialResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Gathers what a run leaves behind. Used by one thread.
 */
final class RunRecorder implements AutoCloseable {
    /** An empty histogram's percentiles are its resolution, not zero. */
    private static final LatencySummary NOTHING = new LatencySummary(0, 0, 0, 0, 0);

    private final Profile profile;
    private final List<ArmTelemetry> arms;
    private final LatencyLog latencies;
    private final EventOutput happened;
    private final long startedAtNanos;
    private final List<String> events = new ArrayList<>();

    RunRecorder(final Profile profile, final List<ArmTelemetry> arms, final LatencyLog latencies, final EventOutput happened, final long startedAtNanos) {
        this.profile = profile;
        this.arms = List.copyOf(arms);
        this.latencies = latencies;
        this.happened = happened;
        this.startedAtNanos = startedAtNanos;
        arms.forEach(arm -> latencies.add(arm.latencies()));
    }

    /** Records another stage's durations too. */
    void add(final LatencyRecorder recorder) {
        latencies.add(recorder);
    }

    /** Seconds since the start. */
    double seconds(final long nowNanos) {
        return (nowNanos - startedAtNanos) * 1e-9;
    }

    /** Notes something that an operator should find in the report. Returns the line. */
    String note(final String what, final long nowNanos) {
        final String line = String.format(Locale.ROOT, "%.1f s: %s", seconds(nowNanos), what);
        events.add(line);
        happened.tell(Severity.INFORMATION, "control", what, nowNanos);
        return line;
    }

    /** Marks the end of a trial among the messages of the run. */
    void ended(final TrialEvent.Ended trial, final long nowNanos) {
        happened.tell(Severity.INFORMATION, EventOutput.TRIAL, (trial.success() ? EventOutput.SUCCESS : EventOutput.FAILURE) + ": " + trial.outcome(), nowNanos);
    }

    /** All that was measured so far, by stage. Safe for use by any thread. */
    List<LatencyTotal> latencies() {
        return latencies.totalsByStage();
    }

    /** Ticks that began more than a period late, of all arms. */
    long missed() {
        return arms.stream().mapToLong(arm -> arm.loop().missed.get()).sum();
    }

    /** Commands that held because nothing could be followed. */
    long held() {
        return arms.stream().mapToLong(arm -> arm.counts().held.get()).sum() + starved();
    }

    /** Commands for which there was no row to play. */
    long starved() {
        return arms.stream().mapToLong(arm -> arm.counts().starved.get()).sum();
    }

    /** Commands, of all arms. */
    long sent() {
        return arms.stream().mapToLong(arm -> arm.counts().sent.get()).sum();
    }

    /** The report as it stands, with all that was recorded until now; to be asked for about once a second. */
    RunReport report(final long nowNanos, final List<TrialResult> trials, final Map<String, Integer> restarts,
        final Map<String, Map<String, Long>> counts) {
        final Map<String, LatencySummary> summaries = new LinkedHashMap<>();
        latencies.totals().forEach((latency, summary) -> summaries.put(latency.label(), summary.count() == 0 ? NOTHING : summary));
        final Map<String, RunReport.Loop> cycles = new LinkedHashMap<>();
        arms.forEach(arm -> cycles.put(arm.arm(), cycles(List.of(arm))));
        final RunReport.Commands commands = new RunReport.Commands(
            sent(),
            arms.stream().mapToLong(arm -> arm.counts().limited.get()).sum(), held(),
            arms.stream().mapToLong(arm -> arm.counts().outOfReach.get()).sum());
        return new RunReport(profile.name(), profile.cell().seed(), seconds(nowNanos), trials, cycles(arms), cycles, summaries, commands, counts,
            restarts, List.copyOf(events));
    }

    private static RunReport.Loop cycles(final List<ArmTelemetry> arms) {
        final long warmTicks = arms.stream().mapToLong(arm -> arm.loop().warmTicks.get()).sum();
        final long warmBytes = arms.stream().mapToLong(arm -> arm.loop().warmAllocatedBytes.get()).sum();
        return new RunReport.Loop(arms.stream().mapToLong(arm -> arm.loop().ticks.get()).sum(),
            arms.stream().mapToLong(arm -> arm.loop().missed.get()).sum(), warmTicks == 0 ? -1 : (double) warmBytes / warmTicks);
    }

    @Override
    public void close() {
        latencies.close();
        happened.close();
    }
}
