package dev.continuo.supervision.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.continuo.actors.agent.Watched;
import dev.continuo.actors.latency.Latency;
import dev.continuo.actors.latency.LatencyLog;
import dev.continuo.actors.latency.LatencyRecorder;
import dev.continuo.actors.latency.LatencySummary;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileException;
import dev.continuo.config.ProfileReader;
import dev.continuo.config.WebProfile;
import dev.continuo.supervision.cluster.ClusterSettings;
import dev.continuo.supervision.report.RunFeed;
import dev.continuo.supervision.report.RunReport;
import dev.continuo.supervision.report.RunStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.concurrent.SystemNanoClock;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WebServerTest {
    private static ActorTestKit kit;
    private static final Profile PROFILE = ProfileReader.read("arx-sim");
    private static final String VIEWER = "viewer-0123456789";
    private static final String OPERATOR = "operator-0123456789";

    private final RunFeed feed = new RunFeed();
    private final LatencyRecorder recorder = new LatencyRecorder("arm-left", Latency.LOOP_LATENESS);
    private final LatencyLog latencies = LatencyLog.inMemory();
    private final RecordedOperator operator = new RecordedOperator();
    private final BlockingQueue<String> asked = operator.asked;
    private final HttpClient client = HttpClient.newHttpClient();
    private WebServer server;
    @TempDir
    private Path folder;

    @BeforeEach
    void measureSomething() {
        latencies.add(recorder);
        for (int i = 1; i <= 1000; i++) {
            recorder.record(Latency.LOOP_LATENESS, i * 1_000L);
        }
        feed.put(new RunStatus(12.5, "playing", 3, "4+8", 2, 2, "The board shows 4+8.", 1, 2, 3, ""));
        feed.put(new RunReport("arx-sim", 1, 12.5, List.of(), new RunReport.Loop(100, 2, 0), Map.of("left", new RunReport.Loop(100, 2, 0)),
            Map.of("loop-lateness", new LatencySummary(1, 2, 3, 4, 5)), new RunReport.Commands(50, 5, 3, 1), Map.of("camera-top", Map.of("received", 77L)), Map.of("brain", 1),
            List.of("1.0 s: \"odd\\one\"")));
    }

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeAll
    static void openKit() {
        kit = ActorTestKit.create("web", ClusterSettings.local());
    }

    @AfterAll
    static void shutDown() {
        kit.shutdownTestKit();
    }

    private void serve(final WebProfile profile) {
        server = WebServer.start(kit.system(), profile, new WebParts(PROFILE, feed, new Watched(SystemNanoClock.INSTANCE), latencies::totalsByStage, () -> false, operator, SystemNanoClock.INSTANCE));
    }

    private void serveAll() {
        serve(WebProfile.plain(InetAddress.getLoopbackAddress(), 0));
    }

    private void serveThoseWithTokens() throws IOException {
        serve(WebProfile.plain(InetAddress.getLoopbackAddress(), 0).withTokens(Optional.of(token("viewer", VIEWER)), Optional.of(token("operator", OPERATOR))));
    }

    private Path token(final String name, final String token) throws IOException {
        return Files.setPosixFilePermissions(Files.writeString(folder.resolve(name), token + "\n"), PosixFilePermissions.fromString("rw-------"));
    }

    private HttpRequest.Builder request(final String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.address().getPort() + path));
    }

    private HttpResponse<String> send(final HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(final String path, final String... headers) throws IOException, InterruptedException {
        final HttpRequest.Builder request = request(path);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private HttpResponse<String> post(final String path, final String body, final String... headers) throws IOException, InterruptedException {
        final HttpRequest.Builder request = request(path).POST(BodyPublishers.ofString(body)).header("Content-Type", "application/json");
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    @Test
    void theStatusAndTheReportAreThere() throws Exception {
        serveAll();
        assertEquals("playing", new ObjectMapper().readTree(get("/api/status").body()).path("phase").asText());
        assertEquals(77, new ObjectMapper().readTree(get("/api/report").body()).at("/counts/camera-top/received").asInt());
        assertEquals(404, get("/etc/passwd").statusCode());
        assertEquals(405, get("/api/release").statusCode());
        assertEquals(405, post("/api/status", "").statusCode());
    }

    @Test
    void theStatusStreams() throws Exception {
        serveAll();
        final HttpResponse<Stream<String>> stream = client.send(request("/api/stream").build(), BodyHandlers.ofLines());
        assertTrue(stream.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream"));
        assertEquals(3, stream.body().filter(line -> line.startsWith("data: {\"seconds\":12.5,\"phase\":\"playing\"")).limit(3).count());
    }

    @Test
    void aServiceThatHasJustBegunSaysSo() throws Exception {
        server = WebServer.start(kit.system(), WebProfile.plain(InetAddress.getLoopbackAddress(), 0),
            new WebParts(PROFILE, new RunFeed(), new Watched(SystemNanoClock.INSTANCE), List::of, () -> true, operator, SystemNanoClock.INSTANCE));
        assertEquals(503, get("/api/status").statusCode());
        assertTrue(get("/metrics").body().contains("continuo_emergency_stop 1.0"));
    }

    @Test
    void prometheusGetsWhatItAsksFor() throws Exception {
        serveAll();
        final String text = get("/metrics").body();
        for (final String line : new String[] {
            "continuo_latency_seconds_bucket{latency=\"loop-lateness\",stage=\"arm-left\",le=\"2.5E-4\"} 250",
            "continuo_latency_seconds_count{latency=\"loop-lateness\",stage=\"arm-left\"} 1000",
            "continuo_control_ticks_total{arm=\"left\"} 100.0",
            "continuo_stage_total{stage=\"camera-top\",what=\"received\"} 77.0",
            "continuo_restarts_total{actor=\"brain\"} 1.0",
            "continuo_emergency_stop 0.0"}) {
            assertTrue(text.contains(line), line + " in " + text);
        }
        final HttpResponse<byte[]> protobuf = client.send(request("/metrics")
            .header("Accept", "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited").build(), BodyHandlers.ofByteArray());
        assertTrue(protobuf.headers().firstValue("Content-Type").orElse("").startsWith("application/vnd.google.protobuf"), protobuf.headers().toString());
        assertTrue(protobuf.body().length > 500);
    }

    @Test
    void whatAnOperatorAsksForIsDone() throws Exception {
        serveAll();
        assertEquals(200, post("/api/instruction", "{\"text\": \" Pick the card. \"}").statusCode());
        assertEquals(200, post("/api/release", "").statusCode());
        assertEquals(200, post("/api/start", "").statusCode());
        assertEquals(200, post("/api/park", "").statusCode());
        assertEquals(200, post("/api/finish", "{}").statusCode());
        assertEquals(List.of("instruct: Pick the card.", "release", "start", "park", "finish"), asked.stream().toList());
    }

    @Test
    void anOperatorIsToldWhatCannotBeDone() throws Exception {
        serveAll();
        operator.isStopped = true;
        assertEquals(409, post("/api/start", "").statusCode());
        assertEquals("{\"error\":\"nothing flies\"}", post("/api/instruction", "{\"text\": \"fly\"}").body());
        assertEquals("{\"error\":\"an instruction is {\\\"text\\\": \\\"...\\\"}\"}", post("/api/instruction", "{}").body());
        assertEquals("{\"error\":\"the body is no JSON\"}", post("/api/instruction", "{text").body());
        assertEquals(413, post("/api/instruction", "{\"text\": \"" + "x".repeat(8_000) + "\"}").statusCode());
        assertEquals(413, post("/api/instruction", "{\"text\": \"" + "x".repeat(80_000) + "\"}").statusCode());
        assertTrue(asked.isEmpty(), asked.toString());
    }

    @Test
    void theEmergencyStopIsForEverybodyAtAnyRate() throws Exception {
        serveThoseWithTokens();
        for (int i = 0; i < 50; i++) {
            assertEquals(200, post("/api/emergency-stop", "", "Origin", "http://evil.example").statusCode());
        }
        assertEquals("stop: asked for over HTTP by 127.0.0.1", asked.poll());
        assertEquals(49, asked.size());
    }

    @Test
    void tokensSayWhoMayDoWhat() throws Exception {
        serveThoseWithTokens();
        for (final String path : new String[] {"/metrics", "/api/status", "/api/report", "/api/stream"}) {
            assertEquals(401, get(path).statusCode(), path);
            assertEquals(401, get(path, "Authorization", "Bearer wrong-wrong-wrong-wrong").statusCode(), path);
        }
        assertEquals(200, get("/metrics", "Authorization", "Bearer " + VIEWER).statusCode());
        assertEquals(200, get("/metrics", "Authorization", "Bearer " + OPERATOR).statusCode());
        assertEquals(401, post("/api/release", "").statusCode());
        assertEquals(403, post("/api/release", "", "Authorization", "Bearer " + VIEWER).statusCode());
        assertTrue(asked.isEmpty());
        assertEquals(200, post("/api/release", "", "Authorization", "Bearer " + OPERATOR).statusCode());
        final String basic = java.util.Base64.getEncoder().encodeToString(("anybody:" + OPERATOR).getBytes(StandardCharsets.UTF_8));
        assertEquals(200, post("/api/release", "", "Authorization", "Basic " + basic).statusCode(), "a browser asks for a password");
    }

    @Test
    void otherPagesOfABrowserAreRefused() throws Exception {
        serveAll();
        assertEquals(403, post("/api/release", "", "Origin", "http://evil.example").statusCode());
        assertEquals(403, post("/api/release", "", "Origin", "null").statusCode());
        assertEquals(200, post("/api/release", "", "Origin", "http://127.0.0.1:" + server.address().getPort()).statusCode());
        try (Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
            assertTrue(exchange(socket, "GET /api/status HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n").startsWith("HTTP/1.1 403"), "a name that was bound to our address");
        }
    }

    @Test
    void tooManyActionsAreRefused() throws Exception {
        serveAll();
        final long beginNanos = System.nanoTime();
        int sent = 0;
        int refused = 0;
        // More at once than a second lets pass: a machine under load may take more than that second for one after the other.
        for (int round = 0; round < 20 && refused == 0; round++) {
            final List<CompletableFuture<HttpResponse<String>>> answers = Stream.generate(() -> client.sendAsync(request("/api/release").POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString()))
                .limit(24).toList();
            sent += answers.size();
            refused += (int) answers.stream().filter(answer -> answer.join().statusCode() == 429).count();
        }
        assertTrue(refused > 0, "none of " + sent);
        assertTrue(System.nanoTime() - beginNanos >= TimeUnit.MILLISECONDS.toNanos(WebRoutes.SLOW_DOWN_MILLIS), "who asks too often waits");
        assertEquals(sent - refused, asked.size());
    }

    @Test
    void garbageAndThoseWhoNeverFinishHurtNobody() throws Exception {
        serveAll();
        final SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 100; i++) {
            try (Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
                final byte[] garbage = new byte[2_000];
                random.nextBytes(garbage);
                socket.getOutputStream().write(garbage);
            } catch (final IOException hungUp) {
                // As it should.
            }
        }
        try (Socket slow = new Socket("127.0.0.1", server.address().getPort()); Socket endless = new Socket("127.0.0.1", server.address().getPort())) {
            slow.getOutputStream().write("GET /api/sta".getBytes(StandardCharsets.US_ASCII));
            assertTrue(exchange(endless, "GET /" + "x".repeat(5_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n").startsWith("HTTP/1.1 414"));
            assertEquals(200, get("/api/status").statusCode());
        }
    }

    private static String exchange(final Socket socket, final String request) throws IOException {
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine();
    }

    @Test
    void whatCannotBeServedIsNamed() throws Exception {
        serveAll();
        final WebProfile taken = WebProfile.plain(InetAddress.getLoopbackAddress(), server.address().getPort());
        assertTrue(assertThrows(ProfileException.class, () -> serve(taken)).getMessage().startsWith("web.port " + server.address().getPort() + " on 127.0.0.1 cannot be opened"));
        final Path open = Files.setPosixFilePermissions(token("open", VIEWER), PosixFilePermissions.fromString("rw-r--r--"));
        final Path brief = token("brief", "secret");
        final Path missing = folder.resolve("missing");
        for (final Map.Entry<Path, String> wrong : Map.of(open, "can be read by everybody", brief, "holds 6 characters", missing, "cannot be read").entrySet()) {
            final String why = assertThrows(ProfileException.class,
                () -> serve(WebProfile.plain(InetAddress.getLoopbackAddress(), 0).withTokens(Optional.of(wrong.getKey()), Optional.empty()))).getMessage();
            assertTrue(why.contains(wrong.getKey().toString()) && why.contains(wrong.getValue()), why);
        }
    }

    @Test
    void aRefusalIsLoggedOnce() {
        final Refusals refusals = new Refusals();
        assertTrue(refusals.refused("10.0.0.1", "no valid token"));
        assertFalse(refusals.refused("10.0.0.1", "no valid token"));
        assertTrue(refusals.refused("10.0.0.2", "no valid token"));
    }

    @Test
    void closingFreesThePort() throws Exception {
        serveAll();
        final int port = server.address().getPort();
        server.close();
        TimeUnit.SECONDS.sleep(1);
        serve(WebProfile.plain(InetAddress.getLoopbackAddress(), port));
        assertEquals(200, get("/api/status").statusCode());
    }
}
