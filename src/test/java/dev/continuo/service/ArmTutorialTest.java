package dev.continuo.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.continuo.config.ArmProfile;
import dev.continuo.config.ProfileReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/add-an-arm.md}, followed word by word, and what happens when its arm goes away. */
class ArmTutorialTest {
    private static final int PATIENCE_SECONDS = 150;
    private static final int RATE_HZ = 250;
    private static final int MOST_STEPS_AT_ONCE = 5;
    private static final int PLAYED_SECONDS = 5;
    private static final String SHARED_LIMITS = "    limits = ${definitions.r5-limits}, ready-pose = ${definitions.r5-ready}, park-pose = ${definitions.r5-park} }";

    @TempDir
    private Path folder;
    private Tutorial tutorial;

    /** What the arm was told: in which cycle, whether to follow, and where to be. */
    private record Order(long number, boolean follow, double[] position) {
        @Override
        public String toString() {
            return number + (follow ? " follow " : " let go ") + Arrays.toString(position);
        }

        static Order of(final String line) {
            final double[] numbers = Arrays.stream(line.substring(line.indexOf('[') + 1, line.length() - 1).split(", ")).mapToDouble(Double::parseDouble).toArray();
            return new Order((long) numbers[0], numbers[1] == 1, Arrays.copyOfRange(numbers, 2, numbers.length));
        }

        double farthest(final double[] other) {
            return IntStream.range(0, position.length).mapToDouble(axis -> Math.abs(position[axis] - other[axis])).max().orElseThrow();
        }
    }

    @BeforeEach
    void open() {
        tutorial = new Tutorial("add-an-arm.md", folder);
    }

