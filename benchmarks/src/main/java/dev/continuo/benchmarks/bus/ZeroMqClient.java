package dev.continuo.benchmarks.bus;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** Asks over ZeroMQ, as its guide does: a message is an array of bytes. */
final class ZeroMqClient implements EchoClient {
    private final ZContext context = new ZContext();
    private final ZMQ.Socket socket = context.createSocket(SocketType.PAIR);
    private final UnsafeBuffer message = new UnsafeBuffer(0, 0);

    ZeroMqClient(final int port) {
        socket.setReceiveTimeOut((int) TimeUnit.NANOSECONDS.toMillis(TIMEOUT_NANOS));
        socket.connect("tcp://127.0.0.1:" + port);
    }

    @Override
    public long exchange(final ByteBuffer request, final int length) {
        // The library keeps the array: each message needs one of its own.
        final byte[] sent = new byte[length];
        request.get(0, sent);
        socket.send(sent);
        final byte[] reply = socket.recv();
        if (reply == null) {
            throw EchoClient.silent(Transport.ZEROMQ);
        }
        message.wrap(reply);
        return reply.length == length ? EchoClient.stamp(message, 0, length) : DAMAGED;
    }

    @Override
    public void close() {
        context.close();
    }
}
