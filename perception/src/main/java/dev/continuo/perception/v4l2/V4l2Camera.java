package dev.continuo.perception.v4l2;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.continuo.config.CameraProfile;
import dev.continuo.config.ProfileException;
import dev.continuo.perception.Camera;
import dev.continuo.perception.CameraCounts;
import dev.continuo.perception.Frame;
import dev.continuo.perception.PictureDecoder;
import dev.continuo.perception.Resampler;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Optional;
import org.agrona.concurrent.NanoClock;

/**
 * A camera of this computer. {@link #poll} takes the newest picture from the driver and gives the older ones back. A camera that is unplugged, or silent for two seconds, is looked for again twice a second;
 * a picture that is short, broken or half a JPEG is counted and passed over.
 *
 * <p>The time of a picture is the driver's, which for a UVC camera is the begin of its exposure, on the clock of {@link System#nanoTime}.
 */
public final class V4l2Camera implements Camera {
    private static final long RETRY_NANOS = 500_000_000L;
    /** Longer than the longest exposure of a webcam. */
    private static final long SILENT_NANOS = 2_000_000_000L;
    private static final int JPEG_BEGIN = 0xFFD8;
    private static final long PAUSE_MILLIS = 50;

    private final CameraProfile profile;
    private final V4l2Source source;
    private final VideoCalls calls;
    private final NanoClock clock;
    private final CameraCounts counts = new CameraCounts();
    private volatile boolean connected;
    private Optional<V4l2Stream> stream = Optional.empty();
    private long retryAtNanos;
    private long heardAtNanos;
    private long lastSequence = -1;
    private byte[] bytes = new byte[0];
    private byte[] whole = new byte[0];
    private byte[] used = new byte[0];
    private Optional<Resampler> resampler = Optional.empty();
    private Optional<PictureDecoder> decoder = Optional.empty();

    V4l2Camera(final CameraProfile profile, final V4l2Source source, final VideoCalls calls, final NanoClock clock) throws IOException {
        this.profile = profile;
        this.source = source;
        this.calls = calls;
        this.clock = clock;
        adopt(V4l2Stream.open(calls, source));
    }

    /**
     * Opens a camera.
     *
     * @param clock    of the times in frames, that of {@link System#nanoTime}
     * @param patience how long to try again while it is not there
     * @throws ProfileException if it cannot be used, with what is in the way
     */
    public static V4l2Camera open(final CameraProfile profile, final NanoClock clock, final Duration patience) {
        final V4l2Source source = V4l2Source.of(profile.name(), profile.source());
        final long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return new V4l2Camera(profile, source, new LinuxVideoCalls(), clock);
            } catch (final IOException failure) {
                if (System.nanoTime() - deadline >= 0 || !pause()) {
                    throw new ProfileException("camera " + profile.name() + ": " + failure.getMessage(), failure);
                }
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
            return true;
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void adopt(final V4l2Stream opened) {
        stream = Optional.of(opened);
        lastSequence = -1;
        heardAtNanos = clock.nanoTime();
        final int columns = source.half() == V4l2Source.Half.WHOLE ? opened.width() : opened.width() / 2;
        whole = new byte[Frame.CHANNELS * opened.width() * opened.height()];
        used = columns == opened.width() ? whole : new byte[Frame.CHANNELS * columns * opened.height()];
        resampler = columns == profile.width() && opened.height() == profile.height()
            ? Optional.empty() : Optional.of(new Resampler(columns, opened.height(), profile.width(), profile.height()));
        decoder = opened.format() == PixelFormat.MJPG ? Optional.of(new PictureDecoder(opened.width(), opened.height())) : Optional.empty();
        connected = true;
    }

    @Override
    public String name() {
        return profile.name();
    }

    @Override
    public boolean poll(final Frame frame) {
        if (stream.isEmpty() && !reopen()) {
            return false;
        }
        final V4l2Stream open = stream.get();
        try {
            if (!open.take()) {
                requireLife();
                return false;
            }
            heardAtNanos = clock.nanoTime();
            count(open.sequence());
            final boolean good = !open.broken() && read(open);
            open.giveBack();
            if (!good) {
                counts.corrupt.incrementAndGet();
                return false;
            }
            finish(open, frame);
            return true;
        } catch (final IOException gone) {
            open.close();
            stream = Optional.empty();
            connected = false;
            retryAtNanos = clock.nanoTime() + RETRY_NANOS;
            return false;
        }
    }

    /** A camera that hangs is opened anew, as one that was unplugged. */
    private void requireLife() throws IOException {
        if (clock.nanoTime() - heardAtNanos > SILENT_NANOS) {
            throw new IOException(source.device() + " gives no pictures any more");
        }
    }

    private boolean reopen() {
        if (clock.nanoTime() - retryAtNanos < 0) {
            return false;
        }
        try {
            adopt(V4l2Stream.open(calls, source));
            counts.reconnects.incrementAndGet();
            return true;
        } catch (final IOException stillGone) {
            retryAtNanos = clock.nanoTime() + RETRY_NANOS;
            return false;
        }
    }

    private void count(final long sequence) {
        counts.received.incrementAndGet();
        if (lastSequence >= 0 && sequence > lastSequence + 1) {
            counts.dropped.addAndGet(sequence - lastSequence - 1);
        }
        lastSequence = sequence;
    }

    /** Makes red, green, blue of a picture; whether it is one. */
    private boolean read(final V4l2Stream open) {
        final MemorySegment picture = open.picture();
        final int length = (int) picture.byteSize();
        if (bytes.length < length) {
            bytes = new byte[length];
        }
        MemorySegment.copy(picture, JAVA_BYTE, 0, bytes, 0, length);
        if (decoder.isPresent()) {
            return decode(decoder.get(), length);
        }
        if (length < open.lineBytes() * (open.height() - 1) + 2 * open.width()) {
            return false;
        }
        Yuyv.toRgb(bytes, open.lineBytes(), open.width(), open.height(), whole);
        return true;
    }

    private boolean decode(final PictureDecoder jpeg, final int length) {
        if (length < 4 || ((bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF) != JPEG_BEGIN) {
            return false;
        }
        try {
            jpeg.decode(bytes, length, whole);
            return true;
        } catch (final IOException halfPicture) {
            return false;
        }
    }

    private void finish(final V4l2Stream open, final Frame frame) {
        if (used != whole) {
            final int row = used.length / open.height();
            final int begin = source.half() == V4l2Source.Half.LEFT ? 0 : whole.length / open.height() - row;
            for (int y = 0; y < open.height(); y++) {
                System.arraycopy(whole, y * (whole.length / open.height()) + begin, used, y * row, row);
            }
        }
        if (resampler.isPresent()) {
            resampler.get().resample(used, frame.rgb());
        } else {
            System.arraycopy(used, 0, frame.rgb(), 0, frame.rgb().length);
        }
        frame.sequence = counts.received.get();
        frame.capturedAtNanos = open.capturedAtNanos() == Long.MIN_VALUE ? clock.nanoTime() : open.capturedAtNanos();
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
        stream.ifPresent(V4l2Stream::close);
        stream = Optional.empty();
        connected = false;
    }
}
