package dev.continuo.supervision.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileReader;
import dev.continuo.config.WebProfile;
import dev.continuo.supervision.cluster.ClusterSettings;
import dev.continuo.supervision.report.RunFeed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
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

@Timeout(60)
class FoxgloveTest {
    private static ActorTestKit kit;
    private static final String OLD = "foxglove.websocket.v1";
    // With the signs of base64 that have a meaning in addresses.
    private static final String VIEWER = "viewer+01234/56789==";
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 960;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<FoxgloveViewer> viewers = new ArrayList<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private TalkingCell cell;
    private Profile profile;
    private WebServer server;
    @TempDir
    private Path folder;

    @BeforeEach
    void talk() throws IOException {
        final Path file = Files.writeString(folder.resolve("cell.conf"), """
            extends = arx-sim
            cameras = [ { name = top, source = "http://127.0.0.1:8191/top", width = %d, height = %d, rate-hz = 15, max-age = 1 s } ]
            sensors = [ { name = wrist, kind = force-torque, rate-hz = 100, max-age = 200 ms } ]
            """.formatted(WIDTH, HEIGHT));
        profile = ProfileReader.read(file.toString());
        cell = new TalkingCell(profile);
        log.start();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(log);
    }

    @AfterEach
    void close() throws InterruptedException {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(log);
        viewers.forEach(FoxgloveViewer::close);
        server.close();
        cell.close();
    }

    @BeforeAll
    static void openKit() {
        kit = ActorTestKit.create("foxglove", ClusterSettings.local());
    }

    @AfterAll
    static void shutDown() {
        kit.shutdownTestKit();
    }

    private void serve(final Optional<Path> token) {
        server = WebServer.start(kit.system(), WebProfile.plain(InetAddress.getLoopbackAddress(), 0).withTokens(token, token),
            new WebParts(profile, new RunFeed(), cell.watched, List::of, () -> false, new RecordedOperator(), SystemNanoClock.INSTANCE));
    }

    private void serveAll() {
        serve(Optional.empty());
    }

    private String address(final String query) {
        return "ws://127.0.0.1:" + server.address().getPort() + "/foxglove" + query;
    }

    private FoxgloveViewer connect(final String query, final String protocol, final String... headers) throws Throwable {
        final FoxgloveViewer viewer = FoxgloveViewer.connect(http, address(query), protocol, headers);
        viewers.add(viewer);
        return viewer;
    }

    /** One that has heard who the server is and which channels there are. */
    private FoxgloveViewer connected() throws Throwable {
        final FoxgloveViewer viewer = connect("", FoxgloveViewer.SDK);
        assertEquals("serverInfo", viewer.text().path("op").asText());
        assertEquals("advertise", viewer.text().path("op").asText());
        return viewer;
    }

    private int refused(final String query, final String protocol, final String... headers) {
        final HttpResponse<?> answer = assertThrows(WebSocketHandshakeException.class, () -> connect(query, protocol, headers)).getResponse();
        return answer.statusCode();
    }

