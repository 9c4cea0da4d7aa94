package dev.continuo.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.continuo.config.TlsProfile;
import dev.continuo.supervision.tls.Certificates;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * All listeners of a service that plays, and strangers at each: with nothing, with something wrong, with garbage, slowly, with too much, too often. Nothing comes of it: the arms go on playing, nobody is restarted,
 * and what is told is told once. Which loop is late is asserted loosely, for the machine is shared with the rest of the build.
 */
class StrangersTest {
    private static final int PATIENCE_SECONDS = 150;
    private static final String VIEWER = "viewer-0123456789";
    private static final String OPERATOR = "operator-0123456789";
    private static final int CONTROL_PORT = 25720;
    private static final int CAMERA_PORT = 8391;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SplittableRandom random = new SplittableRandom(1);
    private final List<AutoCloseable> kept = new ArrayList<>();
    @TempDir
    private Path folder;

    private Path profile(final String more) throws IOException {
        return Files.writeString(folder.resolve("test.conf"), """
            extends = "arx-sim"
            bus.directory = /dev/shm/continuo-test-%1$d
            cluster { control-port = %3$d, brain-port = %4$d, cell-port = %5$d }
            cell.trial-timeout = 10 s
            definitions {
              camera-port = %6$d
              left-transport.path = "%2$s/left.sock"
              right-transport.path = "%2$s/right.sock"
            }
            %7$s
            """.formatted(ProcessHandle.current().pid(), folder, CONTROL_PORT, CONTROL_PORT + 1, CONTROL_PORT + 2, CAMERA_PORT, more));
    }

    private LaunchedService start(final Path profile) {
        return LaunchedService.start(folder, Map.of("CONTINUO_STATE", folder.toString()), "run", "--profile", profile.toString());
    }

    @Test
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void nothingComesOfThemWithTokens() throws Exception {
        final Path conf = profile("web { viewer-token-file = \"%s\", operator-token-file = \"%s\" }".formatted(secret("viewer", VIEWER), secret("operator", OPERATOR)));
        try (LaunchedService service = start(conf); HttpClient client = HttpClient.newHttpClient()) {
            final URI address = service.address(PATIENCE_SECONDS);
            awaitPlaying(service, client, address);
            final JsonNode before = report(client, address);

            wrongTokens(client, address);
            foxgloveWithoutToken(client, address);
            tcp(address.getPort());
            datagrams();
            tcp(CAMERA_PORT);
            canSocket(folder.resolve("left.sock"));

            assertUnharmed(service, before, report(client, address));
            assertToldOnce("control", "refused 127.0.0.1: no valid token");
            assertToldOnce("control", "refused 127.0.0.1: it sent no request");
            finish(service, client, address);
        } finally {
            hangUp();
        }
    }

    @Test
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void nothingComesOfThemWithCertificates() throws Exception {
        final Certificates certificates = new Certificates(folder);
        certificates.authority("site", "CN=site");
        certificates.authority("elsewhere", "CN=site");
        final TlsProfile robot = certificates.signed("site", "robot", "CN=robot");
        certificates.signed("site", "operator", "CN=Otto, OU=operator");
        certificates.signed("elsewhere", "stranger", "CN=robot, OU=operator");
        final String files = "certificate = \"%s\", key = \"%s\"".formatted(robot.certificate(), robot.key());
        final Path conf = profile("web.tls { %1$s, clients = \"%2$s\" }\ncluster.tls { %1$s, authority = \"%2$s\" }".formatted(files, certificates.certificate("site")));
        try (LaunchedService service = start(conf); HttpClient client = HttpClient.newBuilder().sslContext(certificates.showing("operator")).build();
            HttpClient nobody = HttpClient.newBuilder().sslContext(certificates.showing("stranger")).build()) {
            final URI address = service.address(PATIENCE_SECONDS);
            assertEquals("https", address.getScheme());
            awaitPlaying(service, client, address);
            final JsonNode before = report(client, address);

            assertThrows(IOException.class, () -> status(nobody, HttpRequest.newBuilder(address.resolve("/api/status"))));
            tcp(address.getPort());
            for (int role = 0; role < 3; role++) {
                tcp(CONTROL_PORT + role);
                foreignCertificate(certificates, CONTROL_PORT + role);
            }

            assertUnharmed(service, before, report(client, address));
            assertToldOnce("control", "refused 127.0.0.1: it sent no request: (certificate_unknown) PKIX path validation failed");
            assertToldOnce("control", "refused somebody at the cluster's port " + CONTROL_PORT);

            final ProcessHandle brain = service.awaitRole("brain", process -> true, PATIENCE_SECONDS);
            brain.destroyForcibly();
            service.awaitRole("brain", process -> process.pid() != brain.pid(), PATIENCE_SECONDS);
            service.await("the new brain to join", PATIENCE_SECONDS,
                () -> report(client, address).at("/restarts/brain").asInt() == 1 && !get(client, address.resolve("/api/status")).contains("\"notice\":\"brain is"));
            assertEquals(1, report(client, address).at("/restarts/brain").asInt(), "at the first try");
            finish(service, client, address);
        } finally {
            hangUp();
        }
    }

