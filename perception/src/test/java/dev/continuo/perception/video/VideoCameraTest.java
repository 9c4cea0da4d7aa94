package dev.continuo.perception.video;

import static dev.continuo.perception.video.VideoFiles.HEIGHT;
import static dev.continuo.perception.video.VideoFiles.MILLISECOND;
import static dev.continuo.perception.video.VideoFiles.WIDTH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.CameraProfile;
import dev.continuo.config.ProfileException;
import dev.continuo.perception.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoCameraTest {
    private static final long START = 7;

    @TempDir
    private Path folder;
    private final Frame frame = new Frame(WIDTH, HEIGHT);
    private long now = START;

    private VideoCamera open(final Path file) {
        return new VideoCamera(VideoFiles.profile(file), file, () -> now);
    }

    private VideoCamera open(final String name) {
        return open(VideoFiles.path(name));
    }

    /** Polls every millisecond for so long; each picture as its colour, its time of capture and the time at which it came, in milliseconds. */
    private List<List<Long>> play(final VideoCamera camera, final long milliseconds) {
        final List<List<Long>> seen = new ArrayList<>();
        for (long i = 0; i < milliseconds; i++) {
            if (camera.poll(frame)) {
                seen.add(List.of((long) VideoFiles.colour(frame), (frame.capturedAtNanos - START) / MILLISECOND, (now - START) / MILLISECOND));
            }
            now += MILLISECOND;
        }
        return seen;
    }

    private static List<List<Long>> expected(final long... colourAndTime) {
        final List<List<Long>> expected = new ArrayList<>();
        for (int i = 0; i < colourAndTime.length; i += 2) {
            expected.add(List.of(colourAndTime[i], colourAndTime[i + 1], colourAndTime[i + 1]));
        }
        return expected;
    }

    @Test
    void playsEveryPictureAtItsTimeAndBeginsAgain() {
        try (VideoCamera camera = open("colours.mp4")) {
            assertEquals(expected(0, 0, 1, 100, 2, 200, 3, 300, 4, 400, 5, 500, 0, 600, 1, 700, 2, 800, 3, 900, 4, 1000, 5, 1100, 0, 1200),
                play(camera, 1_300));
            assertEquals(13, camera.counts().received.get());
            assertEquals(13, frame.sequence);
            assertEquals(0, camera.counts().dropped.get());
            assertEquals(0, camera.counts().corrupt.get());
            assertEquals(0, camera.counts().reconnects.get());
            assertTrue(camera.isConnected());
        }
    }

    @Test
    void keepsTimesThatAreNotRegular() {
        try (VideoCamera camera = open("irregular.mkv")) {
            final List<List<Long>> seen = play(camera, 1_290);
            assertEquals(expected(0, 0, 1, 100, 2, 400, 3, 1_000, 4, 1_100, 5, 1_200), seen);
        }
    }

    @Test
    void aChangeOfSizeAndTimesThatBeginAnewAreScaledAndPlayedOn() {
        try (VideoCamera camera = open("sizes.ts")) {
            // The second is marked as broken by the seam, the third is predicted from it.
            assertEquals(expected(0, 0, 3, 100, 4, 200, 5, 300), play(camera, 350));
            assertEquals(2, camera.counts().corrupt.get());
            assertEquals(expected(0, 400), play(camera, 100));
        }
    }

    @Test
    void aPictureThatLiesOnItsSideIsTurnedUpright() {
        try (VideoCamera camera = open("upright.mp4")) {
            assertTrue(camera.poll(frame));
        }
        final int above = 3 * (WIDTH * 4 + WIDTH / 2);
        final int below = 3 * (WIDTH * (HEIGHT - 4) + WIDTH / 2);
        assertEquals(255, frame.rgb()[above] & 255, 4);
        assertEquals(0, frame.rgb()[above + 2] & 255, 4);
        assertEquals(0, frame.rgb()[below] & 255, 4);
        assertEquals(255, frame.rgb()[below + 2] & 255, 4);
    }

    @Test
    void picturesThatNobodyCameForAreDropped() {
        try (VideoCamera camera = open("colours.mp4")) {
            assertTrue(camera.poll(frame));
            now += 250 * MILLISECOND;
            assertTrue(camera.poll(frame));
            assertEquals(2, VideoFiles.colour(frame));
            assertEquals(START + 200 * MILLISECOND, frame.capturedAtNanos);
            assertEquals(3, frame.sequence);
            assertEquals(1, camera.counts().dropped.get());
        }
    }

    @Test
    void whoComesLateFindsTheVideoWhereItWasLeft() {
        try (VideoCamera camera = open("colours.mp4")) {
            assertTrue(camera.poll(frame));
            now += 3_600_000 * MILLISECOND;
            assertTrue(camera.poll(frame));
            assertEquals(1, VideoFiles.colour(frame));
            assertEquals(now, frame.capturedAtNanos);
            now += 100 * MILLISECOND;
            assertTrue(camera.poll(frame));
            assertEquals(2, VideoFiles.colour(frame));
            assertEquals(0, camera.counts().dropped.get());
        }
    }

    @Test
    void aSlowReaderSeesAllOfTheVideoAtItsOwnRate() {
        final Path file = VideoFiles.path("colours.mp4");
        try (VideoCamera camera = new VideoCamera(new CameraProfile("slow", file.toUri(), WIDTH, HEIGHT, 1, 1), file, () -> now)) {
            for (int second = 0; second < 5; second++) {
                assertTrue(camera.poll(frame));
                assertEquals(START + second * 1_000 * MILLISECOND, frame.capturedAtNanos);
                assertEquals(second * 10 % 6, VideoFiles.colour(frame));
                now += 1_000 * MILLISECOND;
            }
            assertEquals(36, camera.counts().dropped.get());
        }
    }

    @Test
    void aFileThatIsMissingOrNoVideoIsOneClearLine() throws IOException {
        assertRefused("no such file", folder.resolve("absent.mp4"));
        assertRefused("cannot be opened as a video: Invalid data found", Files.writeString(folder.resolve("text.mp4"), "this is no video ".repeat(99)));
        assertRefused("cannot be opened as a video", Files.createFile(folder.resolve("empty.mp4")));
        assertRefused("holds no pictures", VideoFiles.path("sound.wav"));
        final byte[] whole = Files.readAllBytes(VideoFiles.path("colours.mp4"));
        assertRefused("holds no picture that can be decoded", Files.write(folder.resolve("head.mp4"), Arrays.copyOf(whole, indexOf(whole, "mdat") + 4)));
        assertRefused("there is no decoder for its pictures (none)", Files.write(folder.resolve("cut.mp4"), Arrays.copyOf(whole, indexOf(whole, "mdat") / 2)));
    }

    private void assertRefused(final String reason, final Path file) {
        final String message = assertThrows(ProfileException.class, () -> open(file)).getMessage();
        assertTrue(message.startsWith("camera replay at " + file + ": " + reason), message);
        assertEquals(1, message.lines().count(), message);
    }

    @Test
    void aPictureThatIsCutOffIsCountedAndPassedOver() throws IOException {
        final byte[] whole = Files.readAllBytes(VideoFiles.path("moving.avi"));
        final Path cut = Files.write(folder.resolve("cut.avi"), Arrays.copyOf(whole, lastIndexOf(whole, "00dc", indexOf(whole, "idx1")) + 8 + 300));
        try (VideoCamera camera = open(cut)) {
            assertEquals(7, play(camera, 700).size());
            assertEquals(1, camera.counts().corrupt.get());
            assertEquals(7, play(camera, 700).size(), "the next pass");
            assertEquals(2, camera.counts().corrupt.get());
            assertEquals(16, camera.counts().received.get());
        }
    }

    @Test
    void aPictureThatIsAlteredIsCountedAndPassedOverWithThoseThatDependOnIt() throws IOException {
        final byte[] bytes = Files.readAllBytes(VideoFiles.path("colours.mp4"));
        // The second picture's data begin behind those of the first; the rest is predicted from it.
        final int data = indexOf(bytes, "mdat") + 4;
        Arrays.fill(bytes, bytes.length - 60, bytes.length - 20, (byte) 0xff);
        assertTrue(data < bytes.length - 60);
        try (VideoCamera camera = open(Files.write(folder.resolve("altered.mp4"), bytes))) {
            for (final List<Long> picture : play(camera, 600)) {
                assertTrue(picture.get(0) >= 0, "delivered a picture that was never drawn: " + picture);
            }
            assertTrue(camera.counts().corrupt.get() > 0);
        }
    }

    @Test
    void aFileThatIsGoneAtTheEndIsLookedForAgain() throws IOException {
        final Path file = folder.resolve("Übung 1.mp4");
        Files.copy(VideoFiles.path("colours.mp4"), file);
        try (VideoCamera camera = open(file)) {
            assertEquals(5, play(camera, 450).size());
            Files.delete(file);
            assertEquals(1, play(camera, 1_000).size(), "what was open is played to its end");
            assertFalse(camera.isConnected());
            Files.writeString(file, "half a copy");
            assertEquals(0, play(camera, 1_000).size());
            Files.copy(VideoFiles.path("moving.avi"), file, StandardCopyOption.REPLACE_EXISTING);
            assertTrue(play(camera, 1_000).size() >= 5);
            assertTrue(camera.isConnected());
            assertEquals(1, camera.counts().reconnects.get());
        }
    }

    @Test
    void aClosedCameraGivesNothing() {
        final VideoCamera camera = open("colours.mp4");
        camera.close();
        camera.close();
        now += 1_000 * MILLISECOND;
        assertFalse(camera.poll(frame));
        assertFalse(camera.isConnected());
    }

    private static int indexOf(final byte[] bytes, final String tag) {
        return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(tag);
    }

    private static int lastIndexOf(final byte[] bytes, final String tag, final int before) {
        return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).lastIndexOf(tag, before);
    }
}
