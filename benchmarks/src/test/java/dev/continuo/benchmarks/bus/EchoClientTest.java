package dev.continuo.benchmarks.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EchoClientTest {
    private static final int LENGTH = 300_000;

    @Test
    void aMessageWhoseEndDoesNotFitItsBeginIsDamaged() {
        final UnsafeBuffer message = new UnsafeBuffer(new byte[64]);
        message.putLong(8, 7);
        message.putLong(32, 7);
        assertEquals(7, EchoClient.stamp(message, 8, 32));
        assertEquals(EchoClient.DAMAGED, EchoClient.stamp(message, 8, 40));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void messagesLargerThanTheSocketsBuffersComeThroughWhole(final boolean polled) throws IOException, InterruptedException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            final Thread echo = Thread.ofPlatform().daemon().start(() -> echoOnce(listener));
            final int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
            try (TcpClient client = new TcpClient(port, polled ? new YieldingIdleStrategy() : null, LENGTH)) {
                final ByteBuffer request = ByteBuffer.allocateDirect(LENGTH).putLong(0, 5).putLong(LENGTH - Long.BYTES, 5);
                assertEquals(Long.reverseBytes(5), client.exchange(request, LENGTH));
            }
            echo.join(5_000);
        }
    }

    private static void echoOnce(final ServerSocketChannel listener) {
        try (SocketChannel channel = listener.accept(); TcpStream stream = new TcpStream(channel, null)) {
            final ByteBuffer message = ByteBuffer.allocateDirect(LENGTH);
            stream.receive(message);
            stream.send(message);
        } catch (final IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
