package dev.continuo.perception;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.CameraProfile;
import dev.continuo.config.ProfileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderCameraTest {
    private static final long PERIOD = 100_000_000L;

    @TempDir
    private Path folder;
    private final Frame frame = new Frame(64, 48);
    private long now = 7;

    private FolderCamera open() {
        return new FolderCamera(new CameraProfile("replay", folder.toUri(), 64, 48, 10, 1), folder, () -> now);
    }

    @Test
    void replaysInOrderAtItsRateAndBeginsAgain() throws IOException {
        Files.write(folder.resolve("b.jpg"), ScriptedCamera.jpeg(200));
        Files.write(folder.resolve("a.JPG"), ScriptedCamera.jpeg(100));
        Files.writeString(folder.resolve("notes.txt"), "not a picture");
        final FolderCamera camera = open();
        final int[] greys = {100, 200, 100};
        for (int i = 0; i < greys.length; i++) {
            assertTrue(camera.poll(frame));
            assertEquals(greys[i], frame.rgb()[3 * 64 * 20 + 30] & 255, 3);
            assertEquals(7 + i * PERIOD, frame.capturedAtNanos);
            assertFalse(camera.poll(frame), "the next picture is not due yet");
            now += PERIOD;
        }
        now += 3 * PERIOD;
        assertTrue(camera.poll(frame));
        assertEquals(3, camera.counts().dropped.get());
    }

    @Test
    void aBrokenFileIsCountedAndPassedOver() throws IOException {
        Files.writeString(folder.resolve("a.png"), "no picture");
        Files.write(folder.resolve("b.jpg"), ScriptedCamera.jpeg(100));
        final FolderCamera camera = open();
        assertFalse(camera.poll(frame));
        now += PERIOD;
        assertTrue(camera.poll(frame));
        assertEquals(1, camera.counts().corrupt.get());
    }

    @Test
    void aFolderWithoutPicturesIsRefused() {
        assertTrue(assertThrows(ProfileException.class, this::open).getMessage().contains("no JPEG or PNG files"));
        folder = folder.resolve("absent");
        assertTrue(assertThrows(ProfileException.class, this::open).getMessage().contains("cannot read the folder"));
    }
}
