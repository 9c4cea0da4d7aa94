package dev.continuo.service;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.agrona.IoUtil;

/** Continuo as a user starts it: the launcher and the processes that come of it. What still runs when it is closed is killed. */
final class LaunchedService implements AutoCloseable {
    /** The folder with the launcher, the models and the sources. */
    static final Path HOME = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final int POLL_MILLIS = 50;
    private static final String LISTENS = "continuo: HTTP at ";

    private final Process launcher;
    private final Path output;

    private LaunchedService(final Process launcher, final Path output) {
        this.launcher = launcher;
        this.output = output;
    }

    /**
     * Starts it.
     *
     * @param folder where its output is written to
     */
    static LaunchedService start(final Path folder, final String... arguments) {
        return start(folder, Map.of(), arguments);
    }

    /**
     * Starts it with environment variables of its own.
     *
     * @param folder where its output is written to
     */
    static LaunchedService start(final Path folder, final Map<String, String> environment, final String... arguments) {
        final Path output = folder.resolve("out.txt");
        final ProcessBuilder builder = new ProcessBuilder(HOME.resolve("continuo").toString());
        builder.command().addAll(List.of(arguments));
        if (arguments[0].equals("run") || arguments[0].equals("record")) {
            // One of its own: a service that runs beside the build must not be met.
            builder.command().addAll(List.of("--set", "web.port=0"));
        }
        builder.redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("CONTINUO_NO_BUILD", "1");
        builder.environment().putAll(environment);
        try {
            return new LaunchedService(builder.start(), output);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it has printed so far. */
    String output() {
        try {
            return Files.readString(output);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return launcher.isAlive();
    }

    /** What a user types while it runs. */
    PrintStream keyboard() {
        return new PrintStream(launcher.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /** Asks it to end, as Ctrl-C does. */
    void interrupt() {
        launcher.toHandle().destroy();
    }

    /** {@code kill -9} of all its processes at once. */
    void kill() throws InterruptedException {
        launcher.descendants().forEach(ProcessHandle::destroyForcibly);
        launcher.destroyForcibly().waitFor();
    }

    /** Waits for its end; the exit status. */
    int exitStatus(final int seconds) throws InterruptedException {
        assertTrue(launcher.waitFor(seconds, TimeUnit.SECONDS), () -> "it ends within " + seconds + " s: " + output());
        return launcher.exitValue();
    }

    /** Waits until it has printed something. */
    void awaitOutput(final String text, final int seconds) throws InterruptedException {
        await("\"" + text + "\"", seconds, () -> output().contains(text));
    }

    /** Waits until something holds while it runs. */
    void await(final String what, final int seconds, final BooleanSupplier condition) throws InterruptedException {
        final long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until || !isAlive()) {
                fail(what + (isAlive() ? ": not within " + seconds + " s: " : ": it has ended: ") + output());
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    /** Waits for a process of a role, {@code brain} for example. */
    ProcessHandle awaitRole(final String role, final Predicate<ProcessHandle> wanted, final int seconds) throws InterruptedException {
        final ProcessHandle[] found = new ProcessHandle[1];
        await("a process of role " + role, seconds, () -> {
            found[0] = launcher.descendants().filter(child -> commandLine(child).contains("role " + role)).filter(wanted).findFirst().orElse(null);
            return found[0] != null;
        });
        return found[0];
    }

    /** From the kernel: the JDK cuts off a command line with a class path as long as ours. */
    private static String commandLine(final ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline")).replace('\0', ' ');
        } catch (final IOException gone) {
            return "";
        }
    }

    /** Where it listens for HTTP. */
    URI address(final int seconds) throws InterruptedException {
        awaitOutput(LISTENS, seconds);
        return URI.create(output().lines().filter(line -> line.startsWith(LISTENS)).findFirst().orElseThrow().substring(LISTENS.length()));
    }

    /** What it wrote to the file that {@code --json} named. */
    static JsonNode report(final Path json) throws IOException {
        return new ObjectMapper().readTree(json.toFile());
    }

    @Override
    public void close() {
        launcher.descendants().forEach(ProcessHandle::destroyForcibly);
        launcher.destroyForcibly();
        deleteBuses();
    }

    /** A service that is killed leaves its bus in memory. Tests name theirs by the number of their own process. */
    private static void deleteBuses() {
        final String own = "-" + ProcessHandle.current().pid();
        try (Stream<Path> folders = Files.list(SHARED_MEMORY)) {
            folders.filter(folder -> folder.toString().endsWith(own)).forEach(folder -> IoUtil.delete(folder.toFile(), true));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
