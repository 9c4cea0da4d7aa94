package dev.continuo.recording.lerobot;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Properties;
import java.util.stream.Collectors;

/** How things are written in DuckDB's SQL, and how a database is opened. */
final class Sql {
    private Sql() {
    }

    /** A database that keeps to one thread and little memory and fetches nothing from anywhere. */
    static Connection open(final String url) throws SQLException {
        final Properties settings = new Properties();
        settings.setProperty("memory_limit", "256MB");
        settings.setProperty("threads", "1");
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        return DriverManager.getConnection(url, settings);
    }

    static String name(final String plain) {
        return '"' + plain.replace("\"", "\"\"") + '"';
    }

    static String text(final String plain) {
        return "'" + plain.replace("'", "''") + "'";
    }

    /** A double as it is: without an exponent DuckDB would read a decimal number. */
    static String number(final double value) {
        if (Double.isFinite(value)) {
            final String digits = Double.toString(value);
            return digits.indexOf('E') < 0 ? digits + "E0" : digits;
        }
        return "'" + (Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf") + "'::DOUBLE";
    }

    static String list(final double... values) {
        return Arrays.stream(values).mapToObj(Sql::number).collect(Collectors.joining(", ", "[", "]"));
    }
}
