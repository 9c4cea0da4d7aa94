package dev.continuo.benchmarks.bus;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.agrona.concurrent.IdleStrategy;

/** Messages over a TCP socket: each with its length in front. For one thread. */
final class TcpStream implements AutoCloseable {
    private final SocketChannel channel;
    private final IdleStrategy idle;
    private final ByteBuffer head = ByteBuffer.allocateDirect(Integer.BYTES);
    private final ByteBuffer[] parts = {head, null};

    /**
     * A connection.
     *
     * @param idle what to do while a polled socket has nothing; null to wait in the kernel
     */
    TcpStream(final SocketChannel channel, final IdleStrategy idle) throws IOException {
        this.channel = channel;
        this.idle = idle;
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(idle == null);
    }

    /** Sends the bytes from position to limit. */
    void send(final ByteBuffer message) throws IOException {
        head.clear().putInt(message.remaining()).flip();
        parts[1] = message;
        while (message.hasRemaining()) {
            if (channel.write(parts) == 0) {
                pause();
            } else if (idle != null) {
                idle.reset();
            }
        }
    }

    /** Receives one message into the buffer, from index 0, flipped. */
    void receive(final ByteBuffer into) throws IOException {
        fill(head.clear());
        final int length = head.flip().getInt();
        if (length < 0 || length > into.capacity()) {
            throw new IOException("a message of " + length + " bytes was announced");
        }
        fill(into.clear().limit(length));
        into.flip();
    }

    private void fill(final ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            final int count = channel.read(buffer);
            if (count < 0) {
                throw new EOFException("the other side closed the connection");
            }
            if (count == 0) {
                pause();
            } else if (idle != null) {
                idle.reset();
            }
        }
    }

    private void pause() {
        if (idle != null) {
            idle.idle();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
