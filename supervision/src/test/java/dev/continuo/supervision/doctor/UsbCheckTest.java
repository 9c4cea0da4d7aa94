package dev.continuo.supervision.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.CameraProfile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cameras on USB buses, from a tree of files as the kernel shows them. */
class UsbCheckTest {
    @TempDir
    private Path root;
    private final List<CameraProfile> profile = new ArrayList<>();

    @BeforeEach
    void makeFolders() throws IOException {
        Files.createDirectories(root.resolve("dev/v4l/by-id"));
        Files.createDirectories(root.resolve("sys/class/video4linux"));
    }

    /** Plugs a camera in: its device, its interface at a port of a bus, and the links between them. */
    private void plug(final int number, final String bus, final String speed) throws IOException {
        final Path port = Files.createDirectories(root.resolve("sys/devices/pci0000:00/usb" + bus + "/" + bus + "-" + number));
        Files.writeString(port.resolve("busnum"), bus + "\n");
        Files.writeString(port.resolve("speed"), speed + "\n");
        Files.createDirectories(port.resolve("power"));
        Files.writeString(port.resolve("power/control"), "on\n");
        final Path face = Files.createDirectories(port.resolve(bus + "-" + number + ":1.0"));
        final Path video = Files.createDirectories(face.resolve("video4linux/video" + number));
        Files.createSymbolicLink(video.resolve("device"), face);
        Files.createSymbolicLink(root.resolve("sys/class/video4linux/video" + number), video);
        Files.createFile(root.resolve("dev/video" + number));
    }

    private void use(final String name, final String source) {
        profile.add(new CameraProfile(name, URI.create(source), 320, 240, 15, 1));
    }

    private List<Finding> findings() {
        return UsbCheck.cameras(new MachineFiles(root), profile);
    }

    @Test
    void oneCameraFitsOnABus() throws IOException {
        plug(0, "1", "480");
        use("top", "v4l2:/dev/video0?size=640x480&rate=30");
        use("net", "http://127.0.0.1:8191/top");
        assertEquals(List.of(Finding.ok("USB bus 1", "480 Mbit/s: top (640x480 yuyv at 30: 18.4 MB/s); 3 of 5 packets a microframe")), findings());
    }

    @Test
    void twoThatAreNotCompressedDoNotFitOnOneButOnTwo() throws IOException {
        plug(0, "1", "480");
        plug(1, "1", "480");
        plug(2, "3", "480");
        Files.createSymbolicLink(root.resolve("dev/v4l/by-id/usb-wrist"), Path.of("../../video1"));
        use("top", "v4l2:/dev/video0?size=640x480&rate=30");
        use("wrist", "v4l2:/dev/v4l/by-id/usb-wrist?size=640x480&rate=30");
        final Finding shared = findings().getFirst();
        assertFalse(shared.ok());
        assertTrue(shared.found().endsWith("; 6 of 5 packets a microframe") && shared.found().contains("wrist (640x480"), shared.found());
        assertTrue(shared.remedy().contains("format=mjpg"), shared.remedy());
        profile.removeLast();
        use("wrist", "v4l2:/dev/video2?size=640x480&rate=30");
        assertEquals(2, findings().size());
        assertTrue(findings().stream().allMatch(Finding::ok), findings().toString());
    }

    @Test
    void compressedOnesFit() throws IOException {
        plug(0, "1", "480");
        plug(1, "1", "480");
        use("top", "v4l2:/dev/video0?size=640x480&rate=30&format=mjpg");
        use("wrist", "v4l2:/dev/video1?size=640x480&rate=30");
        assertTrue(findings().getFirst().ok(), findings().toString());
    }

    @Test
    void aPictureThatNoMicroframeCarriesIsWarnedAbout() throws IOException {
        plug(0, "1", "480");
        use("top", "v4l2:/dev/video0?size=1280x720&rate=30");
        assertFalse(findings().getFirst().ok(), findings().toString());
        profile.clear();
        plug(1, "2", "5000");
        use("top", "v4l2:/dev/video1?size=1280x720&rate=30");
        assertTrue(findings().getFirst().ok(), findings().toString());
        for (int i = 0; i < 8; i++) {
            use("top" + i, "v4l2:/dev/video1?size=1280x720&rate=30");
        }
        assertFalse(findings().getFirst().ok(), "497 MB/s are more than 400: " + findings());
    }

    @Test
    void aCameraInAWrongPortAndOneThatSleepsAreTold() throws IOException {
        plug(0, "1", "12");
        use("top", "v4l2:/dev/video0");
        assertEquals("a camera at this speed is in a wrong port or on a bad cable", findings().getFirst().remedy());
        profile.clear();
        plug(1, "2", "480");
        Files.writeString(root.resolve("sys/devices/pci0000:00/usb2/2-1/power/control"), "auto\n");
        use("wrist", "v4l2:/dev/video1");
        assertTrue(findings().getFirst().ok() && findings().getFirst().found().contains("; unused they are put to sleep: wrist"), findings().toString());
    }

    @Test
    void whatIsNotThereOrNotOnUsbIsPassedOver() throws IOException {
        Files.createFile(root.resolve("dev/video5"));
        final Path platform = Files.createDirectories(root.resolve("sys/devices/platform/camera/video4linux/video5"));
        Files.createSymbolicLink(platform.resolve("device"), root.resolve("sys/devices/platform/camera"));
        Files.createSymbolicLink(root.resolve("sys/class/video4linux/video5"), platform);
        use("board", "v4l2:/dev/video5");
        use("gone", "v4l2:/dev/video9");
        assertEquals(List.of(), findings());
    }
}
