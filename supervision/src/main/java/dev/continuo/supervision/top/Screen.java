package dev.continuo.supervision.top;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Draws what is known of a service, as lines of text. Without colours where the terminal has none. */
final class Screen {
    private static final String LEVELS = "▁▂▃▄▅▆▇█";
    private static final String BOLD = "1";
    private static final String RED = "31";
    private static final String GREEN = "32";
    private static final String YELLOW = "33";
    private static final String GREY = "90";
    private static final int FEWEST_EVENTS = 3;

    private final boolean colours;

    Screen(final boolean colours) {
        this.colours = colours;
    }

    /**
     * The screen.
     *
     * @param lost    what is to be said of the connection; empty while it is there
     * @param columns of the terminal
     * @param rows    of the terminal
     */
    List<String> draw(final ServiceEvents service, final String lost, final int columns, final int rows) {
        final List<String> lines = new ArrayList<>();
        header(service, lost, columns, lines);
        lines.add("");
        latencies(service, columns, lines);
        lines.add("");
        arms(service, lines);
        actors(service, columns, lines);
        events(service, columns, Math.max(rows - lines.size() - 1, FEWEST_EVENTS), lines);
        return lines.size() > rows ? lines.subList(0, rows) : lines;
    }

    private void header(final ServiceEvents service, final String lost, final int columns, final List<String> lines) {
        final JsonNode status = service.newest("status");
        final String phase = status.path("phase").asText("…");
        String title = paint(BOLD, "continuo " + service.newest("cell").path("name").asText()) + "  "
            + paint(phase.equals("playing") ? GREEN : phase.equals("stopped") ? RED : YELLOW, phase) + String.format(Locale.ROOT, "  %.0f s", status.path("seconds").asDouble());
        if (status.path("trial").asInt() > 0) {
            title += String.format(Locale.ROOT, "  trial %d: %s (%d of %d)", status.path("trial").asInt(), status.path("asked").asText(), status.path("successes").asInt(),
                status.path("ended").asInt());
        }
        lines.add(title);
        final String wrong = lost.isEmpty() ? status.path("notice").asText() : lost;
        lines.add(wrong.isEmpty() ? "" : paint(RED, cut("! " + wrong, columns)));
        lines.add(paint(GREY, cut(service.newest("reasoning").path("text").asText().replaceAll("\\s+", " ").strip(), columns)));
    }

    private void latencies(final ServiceEvents service, final int columns, final List<String> lines) {
        lines.add(paint(BOLD, String.format("%-34s %9s %9s %9s %9s", "of the last second", "median", "99 %", "99.9 %", "deadline")));
        final JsonNode deadlines = service.newest("cell").path("deadlinesSeconds");
        final int space = Math.max(columns - 76, 0);
        for (final JsonNode latency : service.newest("latency").path("latencies")) {
            final double deadlineNanos = deadlines.path(latency.path("latency").asText()).asDouble(0) * 1e9;
            final JsonNode recent = latency.path("recent");
            final String row = String.format("%-34s %9s %9s %9s %9s  ", cut(latency.path("stage").asText() + ' ' + latency.path("latency").asText(), 34),
                duration(recent.path("p50").asDouble()), duration(recent.path("p99").asDouble()), duration(recent.path("p999").asDouble()), deadlineNanos > 0 ? duration(deadlineNanos) : "");
            final boolean late = deadlineNanos > 0 && recent.path("p99").asDouble() > deadlineNanos;
            lines.add((late ? paint(YELLOW, row) : row) + paint(GREY, bars(service.history(latency), space)));
        }
    }

    /** The last seconds as bars, the longest of them as high as a bar can be. */
    static String bars(final long[] values, final int space) {
        long most = 1;
        for (final long value : values) {
            most = Math.max(most, value);
        }
        final StringBuilder bars = new StringBuilder();
        for (int i = Math.max(0, values.length - space); i < values.length; i++) {
            bars.append(LEVELS.charAt((int) (values[i] * (LEVELS.length() - 1) / most)));
        }
        return bars.toString();
    }

    private void arms(final ServiceEvents service, final List<String> lines) {
        final JsonNode status = service.newest("status");
        final JsonNode names = service.newest("cell").path("arms");
        final String modes = StreamSupport.stream(service.newest("motion").path("arms").spliterator(), false)
            .map(arm -> names.path(arm.path("index").asInt()).path("name").asText() + ' ' + arm.path("mode").asText().toLowerCase(Locale.ROOT)).collect(Collectors.joining(", "));
        lines.add(paint(BOLD, "arms    ") + modes + "   missed " + status.path("missed").asLong() + "   held " + status.path("held").asLong());
    }

    private void actors(final ServiceEvents service, final int columns, final List<String> lines) {
        final JsonNode report = service.newest("report");
        final List<String> actors = new ArrayList<>();
        for (final Map.Entry<String, JsonNode> actor : report.path("restarts").properties()) {
            final int restarts = actor.getValue().asInt();
            actors.add(restarts == 0 ? actor.getKey() : paint(YELLOW, actor.getKey() + " restarted " + restarts + "×"));
        }
        lines.add(paint(BOLD, "actors  ") + String.join(", ", actors));
        for (final Map.Entry<String, JsonNode> stage : report.path("counts").properties()) {
            final String counts = stage.getValue().properties().stream().filter(count -> count.getValue().asLong() > 0).map(count -> count.getKey() + ' ' + count.getValue().asLong())
                .collect(Collectors.joining(", "));
            lines.add(cut("        " + stage.getKey() + ": " + counts, columns));
        }
    }

    private void events(final ServiceEvents service, final int columns, final int most, final List<String> lines) {
        final JsonNode events = service.newest("report").path("events");
        for (int i = events.size() - 1; i >= Math.max(0, events.size() - most); i--) {
            lines.add((i == events.size() - 1 ? paint(BOLD, "events  ") : "        ") + cut(events.path(i).asText(), columns - 8));
        }
    }

    /** In the unit that fits. */
    static String duration(final double nanos) {
        if (nanos >= 1e9) {
            return String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
        }
        return nanos >= 1e6 ? String.format(Locale.ROOT, "%.2f ms", nanos / 1e6) : String.format(Locale.ROOT, "%.0f µs", nanos / 1e3);
    }

    private String paint(final String colour, final String text) {
        return colours && !text.isEmpty() ? "\u001b[" + colour + 'm' + text + "\u001b[0m" : text;
    }

    private static String cut(final String text, final int width) {
        return text.length() <= width ? text : text.substring(0, Math.max(0, width - 1)) + "…";
    }
}
