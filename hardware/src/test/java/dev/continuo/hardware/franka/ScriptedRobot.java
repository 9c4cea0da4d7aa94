package dev.continuo.hardware.franka;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.concurrent.UnsafeBuffer;

/** A robot that answers each request as a test says; connections one after the other. */
final class ScriptedRobot implements Closeable {
    /** What to do about a request. */
    @FunctionalInterface
    interface Script {
        void answer(FciHeader header, byte[] payload, OutputStream out) throws IOException;
    }

    private final ServerSocket server = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
    private final List<FciHeader> headers = new CopyOnWriteArrayList<>();

    ScriptedRobot(final Script script) throws IOException {
        Thread.ofVirtual().start(() -> serve(script));
    }

    private void serve(final Script script) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                final DataInputStream in = new DataInputStream(socket.getInputStream());
                while (true) {
                    final byte[] head = in.readNBytes(FciHeader.BYTES);
                    if (head.length < FciHeader.BYTES) {
                        break;
                    }
                    final FciHeader header = FciHeader.read(new UnsafeBuffer(head), 0);
                    headers.add(header);
                    script.answer(header, in.readNBytes(header.bytes() - FciHeader.BYTES), socket.getOutputStream());
                }
            } catch (final IOException hungUp) {
                // The next connection, or none when the test is over.
            }
        }
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort());
    }

    /** The headers of all requests so far. */
    List<FciHeader> headers() {
        return headers;
    }

    static byte[] answer(final FciHeader header, final byte... payload) {
        final ByteBuffer message = ByteBuffer.allocate(FciHeader.BYTES + payload.length).order(ByteOrder.LITTLE_ENDIAN);
        return message.putInt(header.command()).putInt(header.request()).putInt(message.capacity()).put(payload).array();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
