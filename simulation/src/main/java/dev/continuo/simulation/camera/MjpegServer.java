package dev.continuo.simulation.camera;

import dev.continuo.config.ProfileException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Serves pictures as MJPEG over HTTP on the loopback address, to any number of clients, each as fast as it takes them: a slow client
 * misses pictures and holds up nobody. Every part carries its length and, as {@code X-Timestamp}, the time of capture in nanoseconds.
 *
 * <p>{@link #publish} is called by one thread; the faults may be switched by any.
 */
public final class MjpegServer implements AutoCloseable {
    private static final float QUALITY = 0.9f;
    private static final int REQUEST_TIMEOUT_MILLIS = 2_000;
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);
    private static final int BACKLOG = 16;
    private static final int MAX_REQUEST_BYTES = 8192;
    private static final String BOUNDARY = "continuo";
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=" + BOUNDARY
        + "\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n";

    private final ServerSocket server;
    private final JpegEncoder encoder;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final Thread acceptor = Thread.ofPlatform().name("camera-server").daemon().unstarted(this::accept);
    private final Object newest = new Object();
    /** The newest picture, guarded by {@link #newest}. */
    private Picture picture = new Picture(new byte[0], 0, 0);
    private volatile Fault fault = Fault.NONE;
    private volatile boolean closed;

    /** What can be wrong with a camera. */
    public enum Fault {
        /** Nothing. */
        NONE,
        /** The last picture is sent again and again, with its time stamp. */
        FROZEN,
        /** Connections are closed, and new ones at once again. */
        CUT,
        /** Parts hold bytes that are no picture. */
        GARBAGE
    }

    private record Picture(byte[] jpeg, long capturedAtNanos, long number) {
    }

    /**
     * A server of pictures of the given size in pixels.
     *
     * @param port TCP port on the loopback address; 0 takes any free one
     * @throws ProfileException if the port is taken
     */
    public MjpegServer(final int port, final int width, final int height) {
        server = open(port);
        encoder = new JpegEncoder(width, height, QUALITY);
        acceptor.start();
    }

    private static ServerSocket open(final int port) {
        try {
            return new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (final IOException e) {
            throw new ProfileException("camera port " + port + " on 127.0.0.1 cannot be opened: " + e.getMessage(), e);
        } catch (final IllegalArgumentException e) {
            throw new ProfileException("camera port " + port + " is not a port number", e);
        }
    }

    /** The port that is served. */
    public int port() {
        return server.getLocalPort();
    }

    /** Number of clients at present. */
    public int clients() {
        return clients.size();
    }

    /** Switches a fault on, or all off. */
    public void fault(final Fault injected) {
        fault = injected;
        if (injected == Fault.CUT) {
            clients.forEach(MjpegServer::closeQuietly);
        }
    }

    /**
     * Encodes a picture and hands it to all clients.
     *
     * @param rgb             red, green, blue of each pixel, row by row
     * @param capturedAtNanos time of capture, of the system's monotonic clock
     */
    public void publish(final byte[] rgb, final long capturedAtNanos) {
        final Fault present = fault;
        final Picture old;
        synchronized (newest) {
            old = picture;
        }
        final Picture next = switch (present) {
            case FROZEN -> new Picture(old.jpeg(), old.capturedAtNanos(), old.number() + 1);
            case GARBAGE -> new Picture(garbage(old.number()), capturedAtNanos, old.number() + 1);
            case NONE, CUT -> new Picture(encoder.encode(rgb), capturedAtNanos, old.number() + 1);
        };
        synchronized (newest) {
            picture = next;
            newest.notifyAll();
        }
    }

    /** Ends all connections; afterwards the port is free for others. */
    @Override
    public void close() {
        closed = true;
        try {
            server.close();
        } catch (final IOException e) {
            // The port is given up anyway.
        }
        clients.forEach(MjpegServer::closeQuietly);
        synchronized (newest) {
            newest.notifyAll();
        }
        awaitAcceptor();
    }

    /** The kernel gives the port back only when the thread that waits in {@code accept} has left it. */
    private void awaitAcceptor() {
        try {
            acceptor.join(CLOSE_PATIENCE);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        while (!closed) {
            try {
                final Socket client = server.accept();
                if (fault == Fault.CUT) {
                    closeQuietly(client);
                } else {
                    clients.add(client);
                    Thread.ofPlatform().name("camera-client").daemon().start(() -> serve(client));
                }
            } catch (final IOException e) {
                // Closed, or one client failed while connecting.
            }
        }
    }

    private void serve(final Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            client.setSoTimeout(REQUEST_TIMEOUT_MILLIS);
            skipRequest(client);
            final OutputStream out = new BufferedOutputStream(client.getOutputStream(), 64 << 10);
            write(out, HEAD);
            out.flush();
            long sent = 0;
            while (!closed) {
                final Picture next = await(sent);
                sent = next.number();
                write(out, "--" + BOUNDARY + "\r\nContent-Type: image/jpeg\r\nContent-Length: " + next.jpeg().length
                    + "\r\nX-Timestamp: " + next.capturedAtNanos() + "\r\n\r\n");
                out.write(next.jpeg());
                write(out, "\r\n");
                out.flush();
            }
        } catch (final IOException e) {
            // The client went away, or was cut.
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            clients.remove(client);
        }
    }

    private Picture await(final long sent) throws InterruptedException {
        synchronized (newest) {
            while (!closed && picture.number() == sent) {
                newest.wait();
            }
            return picture;
        }
    }

    /** Reads to the empty line that ends a request. */
    private static void skipRequest(final Socket client) throws IOException {
        int ends = 0;
        for (int i = 0; i < MAX_REQUEST_BYTES && ends < 2; i++) {
            final int value = client.getInputStream().read();
            if (value < 0) {
                throw new IOException("no request");
            }
            ends = value == '\n' ? ends + 1 : value == '\r' ? ends : 0;
        }
    }

    private static byte[] garbage(final long seed) {
        final byte[] bytes = new byte[6_000];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    private static void write(final OutputStream out, final String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void closeQuietly(final Socket socket) {
        try {
            socket.close();
        } catch (final IOException e) {
            // It is given up anyway.
        }
    }
}
