package dev.continuo.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A folder of photographs, a video file and {@code ffmpeg} feed the service and {@code reason}, by the source in the profile alone. */
class CameraSourcesTest {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;
    private static final int PATIENCE_SECONDS = 150;
    private static final int HALF_TIME_SECONDS = 8;
    private static final URI STREAM = URI.create("http://127.0.0.1:8592/x");

    @TempDir
    private Path folder;
    private Path photographs;
    private Path video;
    private Process ffmpeg;

    @BeforeEach
    void takePictures() throws IOException {
        photographs = Files.createDirectory(folder.resolve("photographs"));
        for (int i = 0; i < 4; i++) {
            final BufferedImage picture = new BufferedImage(2 * WIDTH, 2 * HEIGHT, BufferedImage.TYPE_INT_RGB);
            final Graphics2D graphics = picture.createGraphics();
            graphics.setColor(Color.LIGHT_GRAY);
            graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
            graphics.setColor(Color.RED);
            graphics.fillRect(100 + 60 * i, 150, 120, 120);
            graphics.dispose();
            ImageIO.write(picture, "jpg", photographs.resolve(i + ".jpg").toFile());
        }
        video = LaunchedService.HOME.resolve("perception/src/test/resources/video/moving.avi");
    }

    @AfterEach
    void endFfmpeg() {
        if (ffmpeg != null) {
            ffmpeg.descendants().forEach(ProcessHandle::destroyForcibly);
            ffmpeg.destroyForcibly();
        }
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void aFolderAndAVideoFeedTheArmsAndTheWords() throws Exception {
        final Path profile = profile(camera("top", photographs.toUri()) + camera("side", video.toUri()));
        assertAnswers(profile);
        final JsonNode report = play(profile, () -> { });
        for (final String camera : new String[] {"camera-top", "camera-side"}) {
            assertTrue(report.at("/counts/" + camera + "/received").asLong() > 50, report.at("/counts").toString());
        }
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void ffmpegFeedsTheArmsAndTheWordsAndMayGoAwayForAWhile() throws Exception {
        assumeTrue(Stream.of(System.getenv("PATH").split(":")).anyMatch(bin -> Files.isExecutable(Path.of(bin, "ffmpeg"))), "ffmpeg is not installed");
        // It ends with its client, and is started again after a pause that shows.
        ffmpeg = new ProcessBuilder("sh", "-c", "while true; do ffmpeg -nostdin -v error -re -stream_loop -1 -i " + video + " -vf scale=" + WIDTH + ':' + HEIGHT
            + " -c:v mjpeg -q:v 3 -boundary_tag frame -content_type 'multipart/x-mixed-replace;boundary=frame' -f mpjpeg -listen 1 " + STREAM + "; sleep 2; done")
            .redirectErrorStream(true).redirectOutput(folder.resolve("ffmpeg.txt").toFile()).start();
        final Path profile = profile(camera("top", STREAM));
        assertAnswers(profile);
        final JsonNode report = play(profile, () ->
            ffmpeg.descendants().filter(child -> child.info().command().orElse("").endsWith("ffmpeg")).forEach(ProcessHandle::destroyForcibly));
        assertTrue(report.at("/counts/camera-top/reconnects").asLong() > 0, report.at("/counts").toString());
        for (final String news : new String[] {"camera-top is not connected", "camera-top is well again"}) {
            assertTrue(report.at("/events").toString().contains(news), news + ": " + report.at("/events"));
        }
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void aSourceThatIsNotThereIsNamed() throws Exception {
        for (final String verb : new String[] {"run", "reason"}) {
            final Path profile = profile(camera("top", folder.resolve("no-such-video.mp4").toUri()));
            try (LaunchedService service = LaunchedService.start(folder, verb, "--profile", profile.toString(), "--instruction", "What is on the table?")) {
                assertEquals(2, service.exitStatus(PATIENCE_SECONDS), service.output());
                assertTrue(service.output().contains("camera top at " + folder.resolve("no-such-video.mp4") + ": no such file or folder"), service.output());
            }
        }
    }

    private void assertAnswers(final Path profile) throws Exception {
        try (LaunchedService reason = LaunchedService.start(folder, "reason", "--profile", profile.toString(), "--instruction", "What is on the table?")) {
            assertEquals(0, reason.exitStatus(PATIENCE_SECONDS), reason.output());
            assertTrue(reason.output().contains("tokens/s"), reason.output());
        }
    }

    /** What the service reports of a while of playing, in the middle of which something happens. */
    private JsonNode play(final Path profile, final Runnable happening) throws Exception {
        final Path json = folder.resolve("run.json");
        try (LaunchedService service = LaunchedService.start(folder, "run", "--profile", profile.toString(), "--json", json.toString())) {
            service.awaitOutput("playing  trial", PATIENCE_SECONDS);
            TimeUnit.SECONDS.sleep(HALF_TIME_SECONDS);
            happening.run();
            TimeUnit.SECONDS.sleep(HALF_TIME_SECONDS);
            service.interrupt();
            service.exitStatus(PATIENCE_SECONDS);
        }
        final JsonNode report = LaunchedService.report(json);
        for (final String stage : new String[] {"capture-to-publish", "chunk-inference", "reasoning-total"}) {
            assertTrue(report.at("/latency/" + stage + "/count").asLong() > 0, stage + ": " + report.at("/latency"));
        }
        report.at("/restarts").properties().forEach(restarts -> assertEquals(0, restarts.getValue().asInt(), "restarts of " + restarts.getKey()));
        return report;
    }

    private static String camera(final String name, final URI source) {
        return "  { name = %s, source = \"%s\", width = %d, height = %d, rate-hz = 15, max-age = 1 s }%n".formatted(name, source, WIDTH, HEIGHT);
    }

    private Path profile(final String cameras) throws IOException {
        return Files.writeString(folder.resolve("fed.conf"), """
            extends = "arx-sim"
            bus.directory = /dev/shm/continuo-fed-%d
            cluster { control-port = 25920, brain-port = 25921, cell-port = 25922 }
            definitions { camera-port = 8591, left-transport.path = "%2$s/left.sock", right-transport.path = "%2$s/right.sock" }
            cameras = [
            %3$s]
            """.formatted(ProcessHandle.current().pid(), folder, cameras));
    }
}
