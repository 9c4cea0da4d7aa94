package dev.continuo.supervision.roles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.continuo.hardware.safety.EmergencyStop;
import java.io.BufferedReader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyboardTest {
    private final EmergencyStop stop = new EmergencyStop();
    private final List<String> asked = new ArrayList<>();

    @Test
    void eStopsAndNothingElseDoes() {
        Keyboard.listen(new BufferedReader(new StringReader("\nhello\nr\n")), stop, asked::add);
        assertFalse(stop.isTriggered());
        Keyboard.listen(new BufferedReader(new StringReader("x\n e \n")), stop, asked::add);
        assertEquals("keyboard", stop.reason());
    }

    @Test
    void wordsAreAnInstruction() {
        Keyboard.listen(new BufferedReader(new StringReader("q\n  Pick the duck. \ne\nr\n\n")), stop, asked::add);
        assertEquals(List.of("Pick the duck."), asked);
        assertFalse(stop.isTriggered());
    }

    @Test
    void rReleases() {
        Keyboard.listen(new BufferedReader(new StringReader("e\nr\n")), stop, asked::add);
        assertFalse(stop.isTriggered());
    }
}
