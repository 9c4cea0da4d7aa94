package dev.continuo.perception;

import dev.continuo.config.CameraProfile;
import dev.continuo.config.ProfileException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.CRC32;
import org.agrona.concurrent.NanoClock;

/**
 * A network camera that sends MJPEG over HTTP.
 *
 * <p>A thread of its own reads pictures and keeps the newest; {@link #poll} decodes it in the caller's thread. A connection that is
 * lost, silent or broken is made anew, with growing pauses. A picture that repeats the one before, by its time stamp or byte for
 * byte, is counted and not delivered, so that a frozen camera grows old instead of staying new.
 *
 * <p>The time of a picture is its {@code X-Timestamp} header where the sender's clock is the receiver's (same machine), else the time
 * when its last byte was received.
 */
public final class MjpegCamera implements Camera {
    private static final int TIMEOUT_MILLIS = 1_000;
    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;
    private static final int DEFAULT_PORT = 80;
    /** A time stamp farther from now than this was made by another clock. */
    private static final long SAME_CLOCK_NANOS = 5_000_000_000L;

    private final CameraProfile profile;
    private final NanoClock clock;
    private final PictureDecoder decoder;
    private final Thread reader;
    private final CameraCounts counts = new CameraCounts();
    private final CRC32 checksum = new CRC32();
    private long lastChecksum = -1;
    private long lastTimestamp = Long.MIN_VALUE;

    private final Object newest = new Object();
    /** The newest picture, guarded by {@link #newest}. */
    private byte[] pending = new byte[64 << 10];
    private int pendingLength;
    private long pendingSequence;
    private long pendingCapturedAtNanos;
    private boolean waiting;

    private byte[] taken = new byte[64 << 10];
    private volatile boolean connected = true;
    private volatile boolean closed;
    private volatile Connection connection;

    /** A connection whose answer has begun as it should. */
    private record Connection(Socket socket, MjpegStream stream) {
        void close() {
            closeQuietly(socket);
        }
    }

    private MjpegCamera(final CameraProfile profile, final NanoClock clock, final Connection first) {
        this.profile = profile;
        this.clock = clock;
        this.decoder = new PictureDecoder(profile.width(), profile.height());
        this.connection = first;
        this.reader = Thread.ofPlatform().name("camera-" + profile.name()).daemon().unstarted(this::readOn);
    }

    /**
     * Connects to a camera.
     *
     * @param clock    of the times in frames
     * @param patience how long to try again while nobody answers
     * @throws ProfileException if it does not answer, or answers with something else than pictures
     */
    public static MjpegCamera open(final CameraProfile profile, final NanoClock clock, final Duration patience) {
        final long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                final MjpegCamera camera = new MjpegCamera(profile, clock, connect(profile));
                camera.reader.start();
                return camera;
            } catch (final IOException e) {
                if (System.nanoTime() - deadline >= 0 || !pause(FIRST_PAUSE_MILLIS)) {
                    throw new ProfileException("camera " + profile.name() + " at " + profile.source() + ": " + reason(e), e);
                }
            }
        }
    }

    @Override
    public String name() {
        return profile.name();
    }

    @Override
    public boolean poll(final Frame frame) {
        final int length;
        final long sequence;
        final long capturedAtNanos;
        synchronized (newest) {
            if (!waiting) {
                return false;
            }
            final byte[] swapped = taken;
            taken = pending;
            pending = swapped;
            length = pendingLength;
            sequence = pendingSequence;
            capturedAtNanos = pendingCapturedAtNanos;
            waiting = false;
        }
        try {
            decoder.decode(taken, length, frame.rgb());
        } catch (final IOException e) {
            counts.corrupt.incrementAndGet();
            return false;
        }
        frame.sequence = sequence;
        frame.capturedAtNanos = capturedAtNanos;
        return true;
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
        closed = true;
        reader.interrupt();
        connection.close();
        try {
            reader.join(TIMEOUT_MILLIS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void readOn() {
        long pauseMillis = FIRST_PAUSE_MILLIS;
        while (!closed) {
            final long before = counts.received.get();
            try {
                readPictures(connection.stream());
            } catch (final IOException e) {
                connected = false;
                connection.close();
            }
            pauseMillis = counts.received.get() > before ? FIRST_PAUSE_MILLIS : Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
            while (!closed && !connected && pause(pauseMillis)) {
                try {
                    connection = connect(profile);
                    connected = true;
                    counts.reconnects.incrementAndGet();
                } catch (final IOException e) {
                    pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
                }
            }
        }
        connection.close();
    }

    /** Leaves by an exception unless the camera is closed: the stream's end is one. */
    private void readPictures(final MjpegStream stream) throws IOException {
        long skipped = 0;
        while (!closed) {
            stream.next();
            final long arrivedAtNanos = clock.nanoTime();
            counts.received.incrementAndGet();
            counts.corrupt.addAndGet(stream.skipped() - skipped);
            skipped = stream.skipped();
            if (isRepeated(stream)) {
                counts.repeated.incrementAndGet();
                continue;
            }
            final long stamp = stream.timestampNanos();
            final boolean sameClock = stamp != Long.MIN_VALUE && Math.abs(arrivedAtNanos - stamp) < SAME_CLOCK_NANOS;
            synchronized (newest) {
                if (waiting) {
                    counts.dropped.incrementAndGet();
                }
                pendingLength = stream.length();
                pending = stream.exchange(pending);
                pendingSequence = counts.received.get();
                pendingCapturedAtNanos = sameClock ? Math.min(stamp, arrivedAtNanos) : arrivedAtNanos;
                waiting = true;
            }
        }
    }

    private boolean isRepeated(final MjpegStream stream) {
        checksum.reset();
        checksum.update(stream.picture(), 0, stream.length());
        final long stamp = stream.timestampNanos();
        final boolean same = stamp != Long.MIN_VALUE ? stamp == lastTimestamp : checksum.getValue() == lastChecksum;
        lastTimestamp = stamp;
        lastChecksum = checksum.getValue();
        return same;
    }

    private static Connection connect(final CameraProfile profile) throws IOException {
        final URI source = profile.source();
        if (source.getHost() == null) {
            throw new IOException("names no host");
        }
        final int port = source.getPort() < 0 ? DEFAULT_PORT : source.getPort();
        final Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(InetAddress.getByName(source.getHost()), port), CONNECT_TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            final String path = source.getRawPath() == null || source.getRawPath().isEmpty() ? "/" : source.getRawPath();
            final String query = source.getRawQuery() == null ? "" : "?" + source.getRawQuery();
            socket.getOutputStream().write(("GET " + path + query + " HTTP/1.1\r\nHost: " + source.getHost() + ":" + port
                + "\r\nAccept: multipart/x-mixed-replace\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new Connection(socket, new MjpegStream(socket.getInputStream()));
        } catch (final IOException e) {
            closeQuietly(socket);
            throw e;
        }
    }

    private static String reason(final IOException e) {
        if (e instanceof ConnectException) {
            return "connection refused";
        }
        if (e instanceof SocketTimeoutException) {
            return "no answer";
        }
        return e instanceof java.net.UnknownHostException ? "unknown host" : e.getMessage();
    }

    private static boolean pause(final long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void closeQuietly(final Socket socket) {
        try {
            socket.close();
        } catch (final IOException e) {
            // Nothing is lost: the socket is given up anyway.
        }
    }
}
