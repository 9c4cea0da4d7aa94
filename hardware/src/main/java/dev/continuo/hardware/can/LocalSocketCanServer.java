package dev.continuo.hardware.can;

import dev.continuo.config.ProfileException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The listening end of a {@link LocalSocketCanBus}: the motors of a simulated cell.
 *
 * <p>It serves one client at a time. A second one is turned away while the first is connected; when the first goes, the next may
 * come. {@link #poll} accepts, at most once per {@link #ACCEPT_NANOS}.
 */
public final class LocalSocketCanServer extends LocalSocketEnd {
    /** Least time between two looks for a client. */
    public static final long ACCEPT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Path path;
    private final ServerSocketChannel listener;
    private long nextAcceptNanos;
    private boolean looked;
    private long connections;
    private long refused;

    /**
     * Listens at {@code path}; a socket that a dead process left there is replaced.
     *
     * @throws ProfileException if the path is in use by a live process, is no socket, or cannot be made
     */
    public LocalSocketCanServer(final Path path) {
        this.path = path;
        final UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
        try {
            removeStale(path, address);
            if (path.toAbsolutePath().getParent() != null) {
                Files.createDirectories(path.toAbsolutePath().getParent());
            }
            listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listener.bind(address);
            listener.configureBlocking(false);
        } catch (final IOException complaint) {
            throw new ProfileException("cannot listen for CAN frames at " + path + ": " + complaint.getMessage(), complaint);
        }
    }

    private static void removeStale(final Path path, final UnixDomainSocketAddress address) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        if (Files.isRegularFile(path) || Files.isDirectory(path)) {
            throw new IOException("a file that is no socket is in the way");
        }
        try (SocketChannel probe = SocketChannel.open(address)) {
            throw new ProfileException("cannot listen for CAN frames at " + path + ": another process listens there"
                + (probe.isConnected() ? "" : " already"));
        } catch (final IOException nobodyThere) {
            Files.deleteIfExists(path);
        }
    }

    @Override
    public int poll(final CanFrameHandler handler, final long nowNanos, final int limit) {
        if (!looked || nowNanos - nextAcceptNanos >= 0) {
            looked = true;
            nextAcceptNanos = nowNanos + ACCEPT_NANOS;
            accept();
        }
        return stream.poll(handler, nowNanos, limit);
    }

    private void accept() {
        try {
            final SocketChannel client = listener.isOpen() ? listener.accept() : null;
            if (client == null) {
                return;
            }
            if (stream.isAttached()) {
                refused++;
                client.close();
                return;
            }
            client.configureBlocking(false);
            client.setOption(StandardSocketOptions.SO_SNDBUF, KERNEL_BUFFER_BYTES);
            connections++;
            stream.attach(client);
        } catch (final IOException complaint) {
            stream.complain(complaint.getMessage());
        }
    }

    /** Clients served since the start. */
    public long connections() {
        return connections;
    }

    /** Clients turned away because one was connected already. */
    public long refusedClients() {
        return refused;
    }

    /** Drops the client, as a pulled cable would; it may connect again. */
    public void disconnect() {
        stream.detach("disconnected");
    }

    @Override
    public String describe() {
        return "local socket " + path + (isConnected() ? ", one client" : ", no client");
    }

    @Override
    public void close() {
        stream.detach("closed");
        try {
            listener.close();
            Files.deleteIfExists(path);
        } catch (final IOException ignored) {
            // Nothing is left to do with it.
        }
    }
}
