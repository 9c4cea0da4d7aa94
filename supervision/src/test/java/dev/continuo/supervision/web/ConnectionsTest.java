package dev.continuo.supervision.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.continuo.actors.agent.Watched;
import dev.continuo.config.ProfileReader;
import dev.continuo.config.WebProfile;
import dev.continuo.supervision.cluster.ClusterSettings;
import dev.continuo.supervision.report.RunFeed;
import dev.continuo.supervision.report.RunStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SystemNanoClock;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Those who take the HTTP port's connections and their time. */
@Timeout(120)
class ConnectionsTest {
    private static ActorTestKit kit;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int OVER_MILLIS = 12_000;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final RecordedOperator operator = new RecordedOperator();
    private final List<Socket> sockets = new ArrayList<>();
    private WebServer server;
    @TempDir
    private Path folder;

    @BeforeEach
    void serve() throws IOException {
        final RunFeed feed = new RunFeed();
        feed.put(new RunStatus(12.5, "playing", 3, "4+8", 2, 2, "The board shows 4+8.", 1, 2, 3, ""));
        final Path token = Files.setPosixFilePermissions(Files.writeString(folder.resolve("token"), "token-0123456789"), PosixFilePermissions.fromString("rw-------"));
        server = WebServer.start(kit.system(), WebProfile.plain(InetAddress.getLoopbackAddress(), 0).withTokens(Optional.of(token), Optional.of(token)),
            new WebParts(ProfileReader.read("arx-sim"), feed, new Watched(SystemNanoClock.INSTANCE), List::of, () -> false, operator, SystemNanoClock.INSTANCE), PATIENCE);
        log.start();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(log);
    }

    @AfterEach
    void close() throws IOException {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(log);
        for (final Socket socket : sockets) {
            socket.close();
        }
        server.close();
    }

    @BeforeAll
    static void openKit() {
        kit = ActorTestKit.create("connections", ClusterSettings.local());
    }

    @AfterAll
    static void shutDown() {
        kit.shutdownTestKit();
    }

    private Socket connect(final String from) throws IOException {
        final Socket socket = new Socket();
        sockets.add(socket);
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(new InetSocketAddress("127.0.0.1", server.address().getPort()));
        socket.setSoTimeout(OVER_MILLIS);
        return socket;
    }

    private static void send(final Socket socket, final String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String readToEnd(final Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    /** Whether the server has hung up; fails if it has not after all its patience. */
    private static boolean isHungUpOn(final Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (final SocketTimeoutException stillThere) {
            return false;
        } catch (final IOException reset) {
            return true;
        }
    }

    private List<String> logged() {
        return List.copyOf(log.list).stream().filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN)).map(ILoggingEvent::getFormattedMessage).toList();
    }

    private void assertEmergencyStopReached(final String from) throws IOException {
        final Socket socket = connect(from);
        send(socket, "POST /api/emergency-stop HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n");
        assertTrue(readToEnd(socket).startsWith("HTTP/1.1 200"), "the emergency stop from " + from);
        assertEquals("stop: asked for over HTTP by " + from, operator.asked.poll());
    }

    @Test
    void oneComputerCannotTakeAllConnections() throws Exception {
        for (int i = 0; i < Connections.MOST_OF_ONE; i++) {
            connect("127.0.0.1");
        }
        TimeUnit.MILLISECONDS.sleep(300);
        assertTrue(isHungUpOn(connect("127.0.0.1")), "one too many");
        assertTrue(isHungUpOn(connect("127.0.0.1")), "one too many");
        assertEmergencyStopReached("127.0.0.2");
        assertEquals(List.of("refused 127.0.0.1: more than 32 connections of one address (told once)"), logged());
        for (int i = 0; i < Connections.MOST_OF_ONE; i++) {
            assertTrue(isHungUpOn(sockets.get(i)), "who says nothing is hung up on");
        }
        TimeUnit.MILLISECONDS.sleep(300);
        assertEmergencyStopReached("127.0.0.1");
        assertEquals(1, logged().size(), "who says nothing is not refused anything: browsers connect in advance; " + logged());
    }

    @Test
    void allConnectionsTakenIsToldAndPasses() throws Exception {
        for (int i = 0; i < Connections.MOST; i++) {
            connect("127.0.0." + (1 + i % 4));
        }
        TimeUnit.MILLISECONDS.sleep(300);
        assertTrue(isHungUpOn(connect("127.0.0.9")), "one too many");
        assertEquals(List.of("refused 127.0.0.9: more than 64 connections (told once)"), logged());
        for (int i = 0; i < Connections.MOST; i++) {
            assertTrue(isHungUpOn(sockets.get(i)));
        }
        TimeUnit.MILLISECONDS.sleep(300);
        assertEmergencyStopReached("127.0.0.9");
    }

    @Test
    void aRequestThatTricklesInIsHungUpOn() throws Exception {
        final Socket socket = connect("127.0.0.1");
        final long begin = System.nanoTime();
        final String request = "GET /api/status HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: " + "x".repeat(1_000);
        int sent = 0;
        socket.setSoTimeout(50);
        while (!isHungUpOn(socket)) {
            assertTrue(System.nanoTime() - begin < OVER_MILLIS * 1_000_000L, "still there after " + sent + " bytes");
            try {
                send(socket, request.substring(sent, sent + 1));
            } catch (final IOException reset) {
                break;
            }
            sent++;
        }
        assertTrue(System.nanoTime() - begin >= PATIENCE.toNanos(), "not before");
        TimeUnit.MILLISECONDS.sleep(500);
        assertEquals(List.of("refused 127.0.0.1: no request within 2 s (told once)"), logged());
    }

    @Test
    void whoIsRefusedIsHungUpOnWhateverItStillSends() throws Exception {
        for (final String wrong : List.of("POST /api/release HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4000\r\n\r\n{", "POST /api/instruction HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
            "GET /api/status HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer wrong-wrong-wrong-wrong\r\n\r\n")) {
            final Socket socket = connect("127.0.0.1");
            send(socket, wrong);
            assertTrue(readToEnd(socket).startsWith("HTTP/1.1 401"), wrong);
        }
        assertTrue(operator.asked.isEmpty());
        assertEquals(List.of("refused 127.0.0.1: no valid token (told once)"), logged());
    }

    @Test
    void aBodyThatNeverEndsIsRefusedSoon() throws Exception {
        final Socket socket = connect("127.0.0.1");
        send(socket, "POST /api/instruction HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer token-0123456789\r\nContent-Length: 4000\r\n\r\n{");
        assertTrue(readToEnd(socket).startsWith("HTTP/1.1 413"));
        assertTrue(operator.asked.isEmpty());
    }

    @Test
    void whatIsNoHttpIsToldOnce() throws Exception {
        for (int i = 0; i < 20; i++) {
            final Socket socket = connect("127.0.0.1");
            send(socket, "\u0016\u0003\u0001 this is no HTTP\r\n\r\n");
            assertTrue(readToEnd(socket).startsWith("HTTP/1.1 400"), "it is told so");
        }
        TimeUnit.MILLISECONDS.sleep(300);
        assertEquals(List.of("refused 127.0.0.1: it sent no request (told once)"), logged());
        assertFalse(operator.asked.contains("release"));
    }
}
