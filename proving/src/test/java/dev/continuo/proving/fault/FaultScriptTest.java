package dev.continuo.proving.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultScriptTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsDrawnIsReadBackAndAllKindsAreDrawn() throws IOException {
        final Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
        for (long seed = 0; seed < 60; seed++) {
            final FaultScript script = FaultScript.draw(seed, 120, 12);
            assertEquals(script, FaultScript.draw(seed, 120, 12));
            assertEquals(script, FaultScript.read(Files.writeString(folder.resolve("script"), "# a comment\n\n" + script.text())));
            assertTrue(script.untilMillis() <= 120_000, script.text());
            script.faults().forEach(fault -> kinds.add(fault.kind()));
        }
        assertEquals(EnumSet.allOf(FaultKind.class), kinds);
    }

    @Test
    void whatCannotBeReadIsToldWithItsLine() throws IOException {
        assertRefused("1 ms  2 ms  bus-dorp  joint_state  1", ":1: no fault 'bus-dorp'; there are bus-drop,");
        assertRefused("# fine\n1 ms  2 ms  bus-drop", ":2: a fault is 'FROM ms  DURATION ms  KIND  TARGET  AMOUNT', not '1 ms  2 ms  bus-drop'");
        assertRefused("1 ms  soon ms  bus-drop  joint_state  1", ":1: no number in");
    }

    private void assertRefused(final String text, final String why) throws IOException {
        final Path file = Files.writeString(folder.resolve("bad"), text + "\n");
        final String message = assertThrows(IllegalArgumentException.class, () -> FaultScript.read(file)).getMessage();
        assertTrue(message.startsWith(file + why), message);
    }
}
