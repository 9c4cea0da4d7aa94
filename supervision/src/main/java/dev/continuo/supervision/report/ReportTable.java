package dev.continuo.supervision.report;

import dev.continuo.actors.latency.LatencySummary;
import dev.continuo.config.TrialEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Renders a report for people: what was run, the trials, the latencies, the loop. */
public final class ReportTable {
    private static final int REASONING_WIDTH = 90;
    private static final double NANOS_PER_MILLI = 1e6;

    private ReportTable() {
    }

    /** The tables as lines of text, the last one ended. */
    public static String render(final RunReport report, final Provenance provenance) {
        final StringBuilder text = new StringBuilder();
        line(text, "profile %s, seed %d, %.1f s, %d trials; commit %s; %s", report.profile(), report.seed(), report.seconds(),
            report.trials().size(), provenance.commit(), provenance.machine());
        text.append('\n');
        trials(text, report.trials());
        text.append('\n');
        latencies(text, report.latency());
        text.append('\n');
        loop(text, report);
        report.counts().forEach((stage, counts) -> line(text, "%s: %s", stage, counts.entrySet().stream()
            .map(count -> count.getValue() + " " + count.getKey()).collect(Collectors.joining(", "))));
        restarts(text, report.restarts());
        report.events().forEach(event -> line(text, "  %s", event));
        return text.toString();
    }

    private static void trials(final StringBuilder text, final List<TrialResult> trials) {
        if (trials.isEmpty()) {
            line(text, "no trial ended");
            return;
        }
        final List<TrialEvent.Score> things = trials.getFirst().scores();
        final int wide = trials.stream().mapToInt(trial -> trial.asked().length()).max().orElse(0);
        final String asked = "%-" + Math.max(wide, "asked".length()) + "s";
        line(text, "%5s  " + asked + "%s  %-7s  %s", "trial", "asked", columns(things, score -> score.name()), "success", "reasoning");
        for (final TrialResult trial : trials) {
            line(text, "%5d  " + asked + "%s  %-7s  %s", trial.number(), trial.asked(),
                columns(trial.scores(), score -> points(score.points()) + "/" + points(score.most())), trial.success() ? "yes" : "no",
                trial.reasoning().isEmpty() ? "(none)" : shortened(trial.reasoning()));
        }
        final int successes = (int) trials.stream().filter(TrialResult::success).count();
        final Wilson interval = Wilson.of(successes, trials.size());
        final List<String> means = new ArrayList<>();
        for (int thing = 0; thing < things.size(); thing++) {
            final int index = thing;
            means.add(String.format(Locale.ROOT, "%s %.2f/%s", things.get(index).name(),
                trials.stream().mapToDouble(trial -> trial.scores().get(index).points()).average().orElse(0), points(things.get(index).most())));
        }
        line(text, "%d of %d succeeded: %.0f %% (95 %% interval %.0f to %.0f %%); %s", successes, trials.size(),
            100.0 * successes / trials.size(), 100 * interval.low(), 100 * interval.high(), String.join(", ", means));
    }

    private static String columns(final List<TrialEvent.Score> scores, final Function<TrialEvent.Score, String> text) {
        return scores.stream().map(score -> String.format(Locale.ROOT, "  %" + Math.max(score.name().length(), 5) + "s", text.apply(score)))
            .collect(Collectors.joining());
    }

    /** As short as it can be said: points are whole or halves. */
    private static String points(final double points) {
        return points == Math.rint(points) ? Integer.toString((int) points) : String.format(Locale.ROOT, "%.1f", points);
    }

    private static void latencies(final StringBuilder text, final Map<String, LatencySummary> latencies) {
        line(text, "%-32s %9s %11s %11s %11s %11s", "latency", "count", "p50", "p99", "p99.9", "max");
        latencies.forEach((name, summary) -> line(text, "%-32s %9d %11s %11s %11s %11s", name, summary.count(), millis(summary.p50()),
            millis(summary.p99()), millis(summary.p999()), millis(summary.max())));
    }

    private static void loop(final StringBuilder text, final RunReport report) {
        cycles(text, "loop", report.loop());
        if (report.arms().size() > 1) {
            report.arms().forEach((name, cycles) -> cycles(text, "  " + name, cycles));
        }
        line(text, "commands: %d sent, %d limited, %d held, %d out of reach", report.commands().sent(), report.commands().limited(),
            report.commands().held(), report.commands().outOfReach());
    }

    private static void cycles(final StringBuilder text, final String name, final RunReport.Loop cycles) {
        line(text, "%s: %d ticks, %d missed (%.4f %%), %s bytes allocated per tick", name, cycles.ticks(), cycles.missed(),
            cycles.ticks() == 0 ? 0.0 : 100.0 * cycles.missed() / cycles.ticks(),
            cycles.allocatedBytesPerTick() < 0 ? "unmeasured" : String.format(Locale.ROOT, "%.2f", cycles.allocatedBytesPerTick()));
    }

    private static void restarts(final StringBuilder text, final Map<String, Integer> restarts) {
        final List<String> parts = new ArrayList<>();
        restarts.forEach((name, count) -> {
            if (count > 0) {
                parts.add(name + " " + count);
            }
        });
        line(text, "restarts: %s", parts.isEmpty() ? "none" : String.join(", ", parts));
    }

    /** A duration in milliseconds with three significant digits or so. */
    static String millis(final long nanos) {
        final double millis = nanos / NANOS_PER_MILLI;
        final String form = millis < 1 ? "%.4f ms" : millis < 100 ? "%.2f ms" : "%.0f ms";
        return String.format(Locale.ROOT, form, millis);
    }

    private static String shortened(final String text) {
        final String oneLine = text.replaceAll("\\s+", " ").strip();
        return oneLine.length() <= REASONING_WIDTH ? oneLine : oneLine.substring(0, REASONING_WIDTH - 1) + "…";
    }

    private static void line(final StringBuilder text, final String form, final Object... values) {
        text.append(String.format(Locale.ROOT, form, values)).append('\n');
    }
}
