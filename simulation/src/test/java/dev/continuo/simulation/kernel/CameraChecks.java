package dev.continuo.simulation.kernel;

import static dev.continuo.simulation.kernel.KernelChecks.run;
import static dev.continuo.simulation.kernel.KernelChecks.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.CameraProfile;
import dev.continuo.config.ProfileException;
import dev.continuo.perception.Frame;
import dev.continuo.perception.v4l2.V4l2Camera;
import dev.continuo.perception.v4l2.VideoDevices;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Capture from vivid, the kernel's own test camera, which shows bars of colours. */
final class CameraChecks {
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int PICTURES = 10;
    /** White, yellow, cyan, green, magenta, red, blue and black at 75 percent. */
    private static final int[] BARS = {0xBFBFBF, 0xBFBF00, 0x00BFBF, 0x00BF00, 0xBF00BF, 0xBF0000, 0x0000BF, 0x000000};
    private static final int TOLERANCE = 8;

    private CameraChecks() {
    }

    /** The device of the n-th test camera. */
    private static String device(final int number) throws KernelChecks.Skipped {
        final List<String> devices =
            VideoDevices.find().stream().filter(found -> found.name().equals("vivid")).map(found -> found.device().toString()).toList();
        if (devices.size() <= number) {
            throw new KernelChecks.Skipped("no vivid: " + VideoDevices.find());
        }
        return devices.get(number);
    }

    private static V4l2Camera open(final String device, final int width, final int height, final String options) {
        final CameraProfile profile = new CameraProfile("wrist", URI.create("v4l2:" + device + "?" + options), width, height, 30, SECOND_NANOS);
        return V4l2Camera.open(profile, System::nanoTime, Duration.ZERO);
    }

    private static void take(final V4l2Camera camera, final Frame frame) {
        until("a picture", () -> camera.poll(frame));
    }

    private static void control(final String device, final String setting) throws Exception {
        run("v4l2-ctl", "-d", device, "-c", setting);
    }

    static void camerasAreListed() throws Exception {
        device(0);
        final VideoDevices.Found vivid = VideoDevices.find().stream().filter(found -> found.name().equals("vivid")).findFirst().orElseThrow();
        System.out.println("  " + vivid.device() + " " + vivid.bus() + " " + vivid.formats().stream().filter(format -> format.startsWith("YUYV")).toList());
        assertTrue(vivid.formats().stream().anyMatch(format -> format.matches("YUYV 640x480 at .*25")), vivid.formats().toString());
        assertTrue(vivid.bus().contains("vivid"), vivid.bus());
    }

    static void coloursAreThoseOfTheBars() throws Exception {
        try (V4l2Camera camera = open(device(0), 640, 480, "size=640x480&rate=30")) {
            final Frame frame = new Frame(640, 480);
            take(camera, frame);
            for (int bar = 0; bar < BARS.length; bar++) {
                final int at = Frame.CHANNELS * (400 * 640 + 640 / BARS.length * bar + 640 / BARS.length / 2);
                for (int channel = 0; channel < Frame.CHANNELS; channel++) {
                    assertEquals(BARS[bar] >> 16 - 8 * channel & 0xFF, frame.rgb()[at + channel] & 0xFF, TOLERANCE, "bar " + bar + " channel " + channel);
                }
            }
        }
    }

    static void picturesCarryTheDriversTime() throws Exception {
        try (V4l2Camera camera = open(device(0), 320, 240, "size=640x480&rate=15")) {
            final Frame frame = new Frame(320, 240);
            long last = System.nanoTime() - SECOND_NANOS;
            for (int i = 0; i < PICTURES; i++) {
                take(camera, frame);
                final long now = System.nanoTime();
                assertTrue(frame.capturedAtNanos > last && frame.capturedAtNanos <= now, "captured " + (now - frame.capturedAtNanos) + " ns ago");
                last = frame.capturedAtNanos;
            }
            System.out.println("  received " + camera.counts().received + ", dropped " + camera.counts().dropped);
            assertEquals(0, camera.counts().corrupt.get());
            assertEquals(0, camera.counts().reconnects.get());
        }
    }

    /** It knows no MJPG and gives another format that is understood; and another size than was asked for. */
    static void whatTheCameraGivesCounts() throws Exception {
        for (final String options : List.of("size=640x480&format=mjpg", "size=777x333", "size=1280x720&half=left")) {
            try (V4l2Camera camera = open(device(0), 320, 240, options)) {
                final Frame frame = new Frame(320, 240);
                take(camera, frame);
                take(camera, frame);
                assertEquals(0, camera.counts().corrupt.get(), options);
                final int red = frame.rgb()[Frame.CHANNELS * (200 * 320 + 8)] & 0xFF;
                assertEquals(0xBF, red, TOLERANCE, options);
            }
        }
    }

    static void aCameraInUseIsTold() throws Exception {
        final String device = device(0);
        try (V4l2Camera first = open(device, 320, 240, "size=640x480")) {
            final String told = assertThrows(ProfileException.class, () -> open(device, 320, 240, "size=640x480").close()).getMessage();
            assertEquals("camera wrist: " + device + " is used by another program", told);
            take(first, new Frame(320, 240));
        }
    }

    static void picturesThatAreLostAreCounted() throws Exception {
        final String device = device(0);
        control(device, "percentage_of_dropped_buffers=50");
        try (V4l2Camera camera = open(device, 320, 240, "size=640x480&rate=30")) {
            final Frame frame = new Frame(320, 240);
            until("dropped pictures", () -> camera.poll(frame) && camera.counts().dropped.get() > 0);
            assertEquals(0, camera.counts().corrupt.get());
        } finally {
            control(device, "percentage_of_dropped_buffers=0");
        }
    }

    static void brokenPicturesArePassedOver() throws Exception {
        final String device = device(0);
        try (V4l2Camera camera = open(device, 320, 240, "size=640x480&rate=2")) {
            final Frame frame = new Frame(320, 240);
            take(camera, frame);
            // Meanwhile pictures are taken, slower than they are in a guest: else a newer one would take the place of the broken one.
            final Thread breaker = Thread.ofPlatform().start(() -> {
                try {
                    control(device, "inject_v4l2_buf_flag_error=1");
                } catch (final Exception absent) {
                    System.out.println("  " + absent);
                }
            });
            until("a broken picture", () -> {
                camera.poll(frame);
                return camera.counts().corrupt.get() == 1;
            });
            breaker.join();
            take(camera, frame);
            assertTrue(camera.isConnected());
        }
    }

    static void aStreamThatBreaksIsOpenedAnew() throws Exception {
        final String device = device(0);
        try (V4l2Camera camera = open(device, 320, 240, "size=640x480&rate=15")) {
            final Frame frame = new Frame(320, 240);
            take(camera, frame);
            control(device, "inject_fatal_streaming_error=1");
            until("the loss", () -> {
                camera.poll(frame);
                return !camera.isConnected();
            });
            until("pictures again", () -> camera.poll(frame));
            assertEquals(1, camera.counts().reconnects.get());
        }
    }

    /** vivid is plugged in again once nobody holds the device that went. */
    static void aCameraIsUnplugged() throws Exception {
        final String device = device(1);
        try (V4l2Camera camera = open(device, 320, 240, "size=640x480")) {
            final Frame frame = new Frame(320, 240);
            take(camera, frame);
            control(device, "disconnect=1");
            until("the loss", () -> {
                camera.poll(frame);
                return !camera.isConnected();
            });
            until("pictures again", () -> camera.poll(frame));
            assertEquals(1, camera.counts().reconnects.get());
        }
    }
}
