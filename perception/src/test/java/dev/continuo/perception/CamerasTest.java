package dev.continuo.perception;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.continuo.config.CameraProfile;
import dev.continuo.config.ProfileException;
import dev.continuo.perception.video.VideoCamera;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CamerasTest {
    @TempDir
    private Path folder;

    private static Camera open(final URI source) {
        return Cameras.open(new CameraProfile("replay", source, 32, 24, 10, 1), () -> 7, Duration.ZERO);
    }

    @Test
    void aFileIsAFolderAPictureOrAVideo() throws IOException {
        final Path picture = Files.write(folder.resolve("a.JPG"), ScriptedCamera.jpeg(100));
        assertInstanceOf(FolderCamera.class, open(folder.toUri()));
        assertInstanceOf(FolderCamera.class, open(picture.toUri()));
        try (Camera video = open(Path.of("src/test/resources/video/colours.mp4").toUri())) {
            assertInstanceOf(VideoCamera.class, video);
        }
    }

    @Test
    void aFileThatIsNotThereIsOneClearLine() {
        final Path absent = folder.resolve("absent.mp4");
        assertEquals("camera replay at " + absent + ": no such file or folder",
            assertThrows(ProfileException.class, () -> open(absent.toUri())).getMessage());
        assertEquals("camera replay: source file:absent.mp4 is not of the form file:/path",
            assertThrows(ProfileException.class, () -> open(URI.create("file:absent.mp4"))).getMessage());
    }
}
