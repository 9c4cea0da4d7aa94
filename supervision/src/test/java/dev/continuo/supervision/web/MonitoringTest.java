package dev.continuo.supervision.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.continuo.actors.latency.Latency;
import dev.continuo.actors.latency.LatencyRecorder;
import dev.continuo.actors.latency.LatencyTotal;
import dev.continuo.supervision.report.RunFeed;
import dev.continuo.supervision.report.RunReport;
import dev.continuo.supervision.report.RunStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules and the dashboard that ship speak of metrics that there are, in words that Prometheus understands. */
class MonitoringTest {
    private static final Path SHIPPED = Path.of("../config/monitoring");
    private static final Pattern METRIC = Pattern.compile("continuo[a-z0-9_:]*");
    private static final Pattern LATENCY = Pattern.compile("latency=\"([^\"]*)\"");

    @TempDir
    private Path folder;

    private static String page() {
        final RunFeed feed = new RunFeed();
        feed.put(new RunStatus(1, "playing", 1, "", 0, 0, "", 0, 0, 0, ""));
        final RunReport.Loop loop = new RunReport.Loop(1, 0, 0);
        feed.put(new RunReport("arx-sim", 1, 1, List.of(), loop, Map.of("left", loop), Map.of(), new RunReport.Commands(1, 0, 0, 0), Map.of("camera-top", Map.of("received", 1L)),
            Map.of("brain", 0), List.of()));
        final List<LatencyTotal> all = Stream.of(Latency.values()).map(latency -> new LatencyTotal("stage", latency, new Histogram(100, LatencyRecorder.HIGHEST_NANOS, 3))).toList();
        return new String(new MetricsPage(feed, () -> all, () -> false).render("").bytes(), StandardCharsets.UTF_8);
    }

    private static Set<String> names(final String text) {
        return METRIC.matcher(text).results().map(found -> found.group()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> dashboardExpressions() throws IOException {
        final JsonNode dashboard = new ObjectMapper().readTree(SHIPPED.resolve("grafana-dashboard.json").toFile());
        return dashboard.findValuesAsText("expr");
    }

    @Test
    void everyMetricThatIsAskedForIsThere() throws IOException {
        final String rules = Files.readString(SHIPPED.resolve("continuo.rules.yml"));
        final Set<String> known = names(page());
        final Matcher recorded = Pattern.compile("record: (\\S+)").matcher(rules);
        recorded.results().forEach(found -> known.add(found.group(1)));
        known.add("continuo");
        final String expressions = String.join("\n", dashboardExpressions()) + rules.lines().filter(line -> line.contains("expr:")).collect(Collectors.joining("\n"));
        for (final String name : names(expressions)) {
            assertTrue(known.contains(name), name + " is none of " + known);
        }
    }

    @Test
    void everyLatencyHasAPanel() throws IOException {
        final Set<String> shown = LATENCY.matcher(String.join("\n", dashboardExpressions())).results().map(found -> found.group(1)).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Stream.of(Latency.values()).map(Latency::label).collect(Collectors.toCollection(TreeSet::new)), shown);
    }

    /** By Prometheus itself, where it is installed. */
    @Test
    void promtoolAcceptsMetricsRulesAndConfiguration() throws Exception {
        assumeTrue(Stream.of(System.getenv("PATH").split(":")).anyMatch(bin -> Files.isExecutable(Path.of(bin, "promtool"))), "promtool is not installed");
        assertEquals("", promtool(Files.writeString(folder.resolve("metrics.txt"), page()), "check", "metrics"));
        final Path nothing = Files.writeString(folder.resolve("nothing"), "");
        promtool(nothing, "check", "rules", SHIPPED.resolve("continuo.rules.yml").toString());
        promtool(nothing, "check", "config", SHIPPED.resolve("prometheus.yml").toString());
    }

    private static String promtool(final Path input, final String... arguments) throws Exception {
        final ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toList());
        final Process promtool = builder.redirectInput(input.toFile()).redirectErrorStream(true).start();
        final String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, promtool.waitFor(), said);
        return said;
    }
}
