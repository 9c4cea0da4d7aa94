package dev.continuo.supervision.web;

import dev.continuo.actors.latency.LatencyTotal;
import dev.continuo.supervision.report.RunFeed;
import dev.continuo.supervision.report.RunReport;
import dev.continuo.supervision.report.RunStatus;
import dev.continuo.supervision.report.TrialResult;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * What Prometheus scrapes, in the format that it asks for: text, OpenMetrics, or protobuf, which alone carries native histograms. Safe for use by any thread.
 */
final class MetricsPage {
    private final ExpositionFormats formats = ExpositionFormats.init();
    private final RunFeed feed;
    private final Supplier<List<LatencyTotal>> latencies;
    private final BooleanSupplier emergencyStop;

    /**
     * What was rendered.
     *
     * @param contentType the format
     * @param bytes       the page
     */
    record Rendered(String contentType, byte[] bytes) {
    }

    /**
     * The metrics of a run.
     *
     * @param latencies     all that was measured so far; asked at each scrape
     * @param emergencyStop whether the emergency stop is on
     */
    MetricsPage(final RunFeed feed, final Supplier<List<LatencyTotal>> latencies, final BooleanSupplier emergencyStop) {
        this.feed = feed;
        this.latencies = latencies;
        this.emergencyStop = emergencyStop;
    }

    /** Renders all metrics in the format that fits the request's {@code Accept} best. */
    Rendered render(final String accept) {
        final ExpositionFormatWriter writer = formats.findWriter(accept);
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writer.write(bytes, snapshots());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Rendered(writer.getContentType(), bytes.toByteArray());
    }

    private MetricSnapshots snapshots() {
        final MetricSnapshots.Builder metrics = MetricSnapshots.builder();
        metrics.metricSnapshot(durations());
        metrics.metricSnapshot(gauge("continuo_emergency_stop", "1 while the emergency stop is on", emergencyStop.getAsBoolean() ? 1 : 0));
        feed.status().ifPresent(status -> addStatus(metrics, status));
        feed.report().ifPresent(report -> addReport(metrics, report));
        return metrics.build();
    }

    private HistogramSnapshot durations() {
        final HistogramSnapshot.Builder durations = HistogramSnapshot.builder().name("continuo_latency_seconds").unit(Unit.SECONDS)
            .help("Durations that the runtime measures of itself, by stage");
        latencies.get().forEach(total -> durations.dataPoint(
            LatencyBuckets.of(total.histogram(), Labels.of("stage", total.source(), "latency", total.latency().label()))));
        return durations.build();
    }

    private static void addStatus(final MetricSnapshots.Builder metrics, final RunStatus status) {
        metrics.metricSnapshot(GaugeSnapshot.builder().name("continuo_uptime_seconds").unit(Unit.SECONDS).help("Since the service was started")
            .dataPoint(GaugeDataPointSnapshot.builder().value(status.seconds()).build()).build());
        metrics.metricSnapshot(gauge("continuo_playing", "1 while the arms follow chunks", status.phase().equals("playing") ? 1 : 0));
        metrics.metricSnapshot(gauge("continuo_complaint", "1 while something is wrong or missing", status.notice().isEmpty() ? 0 : 1));
    }

    private static void addReport(final MetricSnapshots.Builder metrics, final RunReport report) {
        metrics.metricSnapshot(InfoSnapshot.builder().name("continuo").help("What is run")
            .dataPoint(InfoDataPointSnapshot.builder().labels(Labels.of("profile", report.profile())).build()).build());
        metrics.metricSnapshot(perArm("continuo_control_ticks", "Control cycles", report, RunReport.Loop::ticks));
        metrics.metricSnapshot(perArm("continuo_control_missed", "Control cycles that began more than a period late", report, RunReport.Loop::missed));
        final RunReport.Commands commands = report.commands();
        metrics.metricSnapshot(counter("continuo_commands", "Commands to the arms, by what became of them", "kind", Map.of(
            "sent", commands.sent(), "limited", commands.limited(), "held", commands.held(), "out_of_reach", commands.outOfReach())));
        final long successes = report.trials().stream().filter(TrialResult::success).count();
        metrics.metricSnapshot(counter("continuo_trials", "Trials that ended", "result", Map.of("success", successes, "failure", report.trials().size() - successes)));
        final CounterSnapshot.Builder restarts = CounterSnapshot.builder().name("continuo_restarts").help("Restarts of actors and processes");
        report.restarts().forEach((actor, count) -> restarts.dataPoint(count(count, "actor", actor)));
        metrics.metricSnapshot(restarts.build());
        final CounterSnapshot.Builder counts = CounterSnapshot.builder().name("continuo_stage").help("What stages count, pictures of cameras for example");
        report.counts().forEach((stage, byName) -> byName.forEach((what, count) -> counts.dataPoint(count(count, "stage", stage, "what", what))));
        metrics.metricSnapshot(counts.build());
    }

    private static CounterSnapshot perArm(final String name, final String help, final RunReport report, final ToLongFunction<RunReport.Loop> value) {
        final CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
        report.arms().forEach((arm, loop) -> counter.dataPoint(count(value.applyAsLong(loop), "arm", arm)));
        return counter.build();
    }

    private static CounterSnapshot counter(final String name, final String help, final String label, final Map<String, Long> values) {
        final CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
        values.forEach((key, value) -> counter.dataPoint(count(value, label, key)));
        return counter.build();
    }

    private static CounterDataPointSnapshot count(final long value, final String... labels) {
        return CounterDataPointSnapshot.builder().value(value).labels(Labels.of(labels)).build();
    }

    private static GaugeSnapshot gauge(final String name, final String help, final double value) {
        return GaugeSnapshot.builder().name(name).help(help).dataPoint(GaugeDataPointSnapshot.builder().value(value).build()).build();
    }
}
