package dev.continuo.supervision.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the control plane's media drivers keep their files: one folder a process, named after it, so that a new incarnation never finds
 * the files of one that was killed.
 */
public final class ArteryFolders {
    private static final Logger LOG = LoggerFactory.getLogger(ArteryFolders.class);
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final Pattern NAME = Pattern.compile("continuo-artery-[a-z]+-(\\d+)-\\d+");

    private static final AtomicInteger SYSTEMS = new AtomicInteger();

    private ArteryFolders() {
    }

    /** A folder for one more system of this process. */
    static Path next(final RoleName role) {
        return parent().resolve(
            "continuo-artery-" + role.id() + "-" + ProcessHandle.current().pid() + "-" + SYSTEMS.incrementAndGet());
    }

    /** Deletes the folders of processes that are no more. */
    public static void deleteOrphans() {
        try (Stream<Path> entries = Files.list(parent())) {
            for (final Path entry : entries.toList()) {
                final Matcher name = NAME.matcher(entry.getFileName().toString());
                if (name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
                    delete(entry);
                }
            }
        } catch (final IOException e) {
            LOG.warn("left-over folders of the control plane stay behind", e);
        }
    }

    private static Path parent() {
        return Files.isDirectory(SHARED_MEMORY) ? SHARED_MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static void delete(final Path folder) throws IOException {
        final List<Path> deepestFirst;
        try (Stream<Path> tree = Files.walk(folder)) {
            deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (final Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
