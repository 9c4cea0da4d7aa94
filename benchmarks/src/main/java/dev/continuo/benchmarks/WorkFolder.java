package dev.continuo.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a measurement keeps sockets and shared memory: in memory where the machine offers that, as the service does. */
public final class WorkFolder {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final String PREFIX = "continuo-bench";

    private WorkFolder() {
    }

    /** A new folder; whoever made it removes it. */
    public static Path create() throws IOException {
        return Files.isDirectory(SHARED_MEMORY) && Files.isWritable(SHARED_MEMORY)
            ? Files.createTempDirectory(SHARED_MEMORY, PREFIX) : Files.createTempDirectory(PREFIX);
    }
}
