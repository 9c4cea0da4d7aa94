package dev.continuo.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The most memory that this process has held at once: heap, native memory and code, as the kernel counts resident pages. */
public final class PeakMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String PEAK = "VmHWM:";
    private static final long KILOBYTE = 1024;

    private PeakMemory() {
    }

    /** Bytes; 0 where the kernel does not say. */
    public static long bytes() {
        try {
            return Files.readAllLines(STATUS).stream().filter(line -> line.startsWith(PEAK))
                .mapToLong(line -> KILOBYTE * Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElse(0);
        } catch (final IOException absent) {
            return 0;
        }
    }
}
