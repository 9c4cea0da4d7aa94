package dev.continuo.perception.video;

import dev.continuo.config.CameraProfile;
import dev.continuo.config.ProfileException;
import dev.continuo.perception.Camera;
import dev.continuo.perception.CameraCounts;
import dev.continuo.perception.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.NanoClock;

/**
 * Plays a video file at the file's own times, again from the start at the end. A picture's time of capture is the time at which it is shown.
 *
 * <p>Decodes in the thread that polls, as much as has become due. Who comes later than a quarter of a second, or than the profile's rate asks for,
 * finds the video where it was left. Pictures that are broken are counted and passed over; a file that at the end is gone or no video any more is looked
 * for twice a second.
 */
public final class VideoCamera implements Camera {
    private static final long RETRY_NANOS = 500_000_000L;
    private static final long TOLERATED_LAG_NANOS = 250_000_000L;

    private final CameraProfile profile;
    private final Path path;
    private final NanoClock clock;
    private final long longestLagNanos;
    private final CameraCounts counts = new CameraCounts();
    private final VideoPicture shown;
    private final VideoPicture coming;
    private VideoFile file;
    private long passBeganAtNanos;
    private long retryAtNanos;
    private volatile boolean connected;
    private boolean closed;

    /**
     * A camera over a video file; its first picture is due at once.
     *
     * @throws ProfileException if there is no such file, or it is no video
     */
    public VideoCamera(final CameraProfile profile, final Path path, final NanoClock clock) {
        this.profile = profile;
        this.path = path;
        this.clock = clock;
        longestLagNanos = TOLERATED_LAG_NANOS + 1_000_000_000L / profile.rateHz();
        try {
            Ffmpeg.load();
            shown = new VideoPicture();
            coming = new VideoPicture();
        } catch (final IOException e) {
            throw refusal(e);
        }
        try {
            begin(clock.nanoTime());
        } catch (final IOException e) {
            close();
            throw refusal(e);
        }
    }

    private ProfileException refusal(final IOException why) {
        return new ProfileException("camera " + profile.name() + " at " + path + ": " + why.getMessage(), why);
    }

    @Override
    public String name() {
        return profile.name();
    }

    @Override
    public boolean poll(final Frame frame) {
        final long nowNanos = clock.nanoTime();
        if (!connected && !reconnect(nowNanos)) {
            return false;
        }
        final long lagNanos = nowNanos - dueNanos();
        passBeganAtNanos += lagNanos > longestLagNanos ? lagNanos : 0;
        int taken = 0;
        long capturedAtNanos = 0;
        for (; connected && dueNanos() <= nowNanos; taken++) {
            capturedAtNanos = dueNanos();
            counts.received.incrementAndGet();
            shown.moveFrom(coming);
            advance(nowNanos);
        }
        if (taken == 0) {
            return false;
        }
        counts.dropped.addAndGet(taken - 1);
        try {
            shown.read(frame);
        } catch (final IOException e) {
            counts.corrupt.incrementAndGet();
            return false;
        }
        frame.sequence = counts.received.get();
        frame.capturedAtNanos = capturedAtNanos;
        return true;
    }

    /** When the coming picture is shown. */
    private long dueNanos() {
        return passBeganAtNanos + file.timeNanos();
    }

    private void advance(final long nowNanos) {
        if (file.next(coming)) {
            return;
        }
        try {
            begin(passBeganAtNanos + file.endNanos());
        } catch (final IOException gone) {
            connected = false;
            retryAtNanos = nowNanos + RETRY_NANOS;
        }
    }

    private boolean reconnect(final long nowNanos) {
        if (closed || nowNanos - retryAtNanos < 0) {
            return false;
        }
        try {
            begin(nowNanos);
            counts.reconnects.incrementAndGet();
            return true;
        } catch (final IOException stillGone) {
            retryAtNanos = nowNanos + RETRY_NANOS;
            return false;
        }
    }

    /** Opens the file anew, so that every pass is like the first and a file that was replaced is seen. */
    private void begin(final long atNanos) throws IOException {
        closeFile();
        if (!Files.isReadable(path)) {
            throw new IOException(Files.exists(path) ? "not permitted" : "no such file");
        }
        file = new VideoFile(path, counts);
        passBeganAtNanos = atNanos;
        if (!file.next(coming)) {
            throw new IOException("holds no picture that can be decoded");
        }
        connected = true;
    }

    private void closeFile() {
        if (file != null) {
            file.close();
            file = null;
        }
    }

    @Override
    public boolean isConnected() {
        return connected;
    }

    @Override
    public CameraCounts counts() {
        return counts;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        connected = false;
        closeFile();
        shown.close();
        coming.close();
    }
}
