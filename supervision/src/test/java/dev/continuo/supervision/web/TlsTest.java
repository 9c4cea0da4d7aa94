package dev.continuo.supervision.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.continuo.actors.agent.Watched;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileException;
import dev.continuo.config.ProfileReader;
import dev.continuo.config.TlsProfile;
import dev.continuo.config.WebProfile;
import dev.continuo.supervision.cluster.ClusterSettings;
import dev.continuo.supervision.command.CommandLineSetup;
import dev.continuo.supervision.report.RunFeed;
import dev.continuo.supervision.report.RunReport;
import dev.continuo.supervision.report.RunStatus;
import dev.continuo.supervision.tls.AnyCertificate;
import dev.continuo.supervision.tls.Certificates;
import dev.continuo.supervision.tls.Pinned;
import dev.continuo.supervision.top.ServiceAddress;
import dev.continuo.supervision.top.Top;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
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
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
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

/** The service over HTTPS, and strangers at its port. */
@Timeout(120)
class TlsTest {
    private static ActorTestKit kit;
    private static final Profile PROFILE = ProfileReader.read("arx-sim");
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String OPERATOR = "operator-0123456789";
    /** After this time a stranger's connection is over: its patience, a farewell, and a slow computer. */
    private static final int OVER_MILLIS = 12_000;

    @TempDir
    private static Path folder;
    private static Certificates certificates;
    private static TlsProfile service;
    private static TlsProfile viewer;
    private static TlsProfile operatorOne;
    private static TlsProfile stranger;
    private static TlsProfile late;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final RecordedOperator operator = new RecordedOperator();
    private final RunFeed feed = new RunFeed();
    private WebServer server;

    @BeforeAll
    static void certify() {
        certificates = new Certificates(folder);
        certificates.authority("site", "CN=site");
        certificates.authority("elsewhere", "CN=site");
        service = certificates.signed("site", "robot", "CN=robot");
        viewer = certificates.signed("site", "viewer", "CN=Vera");
        operatorOne = certificates.signed("site", "operator", "CN=Otto, OU=operator");
        stranger = certificates.signed("elsewhere", "stranger", "CN=Otto, OU=operator");
        late = certificates.expired("site", "late", "CN=Lena, OU=operator");
    }

    @BeforeAll
    static void openKit() {
        kit = ActorTestKit.create("tls", ClusterSettings.local());
    }

    @AfterAll
    static void shutDown() {
        kit.shutdownTestKit();
    }

    @BeforeEach
    void listen() {
        feed.put(new RunStatus(12.5, "playing", 3, "4+8", 2, 2, "The board shows 4+8.", 1, 2, 3, ""));
        log.start();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(log);
    }

    @AfterEach
    void close() {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(log);
        if (server != null) {
            server.close();
        }
    }

    private void serve(final WebProfile profile) {
        server = WebServer.start(kit.system(), profile,
            new WebParts(PROFILE, feed, new Watched(SystemNanoClock.INSTANCE), List::of, () -> false, operator, SystemNanoClock.INSTANCE), PATIENCE);
    }

    private void serveAll() {
        serve(WebProfile.plain(InetAddress.getLoopbackAddress(), 0).withTls(service));
    }

    private void serveThoseWithCertificates() {
        serve(WebProfile.plain(InetAddress.getLoopbackAddress(), 0).withTls(new TlsProfile(service.certificate(), service.key(), Optional.of(certificates.certificate("site")))));
    }

    private int port() {
        return server.address().getPort();
    }

    private static HttpClient client(final Optional<TlsProfile> self) {
        return HttpClient.newBuilder().sslContext(Pinned.to(service, self)).build();
    }

