package dev.continuo.perception.video;

import static dev.continuo.perception.video.VideoFiles.HEIGHT;
import static dev.continuo.perception.video.VideoFiles.MILLISECOND;
import static dev.continuo.perception.video.VideoFiles.WIDTH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.ProfileException;
import dev.continuo.perception.Frame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Videos cut anywhere, and with bytes altered anywhere: refused in one line or played, never anything else. */
class BrokenVideoTest {
    private static final int SEEDS = 40;
    private static final int CUTS = 40;
    private static final String FOURCC = "MJPG";

    @TempDir
    private Path folder;
    private final Frame frame = new Frame(WIDTH, HEIGHT);
    private long now;
    private int refused;
    private int played;

    @ParameterizedTest
    @ValueSource(strings = {"colours.mp4", "irregular.mkv", "sizes.ts", "moving.avi"})
    void cutAnywhere(final String name) throws IOException {
        final byte[] whole = Files.readAllBytes(VideoFiles.path(name));
        for (int cut = 0; cut < CUTS; cut++) {
            playSomeOf(Files.write(folder.resolve(name), Arrays.copyOf(whole, (int) ((long) whole.length * cut / CUTS))), name + " cut at " + cut);
        }
        assertTrue(refused > 0 && played > 0, refused + " refused, " + played + " played");
    }

    @ParameterizedTest
    @ValueSource(strings = {"colours.mp4", "irregular.mkv", "sizes.ts", "moving.avi"})
    void alteredAnywhere(final String name) throws IOException {
        final byte[] whole = Files.readAllBytes(VideoFiles.path(name));
        for (int seed = 0; seed < SEEDS; seed++) {
            final byte[] altered = whole.clone();
            final Random random = new Random(seed);
            for (int i = 0; i < 1 + seed % 20; i++) {
                altered[random.nextInt(altered.length)] = (byte) random.nextInt();
            }
            playSomeOf(Files.write(folder.resolve(name), altered), name + " altered with seed " + seed);
        }
        assertTrue(played > 0, refused + " refused, " + played + " played");
    }

    @Test
    void formatsThatNobodyFilmsInAreRefused() throws IOException {
        final byte[] video = Files.readAllBytes(VideoFiles.path("moving.avi"));
        final String text = new String(video, StandardCharsets.ISO_8859_1);
        for (int at = text.indexOf(FOURCC); at >= 0; at = text.indexOf(FOURCC, at + 1)) {
            System.arraycopy("MAGY".getBytes(StandardCharsets.US_ASCII), 0, video, at, 4);
        }
        final Path file = Files.write(folder.resolve("magic.avi"), video);
        final String why = assertThrows(ProfileException.class, () -> new VideoCamera(VideoFiles.profile(file), file, () -> now)).getMessage();
        assertTrue(why.contains(file.toString()) && why.contains("(magicyuv)"), why);
    }

    private void playSomeOf(final Path file, final String what) {
        try (VideoCamera camera = new VideoCamera(VideoFiles.profile(file), file, () -> now)) {
            long last = Long.MIN_VALUE;
            for (int i = 0; i < 150; i++) {
                if (camera.poll(frame)) {
                    assertTrue(frame.capturedAtNanos > last && frame.capturedAtNanos <= now, what + ": times run on");
                    last = frame.capturedAtNanos;
                }
                now += 10 * MILLISECOND;
            }
            played++;
        } catch (final ProfileException e) {
            assertEquals(1, e.getMessage().lines().count(), e.getMessage());
            assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
            refused++;
        }
    }
}
