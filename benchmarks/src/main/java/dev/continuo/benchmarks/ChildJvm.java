package dev.continuo.benchmarks;

import dev.continuo.supervision.command.RunFailure;
import dev.continuo.supervision.process.ParentWatch;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The other process of a measurement: a JVM on the same class path.
 *
 * <p>The child says {@link #tellReady} once it serves, and works until its standard input ends, which it does when the parent closes this
 * object or dies. Everything else that it prints counts as its last words, told when it ends too early.
 */
public final class ChildJvm implements AutoCloseable {
    /** The flags of the role control, as the launcher gives them. */
    public static final List<String> CONTROL_FLAGS =
        List.of("-XX:+UseZGC", "-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch", "-XX:+UseCountedLoopSafepoints");

    private static final String READY = "ready ";
    private static final Path NICE = Path.of("/usr/bin/nice");
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final List<String> OWN_FLAGS = List.of("-Xm", "-XX:", "-agentlib", "-javaagent", "-Dai.djl.pytorch");

    private final String name;
    private final Process process;
    private final BlockingQueue<String> ready = new ArrayBlockingQueue<>(1);
    private volatile String lastWords = "it said nothing";

    private ChildJvm(final String name, final Process process) {
        this.name = name;
        this.process = process;
        Thread.ofPlatform().daemon().name(name + "-output").start(this::read);
    }

    /**
     * Starts a child and waits until it is ready.
     *
     * @param name      for messages
     * @param main      its main class
     * @param niceness  what the kernel is asked to add to its niceness; below 0 it comes before others, where that is permitted
     * @param flags     flags of its JVM beside those that open internals
     * @param arguments its command line
     * @throws RunFailure if it ends, or is not ready in time
     */
    public static ChildJvm start(
        final String name, final Class<?> main, final int niceness, final List<String> flags, final List<String> arguments,
        final Duration patience) {
        final List<String> command = new ArrayList<>();
        if (niceness != 0 && Files.isExecutable(NICE)) {
            command.addAll(List.of(NICE.toString(), "-n", Integer.toString(niceness)));
        }
        command.addAll(command(main.getName(), flags));
        command.addAll(arguments);
        try {
            final ChildJvm child = new ChildJvm(name, new ProcessBuilder(command).redirectErrorStream(true).start());
            child.awaitReady(patience);
            return child;
        } catch (final IOException failure) {
            throw new UncheckedIOException(name + " cannot be started", failure);
        }
    }

    /**
     * How a JVM is started on the same class path, with this one's flags but for those of its own memory and engine.
     *
     * @param main  its main class
     * @param flags of its JVM beside those
     */
    public static List<String> command(final String main, final List<String> flags) {
        final List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(flag -> OWN_FLAGS.stream().noneMatch(flag::startsWith))
            .forEach(command::add);
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        return command;
    }

    /** In the child: tells the parent that it serves, and what the parent must know to reach it; nothing is sent for none. */
    public static void tellReady(final String detail) {
        System.out.println(READY + detail);
        System.out.flush();
    }

    /** In the child: ends it when the parent goes or wants it to. */
    public static void endWithParent() {
        ParentWatch.start(System.in, () -> Runtime.getRuntime().halt(0));
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(READY)) {
                    ready.offer(line.substring(READY.length()));
                } else if (!line.isBlank()) {
                    lastWords = line;
                }
            }
        } catch (final IOException ended) {
            lastWords = String.valueOf(ended.getMessage());
        }
    }

    private void awaitReady(final Duration patience) {
        final long deadlineNanos = System.nanoTime() + patience.toNanos();
        try {
            while (ready.isEmpty()) {
                final boolean ended = process.waitFor(20, TimeUnit.MILLISECONDS);
                if (ended && ready.isEmpty() || System.nanoTime() - deadlineNanos > 0) {
                    process.destroyForcibly();
                    throw new RunFailure(name + (ended ? " ended with status " + process.exitValue() : " was not ready in time")
                        + ": " + lastWords);
                }
            }
        } catch (final InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new RunFailure("interrupted");
        }
    }

    /** What the child told with {@link #tellReady}. */
    public String detail() {
        return ready.element();
    }

    /** Fails when the child has ended. */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw new RunFailure(name + " ended with status " + process.exitValue() + ": " + lastWords);
        }
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (process.waitFor(GRACE)) {
                return;
            }
        } catch (final IOException alreadyGone) {
            lastWords = String.valueOf(alreadyGone.getMessage());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
