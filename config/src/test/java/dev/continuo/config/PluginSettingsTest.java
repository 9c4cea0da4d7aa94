package dev.continuo.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class PluginSettingsTest {
    private final PluginSettings settings = new PluginSettings("sensor wrist", Map.of("tty", "/dev/ttyUSB0", "gain", "2.5", "cut-off", "much"));
    @TempDir
    private Path folder;

    private static void assertFailure(final String message, final Executable read) {
        assertEquals(message, assertThrows(ProfileException.class, read).getMessage());
    }

    @Test
    void whatIsAskedForIsThereOrNamed() {
        assertEquals("/dev/ttyUSB0", settings.text("tty"));
        assertEquals("x", settings.text("other", "x"));
        assertEquals(2.5, settings.real("gain", 0, 10));
        assertFailure("sensor wrist: missing key settings.baud", () -> settings.text("baud"));
        assertFailure("sensor wrist: settings.gain must be from 0.0 to 1.0, is 2.5", () -> settings.real("gain", 0, 1));
        assertFailure("sensor wrist: settings.cut-off must be a number, is much", () -> settings.real("cut-off", 0, 1));
    }

    @Test
    void whatNobodyAskedForIsAnError() {
        settings.text("tty");
        settings.real("gain", 0, 10);
        assertFailure("sensor wrist: unknown key settings.cut-off; known here: gain, tty", settings::finish);
        settings.text("cut-off");
        settings.finish();
    }

    @Test
    void aProfileGivesThem() throws IOException {
        final SensorProfile sensor = ProfileReader.read(Files.writeString(folder.resolve("s.conf"), """
            extends = arx-sim
            sensors = [ { name = wrist, kind = force-torque, rate-hz = 100, max-age = 200 ms, settings { tty = /dev/ttyUSB0, gain = 2.5, deep { er = 1 } } } ]
            """).toString()).sensors().getFirst();
        assertEquals(new SensorProfile("wrist", "force-torque", 100, 200_000_000L,
            new PluginSettings("sensor wrist", Map.of("tty", "/dev/ttyUSB0", "gain", "2.5", "deep.er", "1"))), sensor);
        final Path twice = Files.writeString(folder.resolve("twice.conf"), """
            extends = arx-sim
            sensors = [ { name = a, kind = k, rate-hz = 1, max-age = 1 s }, { name = a, kind = k, rate-hz = 1, max-age = 1 s } ]
            """);
        assertEquals(true, assertThrows(ProfileException.class, () -> ProfileReader.read(twice.toString())).getMessage().contains("sensors must have distinct names"));
    }
}
