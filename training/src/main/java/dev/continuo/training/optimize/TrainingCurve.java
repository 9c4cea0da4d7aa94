package dev.continuo.training.optimize;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The figures of a training run as CSV: a header, then a row per report, the step first. Each row is one write, so a run that is killed
 * leaves at worst one torn row at the end, which the next run drops along with the rows that it repeats.
 */
public final class TrainingCurve implements AutoCloseable {

    static final String STEP = "step";

    private final FileChannel channel;
    private final int columns;

    private TrainingCurve(final FileChannel channel, final int columns) {
        this.channel = channel;
        this.columns = columns;
    }

    /**
     * Opens a curve to go on from a step.
     *
     * @param file     made if absent
     * @param columns  names of the figures
     * @param fromStep rows of this step and later ones are dropped
     */
    public static TrainingCurve open(final Path file, final List<String> columns, final long fromStep) {
        try {
            final Path directory = file.toAbsolutePath().getParent();
            Files.createDirectories(directory);
            final Path part = file.resolveSibling(file.getFileName() + ".part");
            Files.write(part, kept(file, columns, fromStep));
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return new TrainingCurve(FileChannel.open(file, StandardOpenOption.APPEND), columns.size());
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Reads a curve that may still grow.
     *
     * @return by column, the step first, the values of all whole rows
     */
    static Map<String, double[]> read(final Path file) throws IOException {
        final List<String[]> rows = wholeLines(file).stream().map(line -> line.split(",", -1)).toList();
        final Map<String, double[]> values = new LinkedHashMap<>();
        for (int column = 0; column < rows.getFirst().length; column++) {
            final int index = column;
            values.put(rows.getFirst()[column], rows.stream().skip(1).mapToDouble(row -> Double.parseDouble(row[index])).toArray());
        }
        return values;
    }

    private static List<String> wholeLines(final Path file) throws IOException {
        final String text = Files.readString(file);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    private static List<String> kept(final Path file, final List<String> columns, final long fromStep) throws IOException {
        final List<String> kept = new ArrayList<>();
        kept.add(STEP + "," + String.join(",", columns));
        if (!Files.exists(file)) {
            return kept;
        }
        final List<String> lines = wholeLines(file);
        if (lines.isEmpty() || !lines.getFirst().equals(kept.getFirst())) {
            // Another run with other figures: its curve is not continued.
            return kept;
        }
        for (final String line : lines.subList(1, lines.size())) {
            final String[] cells = line.split(",", -1);
            if (cells.length == columns.size() + 1 && cells[0].matches("\\d{1,18}") && Long.parseLong(cells[0]) < fromStep) {
                kept.add(line);
            }
        }
        return kept;
    }

    /** Adds a row. */
    public void append(final long step, final double... figures) {
        if (figures.length != columns) {
            throw new IllegalArgumentException(figures.length + " figures for " + columns + " columns");
        }
        final StringBuilder row = new StringBuilder().append(step);
        for (final double figure : figures) {
            row.append(',').append((float) figure);
        }
        final ByteBuffer bytes = ByteBuffer.wrap(row.append('\n').toString().getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
