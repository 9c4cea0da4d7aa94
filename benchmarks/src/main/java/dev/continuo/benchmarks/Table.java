package dev.continuo.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** A table of text for the terminal: the first column to the left, the others to the right. */
public final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    /** A table with these column heads. */
    public Table(final String... heads) {
        rows.add(List.of(heads));
    }

    /** Adds a row, one cell for each head. */
    public Table row(final List<String> cells) {
        if (cells.size() != rows.getFirst().size()) {
            throw new IllegalArgumentException(cells.size() + " cells for " + rows.getFirst().size() + " columns");
        }
        rows.add(List.copyOf(cells));
        return this;
    }

    /** The table as lines of text, the last one ended. */
    public String render() {
        final int columns = rows.getFirst().size();
        final int[] widths = new int[columns];
        for (final List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        final StringBuilder text = new StringBuilder();
        for (final List<String> row : rows) {
            final StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                final String padding = " ".repeat(widths[i] - row.get(i).length());
                line.append(i == 0 ? row.get(i) + padding : GAP + padding + row.get(i));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
