package dev.continuo.supervision.command;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as people write them on a command line: {@code 60s}, {@code 5m}, {@code 1h}, {@code 1.5h}. */
public final class Durations implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(s|m|h)");
    private static final double LONGEST_SECONDS = 30 * 86_400.0;

    /** For picocli. */
    public Durations() {
    }

    @Override
    public Duration convert(final String text) {
        final Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new TypeConversionException("'" + text + "' is no duration; write 60s, 5m or 1h");
        }
        final double unitSeconds = switch (matcher.group(2)) {
            case "s" -> 1;
            case "m" -> 60;
            default -> 3600;
        };
        final double seconds = Double.parseDouble(matcher.group(1)) * unitSeconds;
        if (seconds <= 0 || seconds > LONGEST_SECONDS) {
            throw new TypeConversionException("'" + text + "' must be longer than nothing and at most 30 days");
        }
        return Duration.ofMillis(Math.max(1, Math.round(seconds * 1000)));
    }
}
