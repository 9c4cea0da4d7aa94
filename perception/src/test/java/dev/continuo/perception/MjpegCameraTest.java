package dev.continuo.perception;

import static dev.continuo.perception.ScriptedCamera.head;
import static dev.continuo.perception.ScriptedCamera.jpeg;
import static dev.continuo.perception.ScriptedCamera.part;
import static dev.continuo.perception.ScriptedCamera.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.CameraProfile;
import dev.continuo.config.ProfileException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MjpegCameraTest {
    private final Frame frame = new Frame(32, 24);
    /** Released once the test has seen what the camera sent before, which a next picture would replace. */
    private final Semaphore seen = new Semaphore(0);

    private static CameraProfile profile(final URI source) {
        return new CameraProfile("top", source, 32, 24, 30, 1_000_000_000L);
    }

    private static MjpegCamera open(final ScriptedCamera server) {
        return MjpegCamera.open(profile(server.uri()), SystemNanoClock.INSTANCE, Duration.ZERO);
    }

    private static void await(final BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(2);
        }
    }

    private void awaitGrey(final Camera camera, final int grey) throws InterruptedException {
        await(() -> camera.poll(frame) && Math.abs((frame.rgb()[0] & 255) - grey) < 4);
    }

    private static void hold(final OutputStream out) throws InterruptedException {
        Thread.sleep(5_000);
    }

    @Test
    void readsPartsWithAndWithoutALength() throws Exception {
        try (ScriptedCamera server = new ScriptedCamera((connection, out) -> {
            head(out);
            part(out, jpeg(50), "");
            seen.acquire();
            part(out, jpeg(200));
            hold(out);
        }); MjpegCamera camera = open(server)) {
            awaitGrey(camera, 50);
            seen.release();
            awaitGrey(camera, 200);
            assertEquals(2, frame.sequence);
            assertFalse(camera.poll(frame), "a picture is taken once");
        }
    }

    @Test
    void readsAChunkedAnswer() throws Exception {
        try (ScriptedCamera server = new ScriptedCamera((connection, out) -> {
            text(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            final byte[] picture = jpeg(90);
            final String head = "--ffmpeg\r\nContent-length: " + picture.length + "\r\n\r\n";
            text(out, Integer.toHexString(head.length()) + "\r\n" + head + "\r\n");
            for (int from = 0; from < picture.length; from += 100) {
                final int count = Math.min(100, picture.length - from);
                text(out, Integer.toHexString(count) + "\r\n");
                out.write(picture, from, count);
                text(out, "\r\n");
            }
            hold(out);
        }); MjpegCamera camera = open(server)) {
            awaitGrey(camera, 90);
        }
    }

    @Test
    void aChunkOfNegativeLengthEndsTheConnectionAndNotTheCamera() throws Exception {
        try (ScriptedCamera server = new ScriptedCamera((connection, out) -> {
            if (connection == 0) {
                text(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n");
            } else {
                head(out);
                part(out, jpeg(90));
            }
            hold(out);
        }); MjpegCamera camera = open(server)) {
            awaitGrey(camera, 90);
            assertEquals(1, camera.counts().reconnects.get());
        }
    }

    @Test
    void onlyTheNewestPictureIsKept() throws Exception {
        try (ScriptedCamera server = new ScriptedCamera((connection, out) -> {
            head(out);
            for (int i = 0; i < 10; i++) {
                part(out, jpeg(10 + 20 * i));
            }
            hold(out);
        }); MjpegCamera camera = open(server)) {
            await(() -> camera.counts().received.get() == 10);
            await(() -> camera.poll(frame));
            assertEquals(10, frame.sequence);
            assertEquals(190, frame.rgb()[0] & 255, 3);
            assertEquals(9, camera.counts().dropped.get());
        }
    }

    @Test
    void garbageIsSkippedAndCounted() throws Exception {
        try (ScriptedCamera server = new ScriptedCamera((connection, out) -> {
            head(out);
            part(out, "this is no picture".getBytes(StandardCharsets.US_ASCII));
            final byte[] broken = jpeg(60);
            java.util.Arrays.fill(broken, 2, broken.length - 2, (byte) 7);
            part(out, broken);
            seen.acquire();
            part(out, jpeg(120));
            hold(out);
        }); MjpegCamera camera = open(server)) {
            await(() -> !camera.poll(frame) && camera.counts().corrupt.get() == 2);
            seen.release();
            awaitGrey(camera, 120);
        }
    }

    @Test
    void aLostConnectionIsMadeAnew() throws Exception {
        try (ScriptedCamera server = new ScriptedCamera((connection, out) -> {
            head(out);
            part(out, jpeg(40 + 40 * connection));
            if (connection == 2) {
                hold(out);
            }
            final byte[] half = jpeg(250);
            text(out, "--frame\r\nContent-Length: " + half.length + "\r\n\r\n");
            out.write(half, 0, half.length / 2);
        }); MjpegCamera camera = open(server)) {
            awaitGrey(camera, 120);
            assertEquals(2, camera.counts().reconnects.get());
        }
    }

    @Test
    void aSilentConnectionIsMadeAnew() throws Exception {
        try (ScriptedCamera server = new ScriptedCamera((connection, out) -> {
            head(out);
            part(out, jpeg(40 + 40 * connection));
            Thread.sleep(connection == 0 ? 1_500 : 5_000);
        }); MjpegCamera camera = open(server)) {
            awaitGrey(camera, 40);
            awaitGrey(camera, 80);
        }
    }

    @Test
    void aFrozenPictureIsNotDeliveredAgain() throws Exception {
        try (ScriptedCamera server = new ScriptedCamera((connection, out) -> {
            head(out);
            for (int i = 0; i < 5; i++) {
                part(out, jpeg(70));
            }
            seen.acquire();
            for (int i = 0; i < 5; i++) {
                part(out, jpeg(80 + i), "Content-Length: " + jpeg(80 + i).length + "\r\nX-Timestamp: 12345\r\n");
            }
            hold(out);
        }); MjpegCamera camera = open(server)) {
            awaitGrey(camera, 70);
            seen.release();
            await(() -> camera.counts().received.get() == 10);
            assertEquals(8, camera.counts().repeated.get());
        }
    }

    @Test
    void theTimeStampOfTheSameClockIsTheTimeOfCapture() throws Exception {
        final long captured = System.nanoTime();
        try (ScriptedCamera server = new ScriptedCamera((connection, out) -> {
            head(out);
            final byte[] picture = jpeg(100);
            part(out, picture, "Content-Length: " + picture.length + "\r\nX-Timestamp: " + captured + "\r\n");
            seen.acquire();
            part(out, jpeg(10), "Content-Length: " + jpeg(10).length + "\r\nX-Timestamp: 1700000000.25\r\n");
            hold(out);
        }); MjpegCamera camera = open(server)) {
            awaitGrey(camera, 100);
            assertEquals(captured, frame.capturedAtNanos);
            final long before = System.nanoTime();
            seen.release();
            awaitGrey(camera, 10);
            assertTrue(frame.capturedAtNanos >= before, "a foreign stamp is replaced by the time of arrival");
        }
    }

    @Test
    void anUnreachableCameraIsOneClearLine() {
        final URI nobody = URI.create("http://127.0.0.1:1/top");
        final ProfileException refusal = assertThrows(
            ProfileException.class, () -> MjpegCamera.open(profile(nobody), SystemNanoClock.INSTANCE, Duration.ZERO));
        assertEquals("camera top at http://127.0.0.1:1/top: connection refused", refusal.getMessage());
    }

    @Test
    void aWrongAnswerIsOneClearLine() throws IOException {
        try (ScriptedCamera server = new ScriptedCamera((connection, out) -> text(out, "HTTP/1.1 404 Not Found\r\n\r\n"))) {
            final ProfileException refusal = assertThrows(ProfileException.class, () -> open(server));
            assertEquals("camera top at " + server.uri() + ": answers 404 Not Found", refusal.getMessage());
        }
    }

    @Test
    void anUnknownKindOfSourceIsRefused() {
        final ProfileException refusal = assertThrows(
            ProfileException.class, () -> Cameras.open(profile(URI.create("gopher://x/")), SystemNanoClock.INSTANCE, Duration.ZERO));
        assertTrue(refusal.getMessage().contains("gopher://x/"));
    }
}
