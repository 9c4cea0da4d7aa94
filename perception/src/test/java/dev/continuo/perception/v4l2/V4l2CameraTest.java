package dev.continuo.perception.v4l2;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.CameraProfile;
import dev.continuo.config.ProfileException;
import dev.continuo.perception.Frame;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class V4l2CameraTest {
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final FakeVideoDriver driver = new FakeVideoDriver();
    private long nowNanos = 50 * SECOND_NANOS;

    private V4l2Camera open(final int width, final int height, final String address) throws IOException {
        final CameraProfile profile = new CameraProfile("wrist", URI.create(address), width, height, 30, SECOND_NANOS);
        return new V4l2Camera(profile, V4l2Source.of("wrist", profile.source()), driver, () -> nowNanos);
    }

    private V4l2Camera open() throws IOException {
        return open(8, 4, "v4l2:/dev/video0");
    }

    /** A picture of one colour, in rows that may be longer than they need be. */
    private byte[] plain(final int y, final int u, final int v) {
        final int row = 2 * driver.width + driver.padding;
        final byte[] bytes = new byte[row * driver.height];
        for (int at = 0; at < bytes.length; at += 4) {
            final boolean pad = at % row >= 2 * driver.width;
            bytes[at] = (byte) (pad ? 255 : y);
            bytes[at + 1] = (byte) u;
            bytes[at + 2] = (byte) (pad ? 255 : y);
            bytes[at + 3] = (byte) v;
        }
        return bytes;
    }

    @Test
    void theNewestPictureIsTakenWithTheDriversTime() throws IOException {
        driver.padding = 8;
        try (V4l2Camera camera = open()) {
            final Frame frame = new Frame(8, 4);
            assertFalse(camera.poll(frame));
            driver.give(plain(16, 128, 128), 49 * SECOND_NANOS, false);
            driver.give(plain(235, 128, 128), 49 * SECOND_NANOS + 123_456_000, false);
            assertTrue(camera.poll(frame));
            assertEquals(49 * SECOND_NANOS + 123_456_000, frame.capturedAtNanos);
            final byte[] white = new byte[3 * 8 * 4];
            Arrays.fill(white, (byte) 255);
            assertArrayEquals(white, frame.rgb());
            assertFalse(camera.poll(frame), "a picture is delivered once");
            assertEquals(3, driver.freeBuffers(), "the driver has all its buffers again");
        }
        assertEquals(1, driver.closed);
        assertEquals(3, driver.unmapped);
    }

    /** Colour bars of 75 percent, their numbers from ITU-R BT.601's usual tables. */
    @ParameterizedTest
    @CsvSource({"180, 128, 128, 191, 191, 191", "162, 44, 142, 191, 191, 0", "131, 156, 44, 0, 191, 191", "112, 72, 58, 0, 191, 0",
        "84, 184, 198, 191, 0, 191", "65, 100, 212, 191, 0, 0", "35, 212, 114, 0, 0, 191", "16, 128, 128, 0, 0, 0"})
    void coloursAreThoseOfTheStandard(final int y, final int u, final int v, final int red, final int green, final int blue) throws IOException {
        try (V4l2Camera camera = open()) {
            final Frame frame = new Frame(8, 4);
            driver.give(plain(y, u, v), 0, false);
            assertTrue(camera.poll(frame));
            assertEquals(red, frame.rgb()[0] & 0xFF, 2);
            assertEquals(green, frame.rgb()[1] & 0xFF, 2);
            assertEquals(blue, frame.rgb()[2] & 0xFF, 2);
        }
    }

    @Test
    void whatTheCameraGivesCountsNotWhatItWasAskedFor() throws IOException {
        driver.width = 16;
        driver.height = 8;
        try (V4l2Camera camera = open(4, 2, "v4l2:/dev/video0?size=640x480&rate=15")) {
            final Frame frame = new Frame(4, 2);
            driver.give(plain(180, 128, 128), 0, false);
            assertTrue(camera.poll(frame));
            assertEquals(191, frame.rgb()[0] & 0xFF, 2);
            assertEquals(15, driver.askedRate);
        }
    }

    @Test
    void ofAStereoPictureOneHalfIsUsed() throws IOException {
        final byte[] both = plain(16, 128, 128);
        for (int row = 0; row < 4; row++) {
            Arrays.fill(both, 16 * row + 8, 16 * row + 16, (byte) 128);
            for (int at = 16 * row + 8; at < 16 * row + 16; at += 2) {
                both[at] = (byte) 235;
            }
        }
        for (final String half : List.of("left", "right")) {
            try (V4l2Camera camera = open(4, 4, "v4l2:/dev/video0?half=" + half)) {
                final Frame frame = new Frame(4, 4);
                driver.give(both, 0, false);
                assertTrue(camera.poll(frame));
                for (final byte value : frame.rgb()) {
                    assertEquals(half.equals("left") ? 0 : 255, value & 0xFF);
                }
            }
        }
    }

    @Test
    void brokenAndShortPicturesArePassedOver() throws IOException {
        try (V4l2Camera camera = open()) {
            final Frame frame = new Frame(8, 4);
            driver.give(plain(235, 128, 128), 0, true);
            assertFalse(camera.poll(frame));
            driver.give(Arrays.copyOf(plain(235, 128, 128), 40), 0, false);
            assertFalse(camera.poll(frame));
            assertEquals(2, camera.counts().corrupt.get());
            driver.give(plain(235, 128, 128), 0, false);
            assertTrue(camera.poll(frame));
            assertTrue(camera.isConnected());
        }
    }

    @Test
    void jpegsAreDecodedAndHalfOnesPassedOver() throws IOException {
        driver.format = PixelFormat.MJPG;
        driver.width = 64;
        driver.height = 32;
        final BufferedImage image = new BufferedImage(64, 32, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64 * 32; i++) {
            image.setRGB(i % 64, i / 64, 0x2060A0);
        }
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", out);
        final byte[] jpeg = out.toByteArray();
        try (V4l2Camera camera = open(64, 32, "v4l2:/dev/video0?format=mjpg")) {
            final Frame frame = new Frame(64, 32);
            driver.give(jpeg, 0, false);
            assertTrue(camera.poll(frame));
            assertEquals(0x60, frame.rgb()[1] & 0xFF, 4);
            driver.give(Arrays.copyOf(jpeg, jpeg.length / 3), 0, false);
            assertFalse(camera.poll(frame));
            driver.give(new byte[200], 0, false);
            assertFalse(camera.poll(frame));
            assertEquals(2, camera.counts().corrupt.get());
        }
    }

    @Test
    void picturesThatAreLostAreCounted() throws IOException {
        try (V4l2Camera camera = open()) {
            final Frame frame = new Frame(8, 4);
            driver.give(plain(16, 128, 128), 0, false);
            camera.poll(frame);
            for (int i = 0; i < 5; i++) {
                driver.give(plain(16, 128, 128), 0, false);
            }
            assertTrue(camera.poll(frame));
            driver.give(plain(16, 128, 128), 0, false);
            assertTrue(camera.poll(frame));
            assertEquals(4, camera.counts().dropped.get());
        }
    }

    @Test
    void aCameraThatIsUnpluggedIsLookedForAgain() throws IOException {
        try (V4l2Camera camera = open()) {
            final Frame frame = new Frame(8, 4);
            driver.unplugged = true;
            assertFalse(camera.poll(frame));
            assertFalse(camera.isConnected());
            assertEquals(1, driver.closed);
            nowNanos += SECOND_NANOS;
            assertFalse(camera.poll(frame));
            driver.unplugged = false;
            assertFalse(camera.poll(frame), "not in every cycle");
            assertFalse(camera.isConnected());
            nowNanos += SECOND_NANOS;
            camera.poll(frame);
            assertTrue(camera.isConnected());
            assertEquals(1, camera.counts().reconnects.get());
            driver.give(plain(16, 128, 128), 0, false);
            assertTrue(camera.poll(frame));
        }
    }

    @Test
    void aCameraThatHangsIsOpenedAnew() throws IOException {
        try (V4l2Camera camera = open()) {
            final Frame frame = new Frame(8, 4);
            nowNanos += 3 * SECOND_NANOS;
            assertFalse(camera.poll(frame));
            assertFalse(camera.isConnected());
            nowNanos += SECOND_NANOS;
            camera.poll(frame);
            assertEquals(2, driver.opened);
            assertTrue(camera.isConnected());
        }
    }

    @Test
    void anotherClockThanOursIsNotBelieved() throws IOException {
        driver.monotonic = false;
        try (V4l2Camera camera = open()) {
            final Frame frame = new Frame(8, 4);
            driver.give(plain(16, 128, 128), 3, false);
            assertTrue(camera.poll(frame));
            assertEquals(nowNanos, frame.capturedAtNanos);
        }
    }

    @Test
    void whatIsInTheWayIsTold() {
        driver.openError = VideoStructs.EACCES;
        assertTold("group video");
        driver.openError = VideoStructs.ENOENT;
        assertTold("no such device");
        driver.openError = 0;
        driver.streamError = VideoStructs.ENOSPC;
        assertTold("bandwidth on its USB bus");
        driver.streamError = VideoStructs.EBUSY;
        assertTold("used by another program");
        driver.streamError = 0;
        driver.format = null;
        assertTold("gives H264 when it is asked for YUYV");
        driver.format = PixelFormat.YUYV;
        driver.capabilities = VideoStructs.CAP_META_CAPTURE;
        assertTold("streams no pictures");
        assertEquals(driver.opened, driver.closed, "whatever fails, the device is closed");
    }

    private void assertTold(final String expected) {
        final String told = assertThrows(IOException.class, this::open).getMessage();
        assertTrue(told.contains("/dev/video0") && told.contains(expected), told);
    }

    @ParameterizedTest
    @CsvSource({"v4l2:video0, names no device", "v4l2:/dev/video0?size=big, size is like 640x480", "v4l2:/dev/video0?format=nv12, format is yuyv or mjpg",
        "v4l2:/dev/video0?rate=fast, rate is a number", "v4l2:/dev/video0?half=upper, half is left or right", "v4l2:/dev/video0?zoom=2, has an option zoom=2"})
    void anAddressThatIsNoneIsRefused(final String address, final String expected) {
        final String told = assertThrows(ProfileException.class, () -> V4l2Source.of("wrist", URI.create(address))).getMessage();
        assertTrue(told.contains("camera wrist") && told.contains(address) && told.contains(expected), told);
    }

    @Test
    void anAddressNamesDeviceAndWishes() {
        assertEquals(new V4l2Source(Path.of("/dev/v4l/by-id/usb-ZED-video-index0"), 1344, 376, PixelFormat.YUYV, 15, V4l2Source.Half.LEFT),
            V4l2Source.of("side", URI.create("v4l2:///dev/v4l/by-id/usb-ZED-video-index0?size=1344x376&rate=15&half=left")));
    }

    @Test
    void aDeviceThatIsNotThereIsNamed() {
        final CameraProfile profile = new CameraProfile("wrist", URI.create("v4l2:/dev/no-such-video"), 8, 4, 30, SECOND_NANOS);
        final String told = assertThrows(ProfileException.class, () -> V4l2Camera.open(profile, System::nanoTime, Duration.ZERO)).getMessage();
        assertEquals("camera wrist: /dev/no-such-video: no such device", told);
    }

    @Test
    void theCamerasOfAComputerAreFoundWithWhatTheyCan() {
        final List<VideoDevices.Found> found = VideoDevices.find(driver, List.of(Path.of("/dev/video0")));
        assertEquals(List.of(new VideoDevices.Found(Path.of("/dev/video0"), "A camera", "usb-1.2",
            List.of("YUYV 640x480 at 30, 15", "YUYV 320x240 at 30, 15", "MJPG 640x480 at 30, 15", "MJPG 320x240 at 30, 15"))), found);
        driver.capabilities = VideoStructs.CAP_META_CAPTURE;
        assertEquals(List.of(), VideoDevices.find(driver, List.of(Path.of("/dev/video1"))), "the second device of a camera gives no pictures");
        assertEquals(driver.opened, driver.closed);
    }
}
