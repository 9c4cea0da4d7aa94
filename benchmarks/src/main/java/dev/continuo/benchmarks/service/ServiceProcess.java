package dev.continuo.benchmarks.service;

import dev.continuo.benchmarks.Pause;
import dev.continuo.supervision.command.Installation;
import dev.continuo.supervision.command.RunFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * {@code ./continuo run} with a folder of its own for its log and its latencies. Whatever of it still runs when it is closed is killed.
 *
 * <p>For one thread.
 */
public final class ServiceProcess implements AutoCloseable {
    private static final String LISTENS = "continuo: HTTP at ";
    private static final String ROLE = "\0role\0";
    private static final long POLL_MILLIS = 50;

    private final Process launcher;
    private final Path folder;
    private final Path output;

    private ServiceProcess(final Process launcher, final Path folder, final Path output) {
        this.launcher = launcher;
        this.folder = folder;
        this.output = output;
    }

    /**
     * Starts it.
     *
     * @param folder      what it leaves behind goes there
     * @param environment variables beside those of this process
     * @param arguments   behind {@code run}
     */
    public static ServiceProcess start(final Path folder, final Map<String, String> environment, final List<String> arguments) {
        final List<String> command = new ArrayList<>(List.of(Installation.home().resolve("continuo").toString(), "run"));
        command.addAll(arguments);
        final Path output = folder.resolve("output.txt");
        final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("CONTINUO_NO_BUILD", "1");
        builder.environment().put("CONTINUO_STATE", folder.toString());
        builder.environment().putAll(environment);
        try {
            return new ServiceProcess(builder.start(), folder, output);
        } catch (final IOException failure) {
            throw new UncheckedIOException(command.getFirst() + " cannot be started", failure);
        }
    }

    /** What it has printed so far. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Where it listens for HTTP; waits until it does.
     *
     * @throws RunFailure if it ends before, or does not in time
     */
    public URI address(final Duration patience) {
        await("it listens for HTTP", patience, () -> output().contains(LISTENS));
        return URI.create(output().lines().filter(line -> line.startsWith(LISTENS)).findFirst().orElseThrow().substring(LISTENS.length()));
    }

    /**
     * Waits until something holds.
     *
     * @param what for the message: that it holds
     * @throws RunFailure if the service ends before, or it does not hold in time
     */
    public void await(final String what, final Duration patience, final BooleanSupplier holds) {
        final long deadlineNanos = System.nanoTime() + patience.toNanos();
        while (!holds.getAsBoolean()) {
            if (!launcher.isAlive() || System.nanoTime() - deadlineNanos > 0) {
                throw new RunFailure("the service " + (launcher.isAlive() ? "does not get there in " + patience.toSeconds() + " s" : "ended with status " + launcher.exitValue())
                    + " before " + what + ": " + lastWords());
            }
            Pause.millis(POLL_MILLIS);
        }
    }

    /**
     * Waits for its end.
     *
     * @throws RunFailure unless it ends in time and with status 0
     */
    public void awaitEnd(final Duration patience) {
        try {
            if (!launcher.waitFor(patience)) {
                throw new RunFailure("the service does not end: " + lastWords());
            }
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RunFailure("interrupted");
        }
        if (launcher.exitValue() != 0) {
            throw new RunFailure("the service ended with status " + launcher.exitValue() + ": " + lastWords());
        }
    }

    /** {@code kill -9} of all its processes at once, and their end. */
    public void kill() {
        launcher.descendants().forEach(ProcessHandle::destroyForcibly);
        launcher.destroyForcibly().onExit().join();
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return launcher.isAlive();
    }

    /** Its processes by role: {@code control}, {@code brain}, {@code cell}. */
    public Map<String, ProcessHandle> roles() {
        final Map<String, ProcessHandle> roles = new LinkedHashMap<>();
        roles.put("control", launcher.toHandle());
        launcher.descendants().forEach(process -> role(process).ifPresent(role -> roles.put(role, process)));
        return roles;
    }

    /** The process of one of them, while there is one. */
    public Optional<ProcessHandle> role(final String name) {
        return Optional.ofNullable(roles().get(name)).filter(ProcessHandle::isAlive);
    }

    /** From the kernel: the JDK cuts off a command line with a class path as long as ours. */
    private static Optional<String> role(final ProcessHandle process) {
        try {
            final String line = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"), StandardCharsets.ISO_8859_1);
            final int at = line.indexOf(ROLE);
            return at < 0 ? Optional.empty() : Optional.of(line.substring(at + ROLE.length()).split("\0", 2)[0]);
        } catch (final IOException gone) {
            return Optional.empty();
        }
    }

    /** The file of its latencies, once it has begun one. */
    public Optional<Path> latencies() {
        try (Stream<Path> runs = Files.walk(folder)) {
            return runs.filter(file -> file.toString().endsWith(".hlog")).findFirst();
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private String lastWords() {
        return output().lines().reduce((_, last) -> last).orElse("it said nothing");
    }

    @Override
    public void close() {
        launcher.descendants().forEach(ProcessHandle::destroyForcibly);
        launcher.destroyForcibly();
    }
}
