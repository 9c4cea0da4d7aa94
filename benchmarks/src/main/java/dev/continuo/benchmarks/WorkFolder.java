package dev.continuo.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Where a measurement keeps sockets and shared memory: in memory where the machine offers that, as the service does. Closing removes it.
 *
 * @param path the folder
 */
public record WorkFolder(Path path) implements AutoCloseable {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final String PREFIX = "continuo-bench";

    /** A new folder. */
    public static WorkFolder create() throws IOException {
        return new WorkFolder(Files.isDirectory(SHARED_MEMORY) && Files.isWritable(SHARED_MEMORY)
            ? Files.createTempDirectory(SHARED_MEMORY, PREFIX) : Files.createTempDirectory(PREFIX));
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (final UncheckedIOException gone) {
            throw gone.getCause();
        }
    }
}
