package dev.continuo.supervision.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The kernel's files about the machine, below a root that a test can replace.
 *
 * @param root {@code /} on a real machine
 */
record MachineFiles(Path root) {
    private static final int LONGEST = 64 * 1024;

    /** The content of a file without surrounding blanks; empty if it cannot be read. */
    Optional<String> read(final String path) {
        // In one piece: some of these files answer only the first read.
        try (InputStream file = Files.newInputStream(root.resolve(path))) {
            return Optional.of(new String(file.readNBytes(LONGEST), StandardCharsets.UTF_8).strip());
        } catch (final IOException absent) {
            return Optional.empty();
        }
    }

    /** A soft limit of this process as {@code /proc/self/limits} names it; empty if unknown. */
    Optional<String> limit(final String name) {
        return read("proc/self/limits").flatMap(limits -> limits.lines()
            .filter(line -> line.startsWith(name))
            .map(line -> line.substring(name.length()).strip().split("\\s+")[0])
            .findFirst());
    }
}
