package dev.continuo.simulation.franka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A TCP port that has one client at a time, whose requests are taken in when {@link #poll} is called. What is no request ends the connection. For one thread.
 */
final class ClientPort implements AutoCloseable {
    private static final int LONGEST_REQUEST = 4096;

    /** What is spoken on the port. */
    interface Protocol {
        /** Bytes from which the length can be read. */
        int headerBytes();

        /** Bytes of the whole request. */
        int length(DirectBuffer received, int at);

        /**
         * Handles a request.
         *
         * @throws IllegalArgumentException when it is none
         */
        void handle(DirectBuffer received, int at, int length);

        /** The client is gone. */
        void gone();
    }

    private final Protocol protocol;
    private final Consumer<String> journal;
    private final ServerSocketChannel listening;
    private final ByteBuffer requests = ByteBuffer.allocateDirect(LONGEST_REQUEST);
    private final UnsafeBuffer received = new UnsafeBuffer(requests);
    private SocketChannel client;

    /**
     * Listens.
     *
     * @param address port 0 for any that is free
     * @param journal is told, a line each, who comes and goes and why
     * @throws UncheckedIOException when the port is taken
     */
    ClientPort(final InetSocketAddress address, final Protocol protocol, final Consumer<String> journal) {
        this.protocol = protocol;
        this.journal = journal;
        try {
            listening = ServerSocketChannel.open();
            listening.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listening.bind(address);
            listening.configureBlocking(false);
        } catch (final IOException failure) {
            throw new UncheckedIOException(address + ": " + failure.getMessage(), failure);
        }
    }

    /** Where it listens. */
    InetSocketAddress address() {
        try {
            return (InetSocketAddress) listening.getLocalAddress();
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Whether somebody is connected. */
    boolean connected() {
        return client != null;
    }

    /** Where the client is. */
    InetAddress client() {
        return client.socket().getInetAddress();
    }

    /** Takes in what has come, and who. */
    void poll() {
        if (client != null) {
            serve();
        }
        welcome();
    }

    private void welcome() {
        try {
            final SocketChannel other = listening.accept();
            if (other == null) {
                return;
            }
            if (client != null) {
                journal.accept(other.getRemoteAddress() + " is turned away: " + client.getRemoteAddress() + " is connected");
                other.close();
                return;
            }
            other.configureBlocking(false);
            other.setOption(StandardSocketOptions.TCP_NODELAY, true);
            client = other;
            requests.clear();
        } catch (final IOException failure) {
            journal.accept("a client could not be welcomed: " + failure.getMessage());
        }
    }

    private void serve() {
        try {
            if (client.read(requests) < 0) {
                dismiss("the client has hung up");
                return;
            }
        } catch (final IOException failure) {
            dismiss(failure.getMessage());
            return;
        }
        requests.flip();
        while (client != null && requests.remaining() >= protocol.headerBytes() && handleNext()) {
            // As many as there are.
        }
        requests.compact();
    }

    /** Handles a request if it is whole. */
    private boolean handleNext() {
        final int at = requests.position();
        final int length = protocol.length(received, at);
        if (length < protocol.headerBytes() || length > LONGEST_REQUEST) {
            dismiss("a request of " + length + " bytes");
            return false;
        }
        if (requests.remaining() < length) {
            return false;
        }
        requests.position(at + length);
        try {
            protocol.handle(received, at, length);
            return true;
        } catch (final IllegalArgumentException malformed) {
            dismiss(malformed.getMessage());
            return false;
        }
    }

    /** Sends an answer. */
    void send(final ByteBuffer message) {
        try {
            while (client != null && message.hasRemaining()) {
                if (client.write(message) == 0) {
                    Thread.onSpinWait();
                }
            }
        } catch (final IOException failure) {
            dismiss(failure.getMessage());
        }
    }

    /** Ends the connection, if there is one. */
    void dismiss(final String why) {
        if (client == null) {
            return;
        }
        journal.accept("connection closed: " + why);
        try {
            client.close();
        } catch (final IOException ignored) {
            // What is to be gone is gone.
        }
        client = null;
        protocol.gone();
    }

    @Override
    public void close() {
        dismiss("switched off");
        try {
            listening.close();
        } catch (final IOException ignored) {
            // What is to be gone is gone.
        }
    }
}
