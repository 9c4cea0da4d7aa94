package dev.continuo.proving.fuzz;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Inputs that reach every branch of a target that was ever reached: kept with the sources, a ZIP a target, where every fuzzing begins. */
public final class Corpus {
    private static final String ENDING = ".zip";

    private Corpus() {
    }

    /** The inputs that ship for a target; none where there are none. */
    public static List<byte[]> shipped(final String target) {
        final List<byte[]> inputs = new ArrayList<>();
        try (InputStream file = Corpus.class.getResourceAsStream("/corpus/" + target + ENDING)) {
            if (file != null) {
                final ZipInputStream zip = new ZipInputStream(file);
                while (zip.getNextEntry() != null) {
                    inputs.add(zip.readAllBytes());
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("the corpus of " + target + " cannot be read", e);
        }
        return inputs;
    }

    /** Puts the inputs that ship into a folder, a file each. */
    public static void unpack(final String target, final Path folder) throws IOException {
        Files.createDirectories(folder);
        int number = 0;
        for (final byte[] input : shipped(target)) {
            Files.write(folder.resolve("shipped-" + number++), input);
        }
    }

    /** Keeps a folder's files as the corpus of a target, in the order of their contents, so that the same inputs give the same ZIP. */
    public static void pack(final String target, final Path folder, final Path corpora) throws IOException {
        final List<byte[]> inputs = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (final Path file : files.toList()) {
                inputs.add(Files.readAllBytes(file));
            }
        }
        inputs.sort((one, other) -> one.length != other.length ? Integer.compare(one.length, other.length) : java.util.Arrays.compareUnsigned(one, other));
        Files.createDirectories(corpora);
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(corpora.resolve(target + ENDING))); ZipOutputStream zip = new ZipOutputStream(file)) {
            for (int i = 0; i < inputs.size(); i++) {
                final ZipEntry entry = new ZipEntry(String.format("%04d", i));
                entry.setTime(0);
                zip.putNextEntry(entry);
                zip.write(inputs.get(i));
            }
        }
    }
}
