package dev.continuo.benchmarks.bus;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/** Asks over a loopback TCP socket. */
final class TcpClient implements EchoClient {
    private final TcpStream stream;
    private final ByteBuffer reply;
    private final UnsafeBuffer message;

    /** Connects; {@code idle} is null for a socket that waits in the kernel. */
    TcpClient(final int port, final IdleStrategy idle, final int maxBytes) throws IOException {
        stream = new TcpStream(SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)), idle);
        reply = ByteBuffer.allocateDirect(maxBytes);
        message = new UnsafeBuffer(reply);
    }

    @Override
    public long exchange(final ByteBuffer request, final int length) throws IOException {
        stream.send(request.clear().limit(length));
        stream.receive(reply);
        return reply.limit() == length ? EchoClient.stamp(message, 0, length) : DAMAGED;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