    private HttpRequest.Builder request(final String path) {
        return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port() + path)).timeout(Duration.ofSeconds(20));
    }

    private int get(final Optional<TlsProfile> self) throws IOException, InterruptedException {
        try (HttpClient client = client(self)) {
            return client.send(request("/api/status").build(), BodyHandlers.ofString()).statusCode();
        }
    }

    private int post(final Optional<TlsProfile> self, final String path, final String... headers) throws IOException, InterruptedException {
        try (HttpClient client = client(self)) {
            final HttpRequest.Builder request = request(path).POST(BodyPublishers.noBody());
            return client.send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString()).statusCode();
        }
    }

    /** All warnings and errors, whosever they are. */
    private List<String> logged() {
        return List.copyOf(log.list).stream().filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN)).map(ILoggingEvent::getFormattedMessage).toList();
    }

    private void assertToldOnce(final String what) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(500);
        assertEquals(1, logged().stream().filter(line -> line.contains(what)).count(), what + " in " + logged());
    }

    @Test
    void whoKnowsTheCertificateIsServedByTheNewestProtocol() throws Exception {
        serveAll();
        try (HttpClient client = client(Optional.empty())) {
            final HttpResponse<String> status = client.send(request("/api/status").build(), BodyHandlers.ofString());
            assertEquals(200, status.statusCode());
            assertTrue(status.body().contains("\"phase\":\"playing\""), status.body());
            assertEquals("TLSv1.3", status.sslSession().orElseThrow().getProtocol());
        }
        assertEquals(List.of(), logged());
    }

    @Test
    void whoShowsAnotherCertificateThanTheProfilesIsNotTheService() {
        serveAll();
        try (HttpClient client = HttpClient.newBuilder().sslContext(Pinned.to(stranger, Optional.empty())).build()) {
            final IOException impostor = assertThrows(IOException.class, () -> client.send(request("/api/status").build(), BodyHandlers.ofString()));
            assertTrue(impostor.getMessage().contains("this is not the certificate in web.tls.certificate"), impostor.toString());
        }
    }

    @Test
    void topShowsIt() throws Exception {
        serveAll();
        feed.put(new RunReport("arx-sim", 1, 12.5, List.of(), new RunReport.Loop(100, 2, 0), Map.of(), Map.of(), new RunReport.Commands(50, 5, 3, 1), Map.of(), Map.of("brain", 1), List.of("1.0 s: begun")));
        final ByteArrayOutputStream screen = new ByteArrayOutputStream();
        final ServiceAddress address = new ServiceAddress(URI.create("https://127.0.0.1:" + port()), Optional.empty(), Optional.of(Pinned.to(service, Optional.empty())));
        assertTrue(new Top(address, new PrintStream(screen, true, StandardCharsets.UTF_8)).drawOnce(120, 30), "it answers");
        assertTrue(screen.toString(StandardCharsets.UTF_8).contains("playing") && screen.toString(StandardCharsets.UTF_8).contains("1.0 s: begun"), screen.toString(StandardCharsets.UTF_8));
        assertEquals(List.of(), logged());
    }

    @Test
    void foxgloveConnectsEncrypted() throws Throwable {
        serveAll();
        try (HttpClient client = client(Optional.empty()); FoxgloveViewer connected = FoxgloveViewer.connect(client, "wss://127.0.0.1:" + port() + "/foxglove", FoxgloveViewer.SDK)) {
            assertEquals("serverInfo", connected.text().path("op").asText());
        }
    }

    @Test
    void certificatesSayWhoMayDoWhat() throws Exception {
        serveThoseWithCertificates();
        assertEquals(401, get(Optional.empty()));
        assertEquals(401, post(Optional.empty(), "/api/release"));
        assertEquals(200, get(Optional.of(viewer)));
        assertEquals(403, post(Optional.of(viewer), "/api/release"));
        assertTrue(operator.asked.isEmpty(), operator.asked.toString());
        assertEquals(200, get(Optional.of(operatorOne)));
        assertEquals(200, post(Optional.of(operatorOne), "/api/release"));
        assertEquals(403, post(Optional.of(operatorOne), "/api/release", "Origin", "https://evil.example"), "a browser shows a certificate for any page");
        assertEquals(200, post(Optional.empty(), "/api/emergency-stop"));
        assertEquals(List.of("release", "stop: asked for over HTTP by 127.0.0.1"), operator.asked.stream().toList());
    }

    @Test
    void aTokenIsAsGoodAsACertificate() throws Exception {
        final Path token = Files.setPosixFilePermissions(Files.writeString(folder.resolve("token"), OPERATOR), PosixFilePermissions.fromString("rw-------"));
        serve(WebProfile.plain(InetAddress.getLoopbackAddress(), 0).withTokens(Optional.empty(), Optional.of(token))
            .withTls(new TlsProfile(service.certificate(), service.key(), Optional.of(certificates.certificate("site")))));
        assertEquals(401, post(Optional.empty(), "/api/release", "Authorization", "Bearer wrong-wrong-wrong-wrong"));
        assertEquals(200, post(Optional.empty(), "/api/release", "Authorization", "Bearer " + OPERATOR));
        assertEquals(200, post(Optional.of(operatorOne), "/api/release"));
        assertFalse(logged().toString().contains("wrong-wrong"), "a token that was tried may be one that is mistyped");
    }

    @Test
    void certificatesOfOthersAndOldOnesAreRefused() throws Exception {
        serveThoseWithCertificates();
        assertEquals(200, sendShowing("operator"), "a good one is let in");
        for (int i = 0; i < 3; i++) {
            assertThrows(IOException.class, () -> sendShowing("stranger"), "whose authority has the same name as ours");
            assertThrows(IOException.class, () -> sendShowing("late"));
        }
        assertEquals(List.of("release"), operator.asked.stream().toList());
        assertEquals(200, get(Optional.of(viewer)));
        assertToldOnce("refused 127.0.0.1: it sent no request: (certificate_unknown) PKIX path validation failed: java.security.cert.CertPathValidatorException: signature check failed");
        assertToldOnce("refused 127.0.0.1: it sent no request: (certificate_unknown) PKIX path validation failed: java.security.cert.CertPathValidatorException: validity check failed");
    }

    private int sendShowing(final String certificate) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder().sslContext(certificates.showing(certificate)).build()) {
            return client.send(request("/api/release").POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString()).statusCode();
        }
    }

    @Test
    void whatIsNoTlsIsRefusedAndToldOnce() throws Exception {
        serveAll();
        final SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 50; i++) {
            try (Socket socket = new Socket("127.0.0.1", port())) {
                final byte[] garbage = new byte[2_000];
                random.nextBytes(garbage);
                socket.getOutputStream().write(i % 2 == 0 ? garbage : "GET /api/status HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                socket.setSoTimeout(OVER_MILLIS);
                readToEnd(socket);
            } catch (final IOException hungUp) {
                assertFalse(hungUp instanceof SocketTimeoutException, "it was hung up on");
            }
        }
        assertEquals(200, get(Optional.empty()));
        assertToldOnce("refused 127.0.0.1: it sent no request: Unrecognized SSL message, plaintext connection?");
    }

    /** Without a limit for the whole of a handshake each of them would last for as long as it sends a byte now and then. */
    @Test
    void slowHandshakesHoldNobodyUpAndEnd() throws Exception {
        serveAll();
        final byte[] hello = beginOfHandshake();
        final List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < Connections.MOST_OF_ONE - 4; i++) {
            slow.add(new Socket("127.0.0.1", port()));
        }
        final long begin = System.nanoTime();
        int sent = 0;
        while (slow.stream().anyMatch(Socket::isConnected) && !slow.isEmpty()) {
            assertTrue(System.nanoTime() - begin < OVER_MILLIS * 1_000_000L, slow.size() + " still there after " + sent + " bytes");
            final int at = sent % hello.length;
            slow.removeIf(socket -> isOver(socket, hello[at]));
            sent++;
            if (sent == 5) {
                assertEquals(200, get(Optional.empty()), "others are served meanwhile");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertTrue(System.nanoTime() - begin > PATIENCE.toNanos(), "not before");
        assertTrue(sent < hello.length, "the handshake was never finished");
        assertToldOnce("refused 127.0.0.1: no request within 2 s");
    }

    private static boolean isOver(final Socket socket, final byte next) {
        try {
            socket.getOutputStream().write(next);
            socket.setSoTimeout(1);
            return socket.getInputStream().read() < 0;
        } catch (final SocketTimeoutException stillThere) {
            return false;
        } catch (final IOException hungUp) {
            return true;
        }
    }

    private static void readToEnd(final Socket socket) throws IOException {
        while (socket.getInputStream().read() >= 0) {
            // An alert, perhaps.
        }
    }

    /** What a client of the JDK sends first. */
    private static byte[] beginOfHandshake() throws IOException {
        try (java.net.ServerSocket listening = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress()); SSLSocket client = (SSLSocket) Pinned.to(service, Optional.empty()).getSocketFactory().createSocket()) {
            client.connect(listening.getLocalSocketAddress());
            Thread.ofVirtual().start(() -> {
                try {
                    client.startHandshake();
                } catch (final IOException nobodyAnswers) {
                    // Nobody does.
                }
            });
            try (Socket heard = listening.accept()) {
                return heard.getInputStream().readNBytes(200);
            }
        }
    }

    @Test
    void aRenewedCertificateIsShownWithoutARestart() throws Exception {
        final Path renewed = Files.createDirectories(folder.resolve("renewed"));
        final TlsProfile files = new TlsProfile(Files.copy(service.certificate(), renewed.resolve("robot.pem")), Files.copy(service.key(), renewed.resolve("robot.key")), Optional.empty());
        serve(WebProfile.plain(InetAddress.getLoopbackAddress(), 0).withTls(files));
        assertEquals("CN=robot", shown());
        Files.writeString(files.certificate(), Files.readString(certificates.certificate("operator")));
        TimeUnit.SECONDS.sleep(3);
        assertEquals("CN=robot", shown(), "the new certificate's key is not there yet");
        assertToldOnce("web.tls has changed and cannot be used, what was read before stays: web.tls.key " + files.key() + " is not the key of the certificate in " + files.certificate());
        Files.writeString(files.key(), Files.readString(certificates.key("operator")));
        TimeUnit.SECONDS.sleep(3);
        assertEquals("CN=Otto,OU=operator", shown());
    }

    private String shown() throws Exception {
        final SSLContext curious = SSLContext.getInstance("TLS");
        curious.init(null, new javax.net.ssl.TrustManager[] {new AnyCertificate()}, null);
        try (SSLSocket socket = (SSLSocket) curious.getSocketFactory().createSocket("127.0.0.1", port())) {
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSubjectX500Principal().getName().replace("OU=operator,CN=Otto", "CN=Otto,OU=operator");
        }
    }

    @Test
    void whatCannotBeUsedIsNamedAtStart() throws Exception {
        final Path text = Files.writeString(folder.resolve("text"), "hello\n");
        final Path broken = Files.writeString(folder.resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        final Path open = Files.setPosixFilePermissions(Files.writeString(folder.resolve("open.key"), Files.readString(service.key())), PosixFilePermissions.fromString("rw-r--r--"));
        final Path old = privately("old.key", Files.readString(service.key()).replace("PRIVATE KEY", "EC PRIVATE KEY"));
        final Path none = privately("none.key", "hello\n");
        assertUnusable(new TlsProfile(folder.resolve("nowhere.pem"), service.key(), Optional.empty()), "web.tls.certificate " + folder.resolve("nowhere.pem") + " cannot be read: ");
        assertUnusable(new TlsProfile(text, service.key(), Optional.empty()), "web.tls.certificate " + text + " holds no certificate");
        assertUnusable(new TlsProfile(broken, service.key(), Optional.empty()), "web.tls.certificate " + broken + " holds no certificate in PEM that can be read");
        assertUnusable(late, "web.tls.certificate " + late.certificate() + " expired on ");
        assertUnusable(new TlsProfile(service.certificate(), viewer.key(), Optional.empty()), "web.tls.key " + viewer.key() + " is not the key of the certificate in " + service.certificate());
        assertUnusable(new TlsProfile(service.certificate(), open, Optional.empty()), "web.tls.key " + open + " can be read by everybody: chmod o-r " + open);
        assertUnusable(new TlsProfile(service.certificate(), old, Optional.empty()), "web.tls.key " + old + " holds an EC PRIVATE KEY, which must be PKCS#8 without a password: openssl pkcs8");
        assertUnusable(new TlsProfile(service.certificate(), none, Optional.empty()), "web.tls.key " + none + " holds no private key in PEM");
        assertUnusable(new TlsProfile(service.certificate(), service.key(), Optional.of(text)), "web.tls.clients " + text + " holds no certificate");
    }

    private static Path privately(final String name, final String content) throws IOException {
        return Files.setPosixFilePermissions(Files.writeString(folder.resolve(name), content), PosixFilePermissions.fromString("rw-------"));
    }

    private void assertUnusable(final TlsProfile files, final String why) {
        final String message = assertThrows(ProfileException.class, () -> serve(WebProfile.plain(InetAddress.getLoopbackAddress(), 0).withTls(files))).getMessage();
        assertTrue(message.startsWith(why) && !message.contains("\n"), message);
    }

    @Test
    void opensslFindsNothingWeak() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed");
        serveAll();
        assertTrue(openssl("-tls1_3").contains("Verify return code: 0 (ok)"), "the newest");
        assertTrue(openssl("-tls1_2").contains("Verify return code: 0 (ok)"), "the one before");
        for (final String weak : List.of("-tls1", "-tls1_1", "-tls1_2 -cipher kRSA", "-tls1_2 -cipher ECDHE+SHA1", "-tls1_2 -cipher ECDHE+SHA256:!AESGCM:!CHACHA20", "-tls1_2 -cipher aNULL",
            "-tls1_2 -cipher DHE")) {
            assertFalse(openssl((weak + (weak.contains("cipher") ? ":@SECLEVEL=0" : " -cipher DEFAULT:@SECLEVEL=0")).split(" ")).contains("Cipher is ECDHE"), weak);
        }
    }

    private String openssl(final String... options) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of("/usr/bin/openssl", "s_client", "-connect", "127.0.0.1:" + port(), "-CAfile", certificates.certificate("site").toString()));
        command.addAll(List.of(options));
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile())).start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    @Test
    void theCommandLineReachesIt() throws Exception {
        serveThoseWithCertificates();
        final Path profile = Files.writeString(folder.resolve("profile.conf"), """
            extends = arx-sim
            web { port = %d, tls { certificate = "%s", key = "/root/nobody/may/read/this", clients = "%s" } }
            """.formatted(port(), service.certificate(), certificates.certificate("site")));
        final List<String> shows = List.of("--certificate", viewer.certificate().toString(), "--key", viewer.key().toString());
        assertEquals(1, CommandLineSetup.execute("status", "--profile", profile.toString()));
        final List<String> arguments = new ArrayList<>(List.of("status", "--profile", profile.toString()));
        arguments.addAll(shows);
        assertEquals(0, CommandLineSetup.execute(arguments.toArray(String[]::new)));
        assertEquals(2, CommandLineSetup.execute("status", "--profile", profile.toString(), "--key", viewer.key().toString()));
    }
}