    private void wrongTokens(final HttpClient client, final URI address) throws Exception {
        for (final String path : List.of("/", "/metrics", "/api/status", "/api/report", "/api/cell", "/api/stream", "/api/cameras/top")) {
            assertEquals(401, status(client, HttpRequest.newBuilder(address.resolve(path))), path);
            assertEquals(401, status(client, HttpRequest.newBuilder(address.resolve(path)).header("Authorization", "Bearer wrong-wrong-wrong-wrong")), path);
        }
        for (final String path : List.of("/api/release", "/api/instruction", "/api/start", "/api/park", "/api/finish")) {
            assertEquals(401, status(client, HttpRequest.newBuilder(address.resolve(path)).POST(BodyPublishers.noBody())), path);
            assertEquals(403, status(client, HttpRequest.newBuilder(address.resolve(path)).POST(BodyPublishers.noBody()).header("Authorization", "Bearer " + VIEWER)), path);
        }
    }

    private static void foxgloveWithoutToken(final HttpClient client, final URI address) {
        final String foxglove = "ws://" + address.getAuthority() + "/foxglove";
        for (final String query : List.of("", "?token=wrong-wrong-wrong-wrong")) {
            assertThrows(CompletionException.class, () -> client.newWebSocketBuilder().subprotocols("foxglove.sdk.v1")
                .buildAsync(URI.create(foxglove + query), new WebSocket.Listener() { }).join(), query);
        }
    }

    /** Garbage, what is much too long, what is no request of this port's, many that say nothing, and some that say it slowly. */
    private void tcp(final int port) throws Exception {
        for (int i = 0; i < 40; i++) {
            final byte[] garbage = new byte[1 + random.nextInt(4_000)];
            random.nextBytes(garbage);
            tell(port, garbage);
        }
        tell(port, ("GET /" + "x".repeat(200_000) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        tell(port, ("POST /api/finish HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000000\r\n\r\n" + "x".repeat(1_000_000)).getBytes(StandardCharsets.US_ASCII));
        tell(port, "GET /api/status HTTP/1.1\r\n\r\n\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < 40; i++) {
            try {
                kept.add(new Socket("127.0.0.1", port));
            } catch (final IOException enough) {
                break;
            }
        }
        try (Socket slow = new Socket("127.0.0.1", port)) {
            for (final byte next : "GET /api/st".getBytes(StandardCharsets.US_ASCII)) {
                slow.getOutputStream().write(next);
                TimeUnit.MILLISECONDS.sleep(300);
            }
        } catch (final IOException hungUp) {
            // As it may.
        }
    }

    private static void tell(final int port, final byte[] what) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(what);
        } catch (final IOException hungUp) {
            // As it should.
        }
    }

