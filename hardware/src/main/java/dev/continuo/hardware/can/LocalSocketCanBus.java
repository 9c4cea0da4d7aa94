package dev.continuo.hardware.can;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A CAN bus behind a Unix-domain socket, 16-byte {@code can_frame} records both ways: how the simulated cell is reached.
 *
 * <p>{@link #poll} connects, and connects anew after a loss, at most once per {@link #RETRY_NANOS}. While connected no call
 * allocates.
 */
public final class LocalSocketCanBus extends LocalSocketEnd {
    /** Least time between two attempts to connect. */
    public static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Path path;
    private final UnixDomainSocketAddress address;
    private long nextAttemptNanos;
    private boolean attempted;
    private boolean closed;
    private long connections;

    /** A bus that will be reached through the socket at {@code path}, which need not exist yet. */
    public LocalSocketCanBus(final Path path) {
        this.path = path;
        this.address = UnixDomainSocketAddress.of(path);
        stream.complain("not tried yet");
    }

    @Override
    public int poll(final CanFrameHandler handler, final long nowNanos, final int limit) {
        if (!stream.isAttached()) {
            connect(nowNanos);
        }
        return stream.poll(handler, nowNanos, limit);
    }

    private void connect(final long nowNanos) {
        if (closed || attempted && nowNanos - nextAttemptNanos < 0) {
            return;
        }
        attempted = true;
        nextAttemptNanos = nowNanos + RETRY_NANOS;
        try {
            final SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.SO_SNDBUF, KERNEL_BUFFER_BYTES);
                if (channel.connect(address)) {
                    connections++;
                    stream.attach(channel);
                    return;
                }
                stream.complain("the listener is busy");
            } catch (final IOException complaint) {
                stream.complain(complaint.getMessage());
            }
            channel.close();
        } catch (final IOException complaint) {
            stream.complain(complaint.getMessage());
        }
    }

    /** Connections made since the start; more than one means that the bus was lost in between. */
    public long connections() {
        return connections;
    }

    @Override
    public String describe() {
        final String complaint = stream.lastComplaint();
        return "local socket " + path + (isConnected() ? "" : ", not connected") + (complaint.isEmpty() ? "" : " (" + complaint + ")");
    }

    @Override
    public void close() {
        closed = true;
        stream.detach("closed");
    }
}
