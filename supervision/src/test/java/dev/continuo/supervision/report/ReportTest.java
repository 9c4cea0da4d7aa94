package dev.continuo.supervision.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.continuo.config.TrialEvent;
import dev.continuo.actors.latency.LatencySummary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final RunReport REPORT = new RunReport("arx-sim", 7, 60.5,
        List.of(new TrialResult(1, "4+8", "The board shows 4+8. 4+8=12.", scores(4, 2), true, "12 in the slots"),
            new TrialResult(2, "0+3", "", scores(0, 0), false, "nothing was moved")),
        new RunReport.Loop(60_000, 6, 0.0),
        Map.of("left", new RunReport.Loop(20_000, 6, 0.0), "helper", new RunReport.Loop(40_000, 0, 0.0)), latency(), new RunReport.Commands(60_000, 12, 3400, 7),
        Map.of("camera-top", Map.of("corrupt", 3L)), restarts(), List.of("12.0 s: brain restarted"));

    private static List<TrialEvent.Score> scores(final double ocr, final double mathematics) {
        return List.of(new TrialEvent.Score("OCR", ocr, 4), new TrialEvent.Score("mathematics", mathematics, 2));
    }

    @Test
    void theDocumentHasTheNamesThatOthersReadItBy() throws IOException {
        final JsonNode json = new ObjectMapper().readTree(ReportJson.render(REPORT));
        assertEquals(60.5, json.get("seconds").asDouble());
        final JsonNode trial = json.get("trials").get(0);
        assertEquals("4+8", trial.get("asked").asText());
        assertEquals("The board shows 4+8. 4+8=12.", trial.get("reasoning").asText());
        assertEquals("OCR", trial.get("scores").get(0).get("name").asText());
        assertEquals(4, trial.get("scores").get(0).get("points").asInt());
        assertEquals(2, trial.get("scores").get(1).get("most").asInt());
        assertTrue(trial.get("success").asBoolean());
        assertEquals(60_000, json.get("loop").get("ticks").asLong());
        assertEquals(6, json.get("loop").get("missed").asLong());
        assertEquals(0.0, json.get("loop").get("allocatedBytesPerTick").asDouble());
        final JsonNode chunk = json.get("latency").get("chunk-inference");
        assertEquals(List.of("120", "41000000", "55000000", "60000000", "61000000"),
            List.of("count", "p50", "p99", "p999", "max").stream().map(name -> chunk.get(name).asText()).toList());
        assertEquals(12, json.get("commands").get("limited").asLong());
        assertEquals(3400, json.get("commands").get("held").asLong());
        assertEquals(3, json.get("counts").get("camera-top").get("corrupt").asInt());
        assertEquals(1, json.get("restarts").get("brain").asInt());
        assertEquals(0, json.get("restarts").get("arm-left").asInt());
    }

    @Test
    void theTablesNameWhatWasRun() {
        final String text = ReportTable.render(REPORT, new Provenance("0.1.0", "abc123", "2 cores, Linux"));
        assertTrue(text.startsWith("profile arx-sim, seed 7, 60.5 s, 2 trials; commit abc123; 2 cores, Linux\n"), text);
        assertTrue(text.contains("    1  4+8      4/4          2/2  yes      The board shows 4+8. 4+8=12."), text);
        assertTrue(text.contains("    2  0+3      0/4          0/2  no       (none)"), text);
        assertTrue(text.contains("1 of 2 succeeded: 50 % (95 % interval 9 to 91 %); OCR 2.00/4, mathematics 1.00/2"), text);
        assertTrue(text.contains("41.00 ms"), text);
        assertTrue(text.contains("loop: 60000 ticks, 6 missed (0.0100 %), 0.00 bytes allocated per tick"), text);
        assertTrue(text.contains("camera-top: 3 corrupt\n"), text);
        assertTrue(text.contains("restarts: brain 1\n"), text);
    }

    @Test
    void aRunWithoutTrialsSaysSo() {
        final RunReport empty = new RunReport("arx-sim", 1, 1, List.of(), new RunReport.Loop(0, 0, -1), Map.of(), Map.of(),
            new RunReport.Commands(0, 0, 0, 0), Map.of(), Map.of(), List.of());
        final String text = ReportTable.render(empty, new Provenance("0.1.0", "abc123", "2 cores, Linux"));
        assertTrue(text.contains("no trial ended"), text);
        assertTrue(text.contains("unmeasured bytes"), text);
        assertTrue(text.contains("restarts: none"), text);
    }

    @Test
    void theWilsonIntervalIsThePublishedOne() {
        // Wilson 1927 as tabulated: 7 of 13 gives 0.2914 to 0.7679.
        final Wilson interval = Wilson.of(7, 13);
        assertEquals(0.2914, interval.low(), 5e-4);
        assertEquals(0.7679, interval.high(), 5e-4);
        assertEquals(new Wilson(0, 1), Wilson.of(0, 0));
    }

    @Test
    void aTerminalSeesOneLineThatFitsAndIsDrawnOver() {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final StatusLine line = new StatusLine(new PrintStream(bytes, true, StandardCharsets.UTF_8), true, 60);
        line.show(status(1.2));
        line.show(status(1.5));
        final String text = bytes.toString(StandardCharsets.UTF_8);
        assertFalse(text.contains("\n"), text);
        final String[] draws = text.split("\r");
        assertEquals(3, draws.length);
        assertTrue(draws[1].startsWith("   1.2 s  playing  trial 3: 4+8  (1/2)"), draws[1]);
        assertTrue(draws[1].replace("\u001b[K", "").length() < 60, draws[1]);
    }

    @Test
    void aLogSeesAPlainLineEveryTenSeconds() {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final StatusLine line = new StatusLine(new PrintStream(bytes, true, StandardCharsets.UTF_8), false, 0);
        for (int tenths = 0; tenths < 300; tenths++) {
            line.show(status(tenths / 10.0));
        }
        final List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(3, lines.size(), lines::toString);
        assertEquals("  10.0 s  playing  trial 3: 4+8  (1/2)  loop p99 0.125 ms  missed 2  held 40  “The board shows 4+8.”", lines.get(1));
    }

    @Test
    void aLogSeesChangesAtOnceButNotMoreThanOneASecond() {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final StatusLine line = new StatusLine(new PrintStream(bytes, true, StandardCharsets.UTF_8), false, 0);
        line.show(status(0, "readying", ""));
        line.show(status(3, "playing", ""));
        line.show(status(3.2, "playing", "camera-top gives no new picture"));
        line.show(status(3.4, "playing", ""));
        line.show(status(3.6, "holding", ""));
        line.show(status(4, "holding", ""));
        line.show(status(6, "holding", ""));
        final List<String> phases = bytes.toString(StandardCharsets.UTF_8).lines().map(text -> text.substring(0, 18).strip()).toList();
        assertEquals(List.of("0.0 s  readying", "3.0 s  playing", "4.0 s  holding"), phases);
    }

    private static RunStatus status(final double seconds) {
        return status(seconds, "playing", "");
    }

    private static RunStatus status(final double seconds, final String phase, final String notice) {
        return new RunStatus(seconds, phase, 3, "4+8", 1, 2, "The board  shows 4+8.", 125_000, 2, 40, notice);
    }

    private static Map<String, LatencySummary> latency() {
        final Map<String, LatencySummary> latency = new LinkedHashMap<>();
        latency.put("chunk-inference", new LatencySummary(120, 41_000_000, 55_000_000, 60_000_000, 61_000_000));
        return latency;
    }

    private static Map<String, Integer> restarts() {
        final Map<String, Integer> restarts = new LinkedHashMap<>();
        restarts.put("brain", 1);
        restarts.put("arm-left", 0);
        return restarts;
    }
}
