package dev.continuo.recording.lerobot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Writes rows into numbered Parquet files of a limited size. Rows wait in a table of a DuckDB database on disk until a file is full, so that none of them need stay in memory. One thread at a time.
 */
final class ParquetFiles {
    private final DuckDBConnection database;
    private final String table;
    private final Path root;
    private final String pattern;
    private final String columns;
    private final Map<String, String> keyValues;
    private final long limitBytes;
    private FileNumber number = FileNumber.FIRST;
    private long waitingBytes;

    /**
     * Of no rows yet.
     *
     * @param table      its name in the database
     * @param columns    by their names, their DuckDB types
     * @param pattern    where the files are from the dataset's folder on
     * @param keyValues  what else each file says about itself
     * @param limitBytes a file is full with so many, counted without compression
     */
    ParquetFiles(final DuckDBConnection database, final String table, final Map<String, String> columns, final Path root, final String pattern, final Map<String, String> keyValues,
            final long limitBytes) throws IOException {
        this.database = database;
        this.table = table;
        this.columns = columns.entrySet().stream().map(column -> Sql.name(column.getKey()) + " " + column.getValue()).collect(Collectors.joining(", "));
        this.root = root;
        this.pattern = pattern;
        this.keyValues = keyValues;
        this.limitBytes = limitBytes;
        create();
    }

    private void create() throws IOException {
        execute("CREATE OR REPLACE TABLE " + table + " (" + columns + ")");
        waitingBytes = 0;
    }

    /** A database in a new file, slow and small. */
    static DuckDBConnection database(final Path file) throws IOException {
        try {
            final Connection connection = Sql.open("jdbc:duckdb:" + file);
            return connection.unwrap(DuckDBConnection.class);
        } catch (final SQLException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** Which file rows of that size will be in; writes the file before if it is full. Rows that are placed together stay together. */
    FileNumber place(final long bytes) throws IOException {
        if (waitingBytes > 0 && waitingBytes + bytes >= limitBytes) {
            write();
            number = number.next();
        }
        waitingBytes += bytes;
        return number;
    }

    /** Takes rows, to be closed. */
    DuckDBAppender appender() throws SQLException {
        return database.createAppender(table);
    }

    /** Takes a row. */
    void insert(final String values) throws IOException {
        execute("INSERT INTO " + table + " VALUES (" + values + ")");
    }

    /** Writes what still waits. */
    void finish() throws IOException {
        if (waitingBytes > 0) {
            write();
        }
    }

    private void write() throws IOException {
        final Path file = root.resolve(number.in(pattern, ""));
        Files.createDirectories(file.getParent());
        final String said = keyValues.entrySet().stream().map(entry -> entry.getKey() + ": " + Sql.text(entry.getValue())).collect(Collectors.joining(", "));
        execute("COPY " + table + " TO " + Sql.text(file.toString()) + " (FORMAT parquet, COMPRESSION snappy" + (said.isEmpty() ? "" : ", KV_METADATA {" + said + "}") + ")");
        create();
    }

    private void execute(final String command) throws IOException {
        try (Statement statement = database.createStatement()) {
            statement.execute(command);
        } catch (final SQLException e) {
            throw new IOException(root.resolve(number.in(pattern, "")) + ": " + e.getMessage(), e);
        }
    }
}