    /** All warnings and errors, whosever they are. */
    private List<String> logged() {
        return List.copyOf(log.list).stream().filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN)).map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void speaksTheProtocolByEitherNameAndNothingElse() throws Throwable {
        serveAll();
        assertEquals(FoxgloveViewer.SDK, connect("", FoxgloveViewer.SDK).protocol());
        assertEquals(OLD, connect("", OLD).protocol());
        assertEquals(400, refused("", ""));
        assertEquals(400, refused("", "mqtt"));
        final HttpRequest page = HttpRequest.newBuilder(URI.create(address("").replace("ws:", "http:"))).build();
        assertEquals(426, http.send(page, BodyHandlers.ofString()).statusCode());
        assertEquals(List.of("refused 127.0.0.1: a WebSocket must speak foxglove.sdk.v1 or foxglove.websocket.v1 (told once)"), logged());
    }

    @Test
    void saysWhatThereIs() throws Throwable {
        serveAll();
        final FoxgloveViewer viewer = connect("", OLD);
        final JsonNode info = viewer.text();
        assertEquals("serverInfo", info.path("op").asText());
        assertTrue(info.path("capabilities").isArray() && info.path("capabilities").isEmpty(), info.toString());
        viewer.text();
        assertEquals(Set.of("/camera/top", "/arm/left/measured", "/arm/right/measured", "/arm/left/commanded", "/arm/right/commanded", "/sensor/wrist",
            "/instruction", "/reasoning/progress", "/chunk"), viewer.channels.keySet());
        assertEquals(viewer.channels.size(), new HashSet<>(viewer.channels.values().stream().map(channel -> channel.path("id").asInt()).toList()).size());
        final JsonNode arm = viewer.channels.get("/arm/left/measured");
        assertEquals("cdr", arm.path("encoding").asText());
        assertEquals("ros2msg", arm.path("schemaEncoding").asText());
        assertEquals("sensor_msgs/msg/JointState", arm.path("schemaName").asText());
        assertTrue(arm.path("schema").asText().contains("float64[] velocity") && arm.path("schema").asText().contains("MSG: std_msgs/Header"), arm.toString());
    }

    @Test
    void nothingIsTappedForOneWhoDoesNotSubscribe() throws Throwable {
        serveAll();
        connected();
        TimeUnit.MILLISECONDS.sleep(500);
        assertTrue(cell.watched.message(StreamId.JOINT_STATE, 0).isEmpty());
        assertTrue(cell.watched.message(StreamId.CAMERA_FRAME, 0).isEmpty());
    }

    @Test
    void armsAreSentAsTheyAre() throws Throwable {
        serveAll();
        final FoxgloveViewer viewer = connected();
        viewer.subscribe(7, "/arm/right/measured");
        final FoxgloveViewer.Data first = viewer.next();
        assertEquals(7, first.subscription());
        final long now = System.currentTimeMillis() * 1_000_000L;
        assertTrue(Math.abs(now - first.atEpochNanos()) < 5 * SECOND_NANOS, "on the wall clock");
        final CdrReader measured = new CdrReader(first.cdr());
        assertEquals(first.atEpochNanos(), measured.time());
        assertEquals("", measured.string());
        final String[] names = measured.strings();
        assertEquals("right_gripper", names[6]);
        assertEquals(TalkingCell.position(1, 3), measured.float64s()[3]);
        assertEquals(6, measured.float64s()[3]);
        assertEquals(9, measured.float64s()[3]);
        assertEquals(0, measured.left());
        assertTrue(viewer.next().atEpochNanos() > first.atEpochNanos());

        final FoxgloveViewer other = connected();
        other.subscribe(0, "/arm/left/commanded");
        final CdrReader commanded = new CdrReader(other.next().cdr());
        commanded.time();
        commanded.string();
        commanded.strings();
        assertEquals(10 + TalkingCell.position(0, 2), commanded.float64s()[2]);
    }

    @Test
    void picturesWordsReadingsAndPlansAreSentAsTheyAre() throws Throwable {
        serveAll();
        final FoxgloveViewer viewer = connected();
        viewer.subscribe(1, "/camera/top");
        final CdrReader picture = new CdrReader(viewer.next().cdr());
        picture.time();
        assertEquals("top", picture.string());
        assertEquals(HEIGHT, picture.int32());
        assertEquals(WIDTH, picture.int32());
        assertEquals("rgb8", picture.string());
        assertEquals(0, picture.uint8());
        assertEquals(3 * WIDTH, picture.int32());
        assertEquals(3 * WIDTH * HEIGHT, picture.int32());
        assertEquals(77, picture.uint8());
        viewer.send("{\"op\":\"unsubscribe\",\"subscriptionIds\":[1]}");
        for (final String topic : List.of("/instruction", "/reasoning/progress")) {
            final FoxgloveViewer reader = connected();
            reader.subscribe(1, topic);
            assertEquals(topic.equals("/instruction") ? TalkingCell.INSTRUCTION : TalkingCell.REASONING, new CdrReader(reader.next().cdr()).string());
        }
        final FoxgloveViewer sensing = connected();
        sensing.subscribe(1, "/sensor/wrist");
        final CdrReader sample = new CdrReader(sensing.next().cdr());
        assertEquals(1, sample.int32());
        assertEquals("channels", sample.string());
        assertEquals(3 + 3 + 0, sample.int32() + sample.int32() + sample.int32());
        assertArrayEquals(TalkingCell.SENSED, sample.float64s());
        final FoxgloveViewer planning = connected();
        planning.subscribe(1, "/chunk");
        final CdrReader plan = new CdrReader(planning.next().cdr());
        plan.time();
        plan.string();
        assertEquals(TalkingCell.COLUMNS, plan.strings().length);
        assertEquals(TalkingCell.ROWS, plan.int32());
        assertEquals(13, plan.float64s()[13]);
    }

    @Test
    void aMessageThatMeansNothingIsNotSentAndKeepsNothingElseBack() throws Throwable {
        cell.aheadNanos = Long.MAX_VALUE / 4;
        serveAll();
        final FoxgloveViewer viewer = connected();
        viewer.subscribe(1, "/chunk");
        viewer.subscribe(2, "/instruction");
        for (int i = 0; i < 5; i++) {
            assertEquals(2, viewer.next().subscription());
        }
        cell.aheadNanos = 0;
        while (viewer.next().subscription() != 1) {
            assertEquals(1, viewer.closed.getCount());
        }
    }

    @Test
    void whatIsNotWantedAnyMoreIsNotSent() throws Throwable {
        serveAll();
        final FoxgloveViewer viewer = connected();
        viewer.subscribe(1, "/arm/left/measured");
        viewer.subscribe(2, "/instruction");
        viewer.next();
        viewer.send("{\"op\":\"unsubscribe\",\"subscriptionIds\":[1]}");
        TimeUnit.MILLISECONDS.sleep(500);
        viewer.data.clear();
        for (int i = 0; i < 5; i++) {
            assertEquals(2, viewer.next().subscription());
        }
        viewer.subscribe(1, "/arm/left/measured");
        while (viewer.next().subscription() != 1) {
            assertTrue(viewer.texts.isEmpty(), "a number may be used again");
        }
    }

    @Test
    void whoDoesSomethingWrongIsToldAndLoggedOnce() throws Throwable {
        serveAll();
        final FoxgloveViewer viewer = connected();
        final String[] wrong = {"{op", "[]", "{\"op\":\"advertise\",\"channels\":[]}", "{\"op\":\"subscribe\",\"subscriptions\":[{\"id\":1,\"channelId\":999}]}",
            "{\"op\":\"subscribe\",\"subscriptions\":[{\"id\":-1,\"channelId\":0}]}", "{\"op\":\"subscribe\",\"subscriptions\":[{\"id\":1e99,\"channelId\":{}}]}",
            "{\"op\":\"unsubscribe\",\"subscriptionIds\":[5]}", "{\"op\":\"getParameters\",\"parameterNames\":[]}"};
        for (int round = 0; round < 3; round++) {
            for (final String message : wrong) {
                viewer.send(message);
                final JsonNode status = viewer.text();
                assertEquals("status", status.path("op").asText(), message);
                assertEquals(1, status.path("level").asInt());
            }
            viewer.send(new byte[] {1, 0, 0, 0, 0, 42});
            assertEquals("data was sent, but this service takes none", viewer.text().path("message").asText());
        }
        viewer.subscribe(1, "/instruction");
        viewer.subscribe(1, "/chunk");
        viewer.subscribe(2, "/instruction");
        assertTrue(viewer.text().path("message").asText().startsWith("a second subscription"));
        assertTrue(viewer.text().path("message").asText().startsWith("a second subscription"));
        assertEquals(1, viewer.next().subscription(), "it goes on");
        assertEquals(new HashSet<>(logged()).size(), logged().size(), logged().toString());
        assertEquals(7, logged().size(), logged().toString());
    }

    @Test
    void whatIsTooLongOrGarbageEndsThatClientAlone() throws Throwable {
        serveAll();
        final FoxgloveViewer good = connected();
        good.subscribe(1, "/arm/left/measured");
        for (int i = 0; i < 3; i++) {
            final FoxgloveViewer endless = connected();
            endless.send("x".repeat(2 * FoxgloveServer.LONGEST_MESSAGE));
            assertTrue(endless.closed.await(10, TimeUnit.SECONDS));
        }
        final SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20; i++) {
            try (Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
                socket.getOutputStream().write(("GET /foxglove HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: foxglove.sdk.v1\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                assertTrue(socket.getInputStream().read() >= 0);
                final byte[] garbage = new byte[2_000];
                random.nextBytes(garbage);
                socket.getOutputStream().write(garbage);
            } catch (final IOException hungUp) {
                // As it should.
            }
        }
        good.data.clear();
        good.next();
        final FoxgloveViewer next = connected();
        next.subscribe(1, "/instruction");
        next.next();
        assertEquals(List.of("refused 127.0.0.1: over Foxglove's protocol: a message longer than 65536 bytes, or one that does not end (told once)"), logged());
    }

    @Test
    void aSlowClientHoldsNothingUpAndGetsTheNewest() throws Throwable {
        serveAll();
        final FoxgloveViewer slow = connected();
        final FoxgloveViewer quick = connected();
        slow.pause();
        slow.subscribe(1, "/camera/top");
        quick.subscribe(1, "/camera/top");
        quick.next();
        TimeUnit.SECONDS.sleep(5);
        final int pictures = quick.data.size();
        assertTrue(pictures >= 10, "the others got " + pictures);
        final long resumedAtNanos = System.currentTimeMillis() * 1_000_000L;
        slow.resume();
        // What the sockets hold, some 15 MB of it.
        int old = 0;
        while (slow.next().atEpochNanos() < resumedAtNanos - SECOND_NANOS) {
            old++;
        }
        assertTrue(old <= pictures / 2, old + " old pictures of " + pictures + " were kept for it");
    }

    @Test
    void thereAreNotMoreClientsThanSoMany() throws Throwable {
        serveAll();
        for (int i = 0; i < FoxgloveServer.MOST_CLIENTS; i++) {
            connected();
        }
        assertEquals(503, refused("", FoxgloveViewer.SDK));
        viewers.removeFirst().close();
        while (viewers.size() < FoxgloveServer.MOST_CLIENTS) {
            try {
                connected();
            } catch (final WebSocketHandshakeException notGoneYet) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    @Test
    void aTokenMayStandInTheAddress() throws Throwable {
        serve(Optional.of(Files.setPosixFilePermissions(Files.writeString(folder.resolve("viewer"), VIEWER), PosixFilePermissions.fromString("rw-------"))));
        assertEquals(401, refused("", FoxgloveViewer.SDK));
        assertEquals(401, refused("?token=wrong-wrong-wrong", FoxgloveViewer.SDK));
        assertEquals(401, refused("?token=%25zz", FoxgloveViewer.SDK));
        connect("?token=" + VIEWER, FoxgloveViewer.SDK).text();
        connect("?other=1&token=" + VIEWER.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D"), FoxgloveViewer.SDK).text();
        connect("", FoxgloveViewer.SDK, "Authorization", "Bearer " + VIEWER).text();
        connect("?token=" + VIEWER, FoxgloveViewer.SDK, "Origin", "https://app.foxglove.dev").text();
        assertEquals(401, refused("", FoxgloveViewer.SDK, "Origin", "https://app.foxglove.dev", "Authorization", "Bearer " + VIEWER), "what a browser remembers");
        final HttpRequest status = HttpRequest.newBuilder(URI.create(address("").replace("ws:", "http:").replace("/foxglove", "/api/status?token=" + VIEWER))).build();
        assertEquals(401, http.send(status, BodyHandlers.ofString()).statusCode(), "here alone");
        assertFalse(logged().toString().contains("viewer+"), logged().toString());
    }

    @Test
    void otherPagesAreRefused() throws Throwable {
        serveAll();
        for (final String page : List.of("http://evil.example", "null", "https://app.foxglove.dev.evil.example", "http://app.foxglove.dev")) {
            assertEquals(403, refused("", FoxgloveViewer.SDK, "Origin", page), page);
        }
        for (final String page : List.of("https://app.foxglove.dev", "file://", "http://127.0.0.1:" + server.address().getPort())) {
            connect("", FoxgloveViewer.SDK, "Origin", page).text();
        }
    }
}
