package dev.continuo.supervision.roles;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.continuo.supervision.web.RecordedOperator;
import java.io.BufferedReader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyboardTest {
    private final RecordedOperator operator = new RecordedOperator();
    private final List<String> said = new ArrayList<>();

    @Test
    void eStopsRReleasesSStartsAndPParks() {
        type("\nhello\n e \nx\nr\ns\nP\n\n");
        assertEquals(List.of("stop: keyboard", "release", "start", "park"), List.copyOf(operator.asked));
    }

    @Test
    void wordsAreAnInstruction() {
        type("q\n  Pick the duck. \ne\n");
        assertEquals(List.of("instruct: Pick the duck.", "stop: keyboard"), List.copyOf(operator.asked));
        assertEquals(List.of(), said);
    }

    @Test
    void whatIsNotUnderstoodIsToldAndTheNextIsHeard() {
        type("fly  away\ne\n");
        assertEquals(List.of("continuo: nothing flies"), said);
        assertEquals(List.of("stop: keyboard"), List.copyOf(operator.asked));
    }

    @Test
    void whatIsRefusedIsToldAndTheNextIsHeard() {
        operator.isStopped = true;
        type("s\nr\n");
        assertEquals(List.of("continuo: the emergency stop is on: release it first"), said);
        assertEquals(List.of("release"), List.copyOf(operator.asked));
    }

    private void type(final String lines) {
        Keyboard.listen(new BufferedReader(new StringReader(lines)), operator, said::add);
    }
}