    private void datagrams() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            for (int i = 0; i < 6_000; i++) {
                final byte[] garbage = new byte[i % 100 == 0 ? 60_000 : 1 + random.nextInt(1_400)];
                random.nextBytes(garbage);
                if (i % 2 == 0 && garbage.length > 4) {
                    // A frame of Aeron's, as far as its length and type go.
                    garbage[0] = (byte) garbage.length;
                    garbage[1] = (byte) (garbage.length >> 8);
                    garbage[2] = 0;
                    garbage[3] = 0;
                }
                socket.send(new DatagramPacket(garbage, garbage.length, InetAddress.getLoopbackAddress(), CONTROL_PORT + i % 3));
            }
        }
    }

    /** The simulated adapter has its client already. */
    private void canSocket(final Path path) throws IOException {
        for (int i = 0; i < 5; i++) {
            try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                channel.connect(UnixDomainSocketAddress.of(path));
                final byte[] garbage = new byte[333];
                random.nextBytes(garbage);
                channel.write(ByteBuffer.wrap(garbage));
            } catch (final IOException refused) {
                // As it may be.
            }
        }
    }

    private static void foreignCertificate(final Certificates certificates, final int port) {
        assertThrows(IOException.class, () -> {
            try (SSLSocket socket = (SSLSocket) certificates.showing("stranger").getSocketFactory().createSocket("127.0.0.1", port)) {
                socket.setSoTimeout(5_000);
                socket.getOutputStream().write("AKKA\1".getBytes(StandardCharsets.US_ASCII));
                if (socket.getInputStream().read() < 0) {
                    throw new IOException("hung up");
                }
            }
        }, "port " + port);
    }

    private void assertUnharmed(final LaunchedService service, final JsonNode before, final JsonNode after) {
        final long ticks = after.at("/loop/ticks").asLong() - before.at("/loop/ticks").asLong();
        final long missed = after.at("/loop/missed").asLong() - before.at("/loop/missed").asLong();
        final double seconds = after.at("/seconds").asDouble() - before.at("/seconds").asDouble();
        final String loop = ticks + " ticks, " + missed + " missed in " + seconds + " s";
        System.out.println("with strangers: " + loop + "; before: " + before.at("/loop") + " in " + before.at("/seconds"));
        assertTrue(seconds > 3 && ticks > 0.8 * seconds * 2 * 500, loop);
        assertTrue(missed < ticks / 10, loop);
        after.at("/restarts").forEach(restarts -> assertEquals(0, restarts.asInt(), after.at("/restarts").toString()));
        assertFalse(after.at("/events").toString().contains("emergency"), after.at("/events").toString());
        assertTrue(service.isAlive());
    }

    private void assertToldOnce(final String role, final String what) throws Exception {
        final Path log = folder.resolve("logs/continuo-" + role + ".log");
        final long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (told(log, what) == 0 && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
        assertEquals(1, told(log, what), what + " in " + Files.readString(log));
    }

    private static long told(final Path log, final String what) throws IOException {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(what)).count();
        }
    }

    private void finish(final LaunchedService service, final HttpClient client, final URI address) throws Exception {
        assertEquals(200, status(client, authorized(address.resolve("/api/finish")).POST(BodyPublishers.noBody())));
        assertEquals(0, service.exitStatus(PATIENCE_SECONDS), service.output());
    }

    private static HttpRequest.Builder authorized(final URI address) {
        return HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20)).header("Authorization", "Bearer " + OPERATOR);
    }

    private static int status(final HttpClient client, final HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private static String get(final HttpClient client, final URI address) {
        return client.sendAsync(authorized(address).build(), BodyHandlers.ofString()).join().body();
    }

    private static void awaitPlaying(final LaunchedService service, final HttpClient client, final URI address) throws Exception {
        service.await("phase playing", PATIENCE_SECONDS, () -> get(client, address.resolve("/api/status")).contains("\"phase\":\"playing\""));
        TimeUnit.SECONDS.sleep(5);
    }

    private static JsonNode report(final HttpClient client, final URI address) {
        try {
            return JSON.readTree(get(client, address.resolve("/api/report")));
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path secret(final String name, final String token) throws IOException {
        return Files.setPosixFilePermissions(Files.writeString(folder.resolve(name), token), PosixFilePermissions.fromString("rw-------"));
    }

    private void hangUp() throws Exception {
        for (final AutoCloseable socket : kept) {
            socket.close();
        }
    }
}
