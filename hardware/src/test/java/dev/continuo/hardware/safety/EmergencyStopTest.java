package dev.continuo.hardware.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmergencyStopTest {
    private static final long INTERVAL = 50_000_000;

    private final EmergencyStop stop = new EmergencyStop();

    @Test
    void shouldStayTriggeredWithTheFirstReasonUntilReset() {
        assertFalse(stop.isTriggered());
        stop.trigger("key");
        stop.trigger("later");
        assertTrue(stop.isTriggered());
        assertEquals("key", stop.reason());
        stop.reset();
        assertFalse(stop.isTriggered());
        assertNull(stop.reason());
        stop.trigger("again");
        assertEquals("again", stop.reason());
    }

    @Test
    void shouldRefuseToStopWithoutAReason() {
        assertThrows(NullPointerException.class, () -> stop.trigger(null));
    }

    @Test
    void shouldBeSeenByAnotherThread() throws InterruptedException {
        final Thread loop = new Thread(() -> {
            while (!stop.isTriggered()) {
                Thread.onSpinWait();
            }
        });
        loop.setDaemon(true);
        loop.start();
        stop.trigger("key");
        loop.join(5_000);
        assertFalse(loop.isAlive());
    }

    @Test
    void shouldTriggerWhileTheFileExistsAndLookOnlyOncePerInterval(@TempDir final Path folder) throws IOException {
        final Path path = folder.resolve("stop");
        final StopFile file = new StopFile(stop, path, INTERVAL);
        assertEquals(1, file.poll(-7));
        assertFalse(stop.isTriggered());
        Files.createFile(path);
        assertEquals(0, file.poll(INTERVAL - 8));
        assertFalse(stop.isTriggered());
        assertEquals(1, file.poll(INTERVAL - 7));
        assertTrue(stop.isTriggered());
        stop.reset();
        file.poll(2 * INTERVAL);
        assertTrue(stop.isTriggered(), "the file is still there");
        Files.delete(path);
        stop.reset();
        file.poll(3 * INTERVAL);
        assertFalse(stop.isTriggered());
    }
}
