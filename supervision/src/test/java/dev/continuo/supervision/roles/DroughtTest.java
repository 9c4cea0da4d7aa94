package dev.continuo.supervision.roles;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DroughtTest {
    private static final long TICK_NANOS = 50_000_000L;
    private static final int COMMANDS = 50;
    private final Drought drought = new Drought();
    private final List<String> told = new ArrayList<>();
    private long nowNanos = 7 * TICK_NANOS;
    private long sent;
    private long starved;

    private void play(final boolean playing, final int starvedEach, final double seconds) {
        for (int tick = 0; tick < seconds * 1e9 / TICK_NANOS; tick++) {
            nowNanos += TICK_NANOS;
            sent += COMMANDS;
            starved += starvedEach;
            drought.look(playing, sent, starved, nowNanos).ifPresent(told::add);
        }
    }

    @Test
    void isToldOnceAndSoIsItsEnd() {
        play(true, 0, 5);
        play(true, COMMANDS, 2.9);
        assertEquals(List.of(), told);
        play(true, COMMANDS, 10);
        assertEquals("no chunk to play: the arms hold", drought.complaint());
        play(true, 1, 1);
        assertEquals("", drought.complaint());
        assertEquals(List.of("no chunk to play: the arms hold", "there are chunks again"), told);
    }

    @Test
    void armsThatNeedNotPlayAreNotDry() {
        play(false, COMMANDS, 10);
        assertEquals(List.of(), told);
        play(true, COMMANDS, 4);
        play(false, COMMANDS, 1);
        assertEquals(List.of("no chunk to play: the arms hold"), told);
        assertEquals("", drought.complaint());
    }

    @Test
    void pausesBetweenChunksAreNoDrought() {
        for (int i = 0; i < 20; i++) {
            play(true, COMMANDS, 1);
            play(true, COMMANDS / 2, 0.05);
        }
        assertEquals(List.of(), told);
    }

    @Test
    void armsThatAreNotCommandedAtAllAreNotDry() {
        for (int i = 0; i < 200; i++) {
            nowNanos += TICK_NANOS;
            drought.look(true, sent, starved, nowNanos).ifPresent(told::add);
        }
        assertEquals(List.of(), told);
    }
}
