package dev.continuo.simulation.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.CameraProfile;
import dev.continuo.config.ProfileException;
import dev.continuo.perception.Camera;
import dev.continuo.perception.Cameras;
import dev.continuo.perception.Frame;
import dev.continuo.simulation.camera.MjpegServer.Fault;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MjpegServerTest {
    private final MjpegServer server = new MjpegServer(0, 64, 48);
    private final byte[] rgb = new byte[3 * 64 * 48];
    private final Frame frame = new Frame(64, 48);
    private int grey;

    @AfterEach
    void stop() {
        server.close();
    }

    private Camera connect() {
        final URI source = URI.create("http://127.0.0.1:" + server.port() + "/top");
        return Cameras.open(new CameraProfile("top", source, 64, 48, 30, 1), SystemNanoClock.INSTANCE, Duration.ZERO);
    }

    private long publish() {
        grey = (grey + 40) % 240;
        Arrays.fill(rgb, (byte) grey);
        final long now = System.nanoTime();
        server.publish(rgb, now);
        return now;
    }

    /** Publishes until something is seen. */
    private void publishUntil(final BooleanSupplier seen) throws InterruptedException {
        while (!seen.getAsBoolean()) {
            publish();
            Thread.sleep(10);
        }
    }

    @Test
    void eachClientGetsThePictureAndItsTime() throws InterruptedException {
        try (Camera first = connect(); Camera second = connect()) {
            while (server.clients() < 2) {
                Thread.sleep(1);
            }
            final long captured = publish();
            for (final Camera camera : new Camera[] {first, second}) {
                while (!camera.poll(frame)) {
                    Thread.sleep(1);
                }
                assertEquals(captured, frame.capturedAtNanos);
                assertEquals(grey, frame.rgb()[100] & 255, 3);
            }
        }
    }

    @Test
    void aFrozenCameraDeliversNothingNew() throws InterruptedException {
        try (Camera camera = connect()) {
            publishUntil(() -> camera.poll(frame));
            server.fault(Fault.FROZEN);
            final long last = frame.capturedAtNanos;
            publishUntil(() -> camera.counts().repeated.get() > 3);
            if (camera.poll(frame)) {
                assertTrue(frame.capturedAtNanos >= last, "at most the picture before the fault");
            }
            server.fault(Fault.NONE);
            publishUntil(() -> camera.poll(frame));
        }
    }

    @Test
    void aCutCameraComesBack() throws InterruptedException {
        try (Camera camera = connect()) {
            publishUntil(() -> camera.poll(frame));
            server.fault(Fault.CUT);
            publishUntil(() -> !camera.isConnected());
            server.fault(Fault.NONE);
            publishUntil(() -> camera.counts().reconnects.get() > 0 && camera.poll(frame));
        }
    }

    @Test
    void garbageIsCountedAndDoesNotBreakTheStream() throws InterruptedException {
        try (Camera camera = connect()) {
            publishUntil(() -> camera.poll(frame));
            server.fault(Fault.GARBAGE);
            for (int i = 0; i < 20; i++) {
                publish();
                Thread.sleep(5);
            }
            server.fault(Fault.NONE);
            publishUntil(() -> camera.poll(frame));
            assertTrue(camera.counts().corrupt.get() > 0);
        }
    }

    @Test
    void aTakenPortIsOneClearLine() {
        final ProfileException refusal = assertThrows(ProfileException.class, () -> new MjpegServer(server.port(), 64, 48));
        assertTrue(refusal.getMessage().startsWith("camera port " + server.port() + " on 127.0.0.1"), refusal.getMessage());
    }

    @Test
    void aClosedServerHasGivenItsPortBack() {
        final int port = server.port();
        server.close();
        for (int i = 0; i < 300; i++) {
            new MjpegServer(port, 64, 48).close();
        }
    }
}
