package dev.continuo.benchmarks.franka;

import dev.continuo.supervision.command.RunFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The peer: a C program that answers each state with a command of zeros, compiled here from {@code echo.c}. */
final class EchoProgram {
    private static final String SOURCE = "echo.c";
    private static final long PATIENCE_SECONDS = 60;

    private final Path program;

    private EchoProgram(final Path program) {
        this.program = program;
    }

    /**
     * Compiles it.
     *
     * @param compiler a C compiler, for example {@code cc}
     * @throws RunFailure when there is none, with what it says
     */
    static EchoProgram compile(final String compiler, final Path folder) {
        final Path source = folder.resolve(SOURCE);
        final Path program = folder.resolve("echo");
        try (InputStream in = EchoProgram.class.getResourceAsStream(SOURCE)) {
            Files.write(source, in.readAllBytes());
        } catch (final IOException failure) {
            throw new RunFailure(source + ": " + failure.getMessage());
        }
        run(folder, List.of(compiler, "-O2", "-Wall", "-o", program.toString(), source.toString()), PATIENCE_SECONDS);
        return new EchoProgram(program);
    }

    /** Runs one round; what it measures is in {@code file} then. */
    void run(final int port, final int warmUpCycles, final int cycles, final Path file) {
        run(program.getParent(), List.of(program.toString(), Integer.toString(port), Integer.toString(ClientProcess.PRIORITY), Integer.toString(warmUpCycles),
            Integer.toString(cycles), file.toString()), PATIENCE_SECONDS + 2L * (warmUpCycles + cycles) / 1000);
    }

    private static void run(final Path folder, final List<String> command, final long seconds) {
        final Path output = folder.resolve("output");
        try {
            final Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
            final boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
            process.destroyForcibly();
            if (!ended || process.exitValue() != 0) {
                final String said = Files.readString(output, StandardCharsets.UTF_8).strip();
                throw new RunFailure(command.getFirst() + (ended ? " ended with status " + process.exitValue() : " did not end") + ": " + said);
            }
        } catch (final IOException missing) {
            throw new RunFailure("--cc " + command.getFirst() + ": " + missing.getMessage());
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RunFailure("interrupted");
        }
    }
}
