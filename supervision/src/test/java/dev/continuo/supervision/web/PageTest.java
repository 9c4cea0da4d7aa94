package dev.continuo.supervision.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.continuo.actors.agent.WatchAgent;
import dev.continuo.actors.agent.Watched;
import dev.continuo.actors.bus.MemoryBus;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.latency.Latency;
import dev.continuo.actors.latency.LatencyLog;
import dev.continuo.actors.latency.LatencyRecorder;
import dev.continuo.actors.message.CameraFrameEncoder;
import dev.continuo.actors.message.JointStateEncoder;
import dev.continuo.actors.message.MessageHeaderEncoder;
import dev.continuo.actors.message.MotionMode;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileReader;
import dev.continuo.config.WebProfile;
import dev.continuo.supervision.cluster.ClusterSettings;
import dev.continuo.supervision.report.RunFeed;
import dev.continuo.supervision.report.RunReport;
import dev.continuo.supervision.report.RunStatus;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The page as it was built, in a real browser where there is one. */
@Timeout(120)
class PageTest {
    private static final Path SOURCES = Path.of("page");
    private static final Path BROWSER = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Profile PROFILE = ProfileReader.read("arx-sim");

    @Test
    void isBuiltFromItsSources() throws Exception {
        final TreeSet<String> names = new TreeSet<>(List.of("index.html", "package.json"));
        try (Stream<Path> files = Files.list(SOURCES.resolve("src"))) {
            files.forEach(file -> names.add("src/" + file.getFileName()));
        }
        final MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (final String name : names) {
            digest.update((name + "\0").getBytes());
            digest.update(Files.readAllBytes(SOURCES.resolve(name)));
            digest.update((byte) 0);
        }
        final String built = new String(PageTest.class.getResourceAsStream("/dev/continuo/supervision/web/page/sources.sha256").readAllBytes()).strip();
        assertEquals(HexFormat.of().formatHex(digest.digest()), built, "supervision/page was changed: npm run build there");
    }

