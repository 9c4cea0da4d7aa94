package dev.continuo.supervision.doctor;

import dev.continuo.config.CameraProfile;
import dev.continuo.perception.v4l2.PixelFormat;
import dev.continuo.perception.v4l2.V4l2Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whether the USB buses of a machine carry what a profile's cameras send. A camera at high speed (480 Mbit/s) reserves one, two or three packets of 1024 bytes in each of the 8000 microframes of a second, whether it
 * fills them or not, and the kernel gives away four fifths of a microframe: five such packets. At higher speeds bytes are counted as they come.
 */
final class UsbCheck {
    private static final int HIGH_SPEED = 480;
    private static final int PACKET_BYTES = 1024;
    private static final int MICROFRAMES = 8000;
    private static final int MOST_PACKETS = 5;
    private static final int MOST_PACKETS_OF_ONE = 3;
    private static final int YUYV_BYTES = 2;
    /** What a camera sends whose source does not say. */
    private static final int USUAL_RATE = 30;
    /** What cameras make of a picture at the best quality that they offer. */
    private static final int JPEG_SMALLER = 5;
    private static final double USED = 0.8;
    private static final double MEGA = 1e6;

    private UsbCheck() {
    }

    /** A camera that hangs on a bus of the machine. */
    private record Camera(String name, V4l2Source source, int mbits, Path port) {
        int rate() {
            return source.rateHz() == 0 ? USUAL_RATE : source.rateHz();
        }

        double bytesPerSecond() {
            final double raw = (double) source.width() * source.height() * YUYV_BYTES * rate();
            return source.format() == PixelFormat.YUYV ? raw : raw / JPEG_SMALLER;
        }

        int packets() {
            return (int) Math.ceil(bytesPerSecond() / MICROFRAMES / PACKET_BYTES);
        }

        String text() {
            return String.format(Locale.ROOT, "%s (%dx%d %s at %d: %.1f MB/s)", name, source.width(), source.height(), source.format().name().toLowerCase(Locale.ROOT), rate(), bytesPerSecond() / MEGA);
        }
    }

    /** One finding for each bus that a camera of the profile hangs on; none for cameras that are not there, or not on USB. */
    static List<Finding> cameras(final MachineFiles files, final List<CameraProfile> cameras) {
        final Map<String, List<Camera>> buses = new TreeMap<>();
        for (final CameraProfile camera : cameras) {
            if (V4l2Source.SCHEME.equals(camera.source().getScheme())) {
                find(files, camera).ifPresent(found -> buses.computeIfAbsent(files.read(found.port().resolve("busnum").toString()).orElse("?"), bus -> new ArrayList<>()).add(found));
            }
        }
        return buses.entrySet().stream().map(bus -> judge(files, bus.getKey(), bus.getValue())).toList();
    }

    private static Optional<Camera> find(final MachineFiles files, final CameraProfile camera) {
        final V4l2Source source = V4l2Source.of(camera.name(), camera.source());
        try {
            final Path device = files.root().resolve(Path.of("/").relativize(source.device())).toRealPath();
            Path folder = files.root().resolve("sys/class/video4linux").resolve(device.getFileName()).resolve("device").toRealPath();
            while (folder != null && files.read(folder.resolve("busnum").toString()).isEmpty()) {
                folder = folder.getParent();
            }
            return Optional.ofNullable(folder).flatMap(port -> files.read(port.resolve("speed").toString()).map(speed -> new Camera(camera.name(), source, (int) Double.parseDouble(speed), port)));
        } catch (final IOException | NumberFormatException notThere) {
            return Optional.empty();
        }
    }

    private static Finding judge(final MachineFiles files, final String bus, final List<Camera> cameras) {
        final int mbits = cameras.stream().mapToInt(Camera::mbits).min().orElseThrow();
        final String subject = "USB bus " + bus;
        final String found = mbits + " Mbit/s: " + String.join(", ", cameras.stream().map(Camera::text).toList()) + sleeping(files, cameras);
        final String remedy = "format=mjpg, a smaller size or rate, or another bus: lsusb -t shows which port belongs to which";
        if (mbits < HIGH_SPEED) {
            return Finding.warn(subject, found, "a camera at this speed is in a wrong port or on a bad cable");
        }
        if (mbits == HIGH_SPEED) {
            final int packets = cameras.stream().mapToInt(Camera::packets).sum();
            final boolean fits = packets <= MOST_PACKETS && cameras.stream().allMatch(camera -> camera.packets() <= MOST_PACKETS_OF_ONE);
            final String reserved = found + "; " + packets + " of " + MOST_PACKETS + " packets a microframe";
            return fits ? Finding.ok(subject, reserved) : Finding.warn(subject, reserved, remedy);
        }
        final double most = USED * mbits * MEGA / 10;
        return cameras.stream().mapToDouble(Camera::bytesPerSecond).sum() <= most ? Finding.ok(subject, found) : Finding.warn(subject, found, remedy);
    }

    /** The kernel lets cameras that nobody looks at fall asleep; they take a moment to wake. */
    private static String sleeping(final MachineFiles files, final List<Camera> cameras) {
        final List<String> asleep = cameras.stream().filter(camera -> files.read(camera.port().resolve("power/control").toString()).filter("auto"::equals).isPresent()).map(Camera::name).toList();
        return asleep.isEmpty() ? "" : "; unused they are put to sleep: " + String.join(", ", asleep);
    }
}
