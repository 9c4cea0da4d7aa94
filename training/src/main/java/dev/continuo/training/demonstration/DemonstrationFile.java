package dev.continuo.training.demonstration;

import dev.continuo.config.ProfileException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A file of demonstrations, compressed; written whole or not at all. */
public final class DemonstrationFile {
    private DemonstrationFile() {
    }

    /** Writes the episodes to a temporary file and moves it into place. */
    public static void write(final Path file, final List<? extends Episode> episodes) {
        final Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (DataOutputStream out = new DataOutputStream(
                    new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(part), 1 << 16)))) {
                out.writeInt(episodes.size());
                for (final Episode episode : episodes) {
                    episode.write(out);
                }
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (final IOException failure) {
            throw new ProfileException("cannot write demonstrations to " + file + ": " + failure.getMessage(), failure);
        }
    }

    /** Reads all episodes, each with {@code reader}. */
    public static <T extends Episode> List<T> read(final Path file, final Episode.Reader<T> reader) {
        try (DataInputStream in = new DataInputStream(
                new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file), 1 << 16)))) {
            final int count = in.readInt();
            final List<T> episodes = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                episodes.add(reader.read(in));
            }
            return episodes;
        } catch (final IOException failure) {
            throw new ProfileException("cannot read demonstrations from " + file + ": " + failure.getMessage(), failure);
        }
    }
}
