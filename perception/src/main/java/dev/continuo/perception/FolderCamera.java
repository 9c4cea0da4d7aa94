package dev.continuo.perception;

import dev.continuo.config.CameraProfile;
import dev.continuo.config.ProfileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.agrona.concurrent.NanoClock;

/**
 * Replays the JPEG and PNG files of a folder in the order of their names, at the profile's rate and again from the start at the end.
 * A file that cannot be decoded is counted and passed over.
 */
public final class FolderCamera implements Camera {
    private final CameraProfile profile;
    private final NanoClock clock;
    private final List<Path> files;
    private final PictureDecoder decoder;
    private final long periodNanos;
    private final long startNanos;
    private long taken;
    private final CameraCounts counts = new CameraCounts();

    /**
     * A camera over a folder, or over a single file.
     *
     * @throws ProfileException if there is no such folder or no picture in it
     */
    public FolderCamera(final CameraProfile profile, final Path source, final NanoClock clock) {
        this.profile = profile;
        this.clock = clock;
        this.files = pictures(profile, source);
        this.decoder = new PictureDecoder(profile.width(), profile.height());
        this.periodNanos = 1_000_000_000L / profile.rateHz();
        this.startNanos = clock.nanoTime();
    }

    @Override
    public String name() {
        return profile.name();
    }

    @Override
    public boolean poll(final Frame frame) {
        final long due = (clock.nanoTime() - startNanos) / periodNanos + 1;
        if (due <= taken) {
            return false;
        }
        counts.dropped.addAndGet(due - taken - 1);
        taken = due;
        counts.received.set(taken);
        try {
            final byte[] bytes = Files.readAllBytes(files.get((int) ((due - 1) % files.size())));
            decoder.decode(bytes, bytes.length, frame.rgb());
        } catch (final IOException e) {
            counts.corrupt.incrementAndGet();
            return false;
        }
        frame.sequence = due;
        frame.capturedAtNanos = startNanos + (due - 1) * periodNanos;
        return true;
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public CameraCounts counts() {
        return counts;
    }

    @Override
    public void close() {
        // Holds nothing open.
    }

    private static List<Path> pictures(final CameraProfile profile, final Path source) {
        if (Files.isRegularFile(source)) {
            return List.of(source);
        }
        try (Stream<Path> entries = Files.list(source)) {
            final List<Path> pictures = entries.filter(FolderCamera::isPicture).sorted().toList();
            if (pictures.isEmpty()) {
                throw new ProfileException("camera " + profile.name() + " at " + source + ": no JPEG or PNG files");
            }
            return pictures;
        } catch (final IOException e) {
            throw new ProfileException("camera " + profile.name() + " at " + source + ": cannot read the folder", e);
        }
    }

    /** Whether a file's name is that of a JPEG or PNG picture. */
    static boolean isPicture(final Path file) {
        final String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".jpg") || name.endsWith(".jpeg") || name.endsWith(".png");
    }
}
