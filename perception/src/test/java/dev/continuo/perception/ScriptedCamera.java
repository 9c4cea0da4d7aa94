package dev.continuo.perception;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.imageio.ImageIO;

/** A camera for tests that answers each connection with what the test writes. */
final class ScriptedCamera implements AutoCloseable {
    static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=frame\r\n\r\n";

    private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /** What to send on one connection. */
    @FunctionalInterface
    interface Script {
        void play(int connection, OutputStream out) throws IOException, InterruptedException;
    }

    ScriptedCamera(final Script script) throws IOException {
        Thread.ofPlatform().daemon().start(() -> {
            for (int connection = 0; !server.isClosed(); connection++) {
                try (Socket socket = server.accept()) {
                    sockets.add(socket);
                    script.play(connection, socket.getOutputStream());
                } catch (final IOException e) {
                    // The other side went away, or the test is over.
                } catch (final InterruptedException e) {
                    return;
                }
            }
        });
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/top");
    }

    static byte[] jpeg(final int grey) throws IOException {
        final BufferedImage image = new BufferedImage(32, 24, BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < 24; y++) {
            for (int x = 0; x < 32; x++) {
                image.setRGB(x, y, grey * 0x010101);
            }
        }
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", out);
        return out.toByteArray();
    }

    static void head(final OutputStream out) throws IOException {
        text(out, HEAD);
    }

    static void text(final OutputStream out, final String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    static void part(final OutputStream out, final byte[] picture, final String headers) throws IOException {
        text(out, "--frame\r\nContent-Type: image/jpeg\r\n" + headers + "\r\n");
        out.write(picture);
        text(out, "\r\n");
    }

    static void part(final OutputStream out, final byte[] picture) throws IOException {
        part(out, picture, "Content-Length: " + picture.length + "\r\n");
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (final Socket socket : sockets) {
            socket.close();
        }
    }
}