    @Test
    void showsARunAndAsksForThingsAndSaysWhenItIsCutOff() throws Exception {
        assumeTrue(Files.isExecutable(BROWSER) && Files.isExecutable(DRIVER), "chromium and chromedriver are not installed");
        final ActorTestKit kit = ActorTestKit.create("page", ClusterSettings.local());
        try (Run run = new Run(kit); ClosedAtEnd browser = new ClosedAtEnd()) {
            WebServer server = run.serve(0);
            final int port = server.address().getPort();
            final ChromeDriver page = browser.driver;
            page.get("http://127.0.0.1:" + port + "/");

            await("the phase", () -> text(page, "phase").equals("playing"));
            await("what is asked", () -> text(page, "trial").equals("trial 3: 4+8 (2 of 2)"));
            await("the arm's mode", () -> text(page, "mode-right").equals("playing"));
            await("a measured joint", () -> page.findElement(By.id("arms")).getText().contains("joint 2 0.200"));
            await("a latency", () -> page.findElement(By.id("latency-loop-lateness")).getText().startsWith("Lateness of control cycles: "));
            await("the camera's picture", () -> "320".equals(String.valueOf(page.executeScript("return document.querySelector('#cameras img')?.naturalWidth"))));
            await("an actor that was restarted", () -> text(page, "actors").contains("brain") && text(page, "actors").contains("restarted once"));
            await("an event, as text", () -> text(page, "events").contains("1.0 s: <b>odd</b>"));

            page.findElement(By.id("emergency-stop")).click();
            assertTrue(run.operator.asked.poll(10, TimeUnit.SECONDS).startsWith("stop: "));
            page.findElement(By.id("park")).click();
            assertEquals("park", run.operator.asked.poll(10, TimeUnit.SECONDS));
            page.findElement(By.id("start")).click();
            assertEquals("start", run.operator.asked.poll(10, TimeUnit.SECONDS));
            page.findElement(By.id("instruction")).sendKeys("fly\n");
            await("why it is not understood", () -> text(page, "answer").equals("nothing flies"));
            page.findElement(By.id("instruction")).clear();
            page.findElement(By.id("instruction")).sendKeys("Pick the card.\n");
            assertEquals("instruct: Pick the card.", run.operator.asked.poll(10, TimeUnit.SECONDS));

            server.close();
            await("that the connection is gone", () -> page.findElement(By.id("lost")).isDisplayed());
            assertTrue(text(page, "lost").startsWith("No connection to the service since "), text(page, "lost"));
            server = run.serve(port);
            await("that it is back", () -> !page.findElement(By.id("lost")).isDisplayed());
            run.seconds = 1;
            await("that the run is another", () -> text(page, "loop").startsWith("1 s"));
            server.close();
            final List<LogEntry> errors = page.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> !entry.getMessage().contains("net::ERR_") && !entry.getMessage().contains("status of 400")).toList();
            assertTrue(errors.isEmpty(), errors.toString());
        } finally {
            kit.shutdownTestKit();
        }
    }

    private static String text(final ChromeDriver page, final String id) {
        return page.findElement(By.id(id)).getText();
    }

    private static void await(final String what, final BooleanSupplier condition) throws InterruptedException {
        final long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < until, "not shown within 20 s: " + what);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static final class ClosedAtEnd implements AutoCloseable {
        private final ChromeDriver driver;

        private ClosedAtEnd() {
            final LoggingPreferences logs = new LoggingPreferences();
            logs.enable(LogType.BROWSER, java.util.logging.Level.SEVERE);
            final ChromeOptions options = new ChromeOptions().setBinary(BROWSER.toFile())
                .addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1400,1100");
            options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
            driver = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build(), options);
        }

        @Override
        public void close() {
            driver.quit();
        }
    }

    /** A service whose stages say the same again and again. */
    private static final class Run implements AutoCloseable {
        private final RecordedOperator operator = new RecordedOperator();
        private final ActorTestKit kit;
        private final RunFeed feed = new RunFeed();
        private final Watched watched = new Watched(SystemNanoClock.INSTANCE);
        private final LatencyLog latencies = LatencyLog.inMemory();
        private final Thread stages = Thread.ofPlatform().daemon().unstarted(this::speak);
        private volatile double seconds = 12.5;
        private volatile boolean closed;

        private Run(final ActorTestKit kit) {
            this.kit = kit;
            stages.start();
        }

        private WebServer serve(final int port) {
            return WebServer.start(kit.system(), WebProfile.plain(InetAddress.getLoopbackAddress(), port),
                new WebParts(PROFILE, feed, watched, latencies::totalsByStage, () -> false, operator, SystemNanoClock.INSTANCE));
        }

        private void speak() {
            final MemoryBus bus = new MemoryBus(1 << 20);
            final WatchAgent agent = new WatchAgent(PROFILE, watched, bus, SystemNanoClock.INSTANCE);
            final LatencyRecorder recorder = new LatencyRecorder("arm-left", Latency.LOOP_LATENESS);
            latencies.add(recorder);
            final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1 << 20]);
            final RunReport.Loop loop = new RunReport.Loop(1, 0, 0);
            for (long sequence = 1; !closed; sequence++) {
                recorder.record(Latency.LOOP_LATENESS, 1_000L * sequence);
                feed.put(new RunStatus(seconds, "playing", 3, "4+8", 2, 2, "", 1, 2, 3, ""));
                feed.put(new RunReport("arx-sim", 1, seconds, List.of(), loop, Map.of("left", loop), Map.of(), new RunReport.Commands(1, 0, 0, 0),
                    Map.of("camera-top", Map.of("received", 77L)), Map.of("brain", 1, "camera-top", 0, "arm-left", 0), List.of("1.0 s: <b>odd</b>")));
                bus.publication(StreamId.JOINT_STATE).offer(buffer, 0, state(buffer, sequence));
                bus.publication(StreamId.CAMERA_FRAME).offer(buffer, 0, picture(buffer, sequence));
                agent.doWork();
                try {
                    TimeUnit.MILLISECONDS.sleep(20);
                } catch (final InterruptedException e) {
                    return;
                }
            }
            agent.onClose();
        }

        private static int state(final UnsafeBuffer buffer, final long sequence) {
            final long now = System.nanoTime();
            final JointStateEncoder encoder = new JointStateEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
            encoder.observedAtNanos(now).publishedAtNanos(now).sequence(sequence).index(1).mode(MotionMode.PLAYING).commandedAtNanos(now).chunkSequence(0);
            final JointStateEncoder.AxesEncoder axes = encoder.axesCount(7);
            for (int axis = 1; axis <= 7; axis++) {
                axes.next().position(0.1 * axis).velocity(0).effort(0).setpoint(0.1 * axis);
            }
            return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
        }

        private static int picture(final UnsafeBuffer buffer, final long sequence) {
            final long now = System.nanoTime();
            final byte[] pixels = new byte[320 * 240 * 3];
            final CameraFrameEncoder encoder = new CameraFrameEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
            encoder.observedAtNanos(now).publishedAtNanos(now).sequence(sequence).index(0).capturedAtNanos(now).width(320).height(240).putPixels(pixels, 0, pixels.length);
            return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
        }

        @Override
        public void close() {
            closed = true;
            stages.interrupt();
        }
    }
}