    @Test
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void theArmIsBuiltAndMovesWithinItsLimitsAndIsLimpInTheEnd() throws Exception {
        tutorial.continuo("new", "arm", "udp-arm");
        final Path arm = folder.resolve("udp-arm");
        tutorial.call(arm.resolve("build.sh").toString());
        final JsonNode skeleton = play(tutorial.run(profile(Files.readAllLines(arm.resolve("udp-arm.conf"))), "--json", json().toString()));
        assertTrue(skeleton.at("/arms/left/ticks").asLong() > 1_000, "the beginning runs as it is: " + skeleton.at("/arms"));

        build(arm);
        final List<String> configuration = tutorial.block("```conf");
        final Path told = folder.resolve("told.txt");
        final JsonNode report;
        final Process standIn = standIn(4210, told);
        try {
            // As a user starts it: in one process a machine under load stalls the simulated arm beside it, which then is a fault.
            report = play(tutorial.runInProcesses(profile(configuration), "--json", json().toString()));
        } finally {
            standIn.destroyForcibly().waitFor();
        }
        final List<Order> orders = orders(told);
        final ArmProfile profile = ProfileReader.read(profile(configuration).toString()).arms().getFirst();
        assertWithinLimits(orders, profile);
        final double[] ready = profile.readyPose().toArray();
        assertTrue(orders.stream().anyMatch(order -> order.follow && order.farthest(ready) < 0.01), "it was at its ready pose");
        assertTrue(!orders.getFirst().follow, "it did not move before it was armed");
        assertTrue(!orders.getLast().follow, "it was let go in the end");
        final Order last = orders.reversed().stream().filter(Order::follow).findFirst().orElseThrow();
        assertTrue(last.farthest(profile.parkPose().toArray()) < 0.01, "it was parked before: " + Arrays.toString(last.position));
        assertTrue(report.at("/arms/left/allocatedBytesPerTick").asDouble() < 1, report.at("/arms").toString());
        assertEquals(0, report.at("/restarts/arm-left").asInt(-1), report.at("/restarts").toString());
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void anArmThatGoesAwayStopsTheOtherAndIsFoundAgain() throws Exception {
        tutorial.continuo("new", "arm", "udp-arm");
        build(folder.resolve("udp-arm"));
        final Path left = folder.resolve("left.txt");
        final Path right = folder.resolve("right.txt");
        Process leftArm = standIn(4210, left);
        final Process rightArm = standIn(4211, right);
        try (LaunchedService service = tutorial.run(profile(twoOfThem()))) {
            service.awaitOutput("playing", PATIENCE_SECONDS);
            TimeUnit.SECONDS.sleep(PLAYED_SECONDS);
            leftArm.destroyForcibly().waitFor();
            service.awaitOutput("left arm: no answer for 250 ms", PATIENCE_SECONDS);
            assertStandsStill(service, right);
            final Path again = folder.resolve("again.txt");
            leftArm = standIn(4210, again);
            service.await("the arm follows again", PATIENCE_SECONDS, () -> orders(again).stream().anyMatch(Order::follow));
            assertTrue(!orders(again).getFirst().follow, "it was found limp");
            service.interrupt();
            assertEquals(0, service.exitStatus(PATIENCE_SECONDS), service.output());
        } finally {
            leftArm.destroyForcibly().waitFor();
            rightArm.destroyForcibly().waitFor();
        }
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void aDriverThatHangsStopsTheOtherArmAndIsReplaced() throws Exception {
        final Path hanging = folder.resolve("hanging");
        tutorial.continuo("new", "arm", "udp-arm");
        build(folder.resolve("udp-arm"), "            int answers = 0;\n", """
                        int answers = 0;
                        while (name.equals("left") && java.nio.file.Files.exists(java.nio.file.Path.of("%s"))) {
                            java.util.concurrent.locks.LockSupport.parkNanos(10_000_000L);
                        }
            """.formatted(hanging));
        final Path right = folder.resolve("right.txt");
        final Process leftArm = standIn(4210, folder.resolve("left.txt"));
        final Process rightArm = standIn(4211, right);
        final Path json = folder.resolve("run.json");
        try (LaunchedService service = tutorial.run(profile(twoOfThem()), "--json", json.toString())) {
            service.awaitOutput("playing", PATIENCE_SECONDS);
            TimeUnit.SECONDS.sleep(PLAYED_SECONDS);
            Files.createFile(hanging);
            service.awaitOutput("arm-left no sign of life", PATIENCE_SECONDS);
            assertStandsStill(service, right);
            Files.delete(hanging);
            final int before = orders(right).size();
            service.await("the arms move again", PATIENCE_SECONDS, () -> {
                final List<Order> orders = orders(right);
                return orders.subList(before, orders.size()).stream().anyMatch(order -> order.follow && order.farthest(orders.get(before).position) > 0.05);
            });
            service.interrupt();
            assertEquals(0, service.exitStatus(PATIENCE_SECONDS), service.output());
        } finally {
            leftArm.destroyForcibly().waitFor();
            rightArm.destroyForcibly().waitFor();
        }
        assertTrue(LaunchedService.report(json).at("/restarts/arm-left").asInt() >= 1, "the driver was replaced");
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void whatCannotBeIsToldBeforeAnythingStarts() throws Exception {
        final List<String> configuration = tutorial.block("```conf");
        for (final String verb : List.of("run", "config")) {
            assertRefused(verb, configuration, "continuo: arm left: no type udp-arm; there are fr3, l5, panda, r5, x5");
        }
        tutorial.continuo("new", "arm", "udp-arm");
        build(folder.resolve("udp-arm"));
        assertRefused("run", configuration.stream().map(line -> line.replace("port = 4210", "prot = 4210")).toList(), "continuo: arm left: missing key settings.port");
        assertRefused("run", configuration.stream().map(line -> line.replace("port = 4210", "port = 4210, baud = 9")).toList(),
            "continuo: arm left: unknown key settings.baud; known here: host, port");
        final List<String> narrow = new ArrayList<>(configuration);
        narrow.set(narrow.indexOf(SHARED_LIMITS), "    limits { minimum = [-1, 0], maximum = [1, 1], velocity = [1, 1], acceleration = [1, 1], jerk = [1, 1]\n"
            + "      workspace = ${definitions.r5-limits.workspace} }, ready-pose = [0, 0], park-pose = [0, 0] }");
        assertRefused("config", narrow,
            "continuo: arm left: the type udp-arm has 6 joints and a gripper, its limits have 2 values");
    }

    private void assertRefused(final String verb, final List<String> configuration, final String why) throws Exception {
        try (LaunchedService service = LaunchedService.start(folder, tutorial.environment(), verb, "--profile", profile(configuration).toString())) {
            assertEquals(2, service.exitStatus(PATIENCE_SECONDS), service.output());
            assertTrue(service.output().contains(why), service.output());
        }
    }

    /** The page's profile with another such arm in place of the simulated one. */
    private List<String> twoOfThem() throws IOException {
        return tutorial.block("```conf").stream().map(line -> line.replace("model = r5, rate-hz = 500, motor-timeout = 0 s, transport = ${definitions.right-transport}",
            "model = udp-arm, rate-hz = 250, settings { host = 127.0.0.1, port = 4211 }")).toList();
    }

    /** Two seconds' worth of commands later it stands where it stood for half a second. */
    private static void assertStandsStill(final LaunchedService service, final Path told) throws InterruptedException {
        final int before = orders(told).size();
        service.await("it is still commanded", PATIENCE_SECONDS, () -> orders(told).size() - before > 2 * RATE_HZ);
        final List<Order> held = orders(told);
        final List<Order> last = held.subList(held.size() - RATE_HZ / 2, held.size());
        assertTrue(last.stream().allMatch(order -> order.follow && order.farthest(held.getLast().position) < 1e-6),
            () -> "it stands still: " + last.getFirst() + " to " + last.getLast() + ": " + service.output());
    }

    /** Neither a position outside nor a way longer than the speed allows, from any order to the next that arrived and over a tenth of a second. */
    private static void assertWithinLimits(final List<Order> orders, final ArmProfile profile) {
        final List<Order> followed = orders.stream().filter(Order::follow).toList();
        assertTrue(followed.size() > PLAYED_SECONDS * RATE_HZ / 2, followed.size() + " commands");
        final int window = RATE_HZ / 10;
        for (int i = 1; i < followed.size(); i++) {
            final Order order = followed.get(i);
            for (int axis = 0; axis < profile.axisCount(); axis++) {
                final double position = order.position[axis];
                final double speed = profile.limits().velocity().at(axis);
                assertTrue(position >= profile.limits().minimum().at(axis) - 1e-9 && position <= profile.limits().maximum().at(axis) + 1e-9, "axis " + axis + " at " + position);
                for (final Order earlier : List.of(followed.get(i - 1), followed.get(Math.max(0, i - window)))) {
                    final double way = Math.abs(position - earlier.position[axis]);
                    final double seconds = (double) (order.number - earlier.number + MOST_STEPS_AT_ONCE - 1) / RATE_HZ;
                    assertTrue(way <= speed * seconds, "axis " + axis + " moves by " + way + " within " + (order.number - earlier.number) + " cycles");
                }
            }
        }
        assertTrue(followed.stream().mapToDouble(order -> order.farthest(followed.getFirst().position)).max().orElseThrow() > 0.5, "it moved");
    }

    /** Plays for a while; the report. */
    private JsonNode play(final LaunchedService started) throws Exception {
        try (LaunchedService service = started) {
            service.awaitOutput("playing", PATIENCE_SECONDS);
            TimeUnit.SECONDS.sleep(PLAYED_SECONDS);
            service.interrupt();
            assertEquals(0, service.exitStatus(PATIENCE_SECONDS), service.output());
        }
        return LaunchedService.report(json());
    }

    private Path json() {
        return folder.resolve("run.json");
    }

    private void build(final Path arm) throws Exception {
        build(arm, "", "");
    }

    /** The page's driver with something in place of something. */
    private void build(final Path arm, final String in, final String out) throws Exception {
        final String code = String.join("\n", tutorial.block("```java")) + "\n";
        assertTrue(code.contains(in), in);
        Files.writeString(arm.resolve("UdpArm.java"), in.isEmpty() ? code : code.replace(in, out));
        tutorial.call(arm.resolve("build.sh").toString());
    }

    private Process standIn(final int port, final Path told) throws Exception {
        final Path code = Files.write(folder.resolve("StandIn.java"), tutorial.block("```java stand-in"));
        final Process standIn = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), code.toString(), Integer.toString(port))
            .redirectErrorStream(true).redirectOutput(told.toFile()).start();
        TimeUnit.SECONDS.sleep(2);
        assertTrue(standIn.isAlive(), () -> "the stand-in runs: " + read(told));
        return standIn;
    }

    /** All that was told so far but for a line that is just being written. */
    private static List<Order> orders(final Path told) {
        final String text = read(told);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().map(Order::of).toList();
    }

    private static String read(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The page's profile, away from whatever runs beside the build. */
    private Path profile(final List<String> configuration) throws IOException {
        return Files.writeString(folder.resolve("own.conf"), String.join("\n", configuration) + """

            bus.directory = /dev/shm/continuo-arm-%d
            cluster { control-port = 26420, brain-port = 26421, cell-port = 26422 }
            definitions { camera-port = 8695, left-transport.path = "%2$s/left.sock", right-transport.path = "%2$s/right.sock" }
            """.formatted(ProcessHandle.current().pid(), folder));
    }
}
