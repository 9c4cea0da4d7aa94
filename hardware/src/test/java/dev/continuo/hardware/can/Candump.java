package dev.continuo.hardware.can;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Reads recordings in the format of {@code candump -L}. */
public final class Candump {
    private static final Pattern LINE = Pattern.compile("\\((\\d+\\.\\d+)\\) \\S+ ([0-9A-F]+)#([0-9A-F]*)");

    /**
     * One recorded frame.
     *
     * @param nanos  since the first frame
     * @param id     identifier
     * @param data   D0 most significant
     * @param length bytes used
     */
    public record Frame(long nanos, int id, long data, int length) {
    }

    private Candump() {
    }

    /** The frames of a gzip-compressed recording on the class path. */
    public static List<Frame> read(final String resource) {
        try (InputStream stream = Candump.class.getResourceAsStream(resource);
            BufferedReader reader =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(stream), StandardCharsets.US_ASCII))) {
            final List<Frame> frames = reader.lines().map(Candump::parse).toList();
            final long first = frames.getFirst().nanos();
            return frames.stream().map(f -> new Frame(f.nanos() - first, f.id(), f.data(), f.length())).toList();
        } catch (final IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Frame parse(final String line) {
        final Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no frame: " + line);
        }
        final String hex = matcher.group(3);
        final long data = hex.isEmpty() ? 0 : Long.parseUnsignedLong(hex, 16) << 64 - 4 * hex.length();
        return new Frame(new BigDecimal(matcher.group(1)).movePointRight(9).longValueExact(),
            Integer.parseInt(matcher.group(2), 16), data, hex.length() / 2);
    }
}
