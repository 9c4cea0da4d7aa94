package dev.continuo.recording.lerobot;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.util.List;
import java.util.stream.Collectors;

/** The rows of one episode in a Parquet file, one after another in the file's order, without the file being in memory. One thread at a time. */
final class ParquetRows implements Closeable {
    private final Path file;
    private final Connection database;
    private final Statement statement;
    private final ResultSet rows;

    /**
     * Before the first row.
     *
     * @param columns what a row will have
     * @throws IOException if the file cannot be read or has no such columns; names the file and the column
     */
    ParquetRows(final Path file, final int episode, final List<String> columns) throws IOException {
        this.file = file;
        Connection opened = null;
        try {
            opened = Sql.open("jdbc:duckdb:");
            database = opened;
            statement = database.createStatement();
            rows = statement.executeQuery(query(file, columns, " WHERE episode_index = " + episode));
        } catch (final SQLException e) {
            closeAll(opened);
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    static String query(final Path file, final List<String> columns, final String where) {
        return columns.stream().map(Sql::name).collect(Collectors.joining(", ", "SELECT ", "")) + " FROM read_parquet(" + Sql.text(file.toString()) + ")" + where;
    }

    boolean next() throws IOException {
        try {
            return rows.next();
        } catch (final SQLException e) {
            throw refusal(e.getMessage());
        }
    }

    long number(final int column) throws IOException {
        try {
            return rows.getLong(column);
        } catch (final SQLException e) {
            throw refusal(e.getMessage());
        }
    }

    double real(final int column) throws IOException {
        try {
            return rows.getDouble(column);
        } catch (final SQLException e) {
            throw refusal(e.getMessage());
        }
    }

    /** A list of numbers, or a single one. Of doubles it takes the nearest floats. */
    float[] vector(final int column) throws IOException {
        try {
            return switch (rows.getObject(column)) {
                case Array list -> floats((Object[]) list.getArray());
                case Number one -> new float[] {one.floatValue()};
                case null, default -> new float[0];
            };
        } catch (final SQLException e) {
            throw refusal(e.getMessage());
        }
    }

    private float[] floats(final Object[] values) throws IOException {
        final float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            if (!(values[i] instanceof final Number value)) {
                throw refusal("a list with a gap");
            }
            floats[i] = value.floatValue();
        }
        return floats;
    }

    /** The bytes of a picture that is embedded; null if there are none. */
    byte[] picture(final int column) throws IOException {
        try {
            final Object struct = rows.getObject(column);
            if (!(struct instanceof final Struct parts)) {
                return null;
            }
            for (final Object part : parts.getAttributes()) {
                if (part instanceof final Blob bytes) {
                    return bytes.getBytes(1, Math.toIntExact(bytes.length()));
                }
            }
            return null;
        } catch (final SQLException e) {
            throw refusal(e.getMessage());
        }
    }

    private IOException refusal(final String why) {
        return new IOException(file + ": " + why);
    }

    private static void closeAll(final Connection database) {
        try {
            if (database != null) {
                database.close();
            }
        } catch (final SQLException ignored) {
            // What was only read cannot be lost.
        }
    }

    @Override
    public void close() {
        closeAll(database);
    }
}
