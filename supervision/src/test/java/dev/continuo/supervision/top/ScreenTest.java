package dev.continuo.supervision.top;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private final ServiceEvents events = new ServiceEvents();

    private void speak() {
        events.put("cell", "{\"name\":\"arx-sim\",\"arms\":[{\"name\":\"left\"},{\"name\":\"right\"}],\"deadlinesSeconds\":{\"loop-lateness\":0.002}}");
        events.line("event: status");
        events.line("data: {\"seconds\":12.4,\"phase\":\"playing\",\"trial\":3,\"asked\":\"4+8\",\"successes\":2,\"ended\":2,\"missed\":7,\"held\":9,\"notice\":\"camera-top is not connected\"}");
        events.line("");
        events.line("event: motion");
        events.line("data: {\"at\":1,\"arms\":[{\"index\":1,\"mode\":\"HOLDING\"}],\"sensors\":[]}");
        events.line("event: reasoning");
        events.line("data: {\"text\":\"The board\\n shows 4+8.\"}");
        events.put("report", "{\"restarts\":{\"brain\":2,\"cell\":0},\"counts\":{\"camera-top\":{\"received\":77,\"corrupt\":0}},\"events\":[\"1.0 s: first\",\"2.0 s: second\"]}");
    }

    private void latency(final long p99Nanos) {
        events.line("event: latency");
        events.line("data: {\"at\":1,\"latencies\":[{\"stage\":\"arm-left\",\"latency\":\"loop-lateness\",\"recent\":{\"count\":500,\"p50\":21000,\"p99\":" + p99Nanos
            + ",\"p999\":1200000,\"max\":3}}]}");
    }

    @Test
    void saysWhatIsKnown() {
        speak();
        latency(400_000);
        latency(98_000);
        assertEquals(List.of(
            "continuo arx-sim  playing  12 s  trial 3: 4+8 (2 of 2)",
            "! camera-top is not connected",
            "The board shows 4+8.",
            "",
            "of the last second                    median      99 %    99.9 %  deadline",
            "arm-left loop-lateness                 21 µs     98 µs   1.20 ms   2.00 ms  █▂",
            "",
            "arms    right holding   missed 7   held 9",
            "actors  brain restarted 2×, cell",
            "        camera-top: received 77",
            "events  2.0 s: second",
            "        1.0 s: first"), new Screen(false).draw(events, "", 120, 40));
    }

    @Test
    void whatIsLateStandsOutAndWhatIsLostIsSaid() {
        speak();
        latency(2_500_000);
        final List<String> lines = new Screen(true).draw(events, "no connection", 120, 40);
        assertTrue(lines.get(1).contains("! no connection"), lines.get(1));
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("\u001b[33marm-left loop-lateness")), lines.toString());
    }

    @Test
    void aSmallTerminalIsNotLeft() {
        speak();
        for (int i = 0; i < 100; i++) {
            latency(1_000 * i);
        }
        final List<String> lines = new Screen(false).draw(events, "", 76, 9);
        assertEquals(9, lines.size());
        assertFalse(lines.get(5).contains("█"), "no room for bars");
        assertEquals(40, Screen.bars(events.history(events.newest("latency").at("/latencies/0")), 100).length());
    }

    @Test
    void aServiceThatHasSaidNothingIsDrawnToo() {
        assertTrue(new Screen(false).draw(events, "connecting", 80, 24).get(1).contains("connecting"));
        events.line("data: {\"cut");
        events.line("garbage");
    }
}
