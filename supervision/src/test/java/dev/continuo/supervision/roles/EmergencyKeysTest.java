package dev.continuo.supervision.roles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.continuo.hardware.safety.EmergencyStop;
import java.io.BufferedReader;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class EmergencyKeysTest {
    private final EmergencyStop stop = new EmergencyStop();

    @Test
    void eStopsAndNothingElseDoes() {
        EmergencyKeys.listen(new BufferedReader(new StringReader("\nhello\nr\n")), stop);
        assertFalse(stop.isTriggered());
        EmergencyKeys.listen(new BufferedReader(new StringReader("x\n e \n")), stop);
        assertEquals("keyboard", stop.reason());
    }

    @Test
    void rReleases() {
        EmergencyKeys.listen(new BufferedReader(new StringReader("e\nr\n")), stop);
        assertFalse(stop.isTriggered());
    }
}
