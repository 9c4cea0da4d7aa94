package dev.continuo.proving.fault;

import java.util.Arrays;
import java.util.Locale;

/**
 * One thing that goes wrong for a while.
 *
 * @param kind            what
 * @param target          where, as the kind's {@link FaultKind#target} says; {@code -} for {@link FaultKind.Target#NOTHING}
 * @param fromMillis      when it begins, since the beginning of the run
 * @param durationMillis  how long it lasts; of no matter for what happens once
 * @param amount          how bad it is, as the kind says; else 0
 */
public record Fault(FaultKind kind, String target, long fromMillis, long durationMillis, double amount) {
    /** The target of what strikes the only one there is. */
    public static final String NOTHING = "-";

    private static final int FIELDS = 5;

    /** When it is over. */
    public long untilMillis() {
        return fromMillis + durationMillis;
    }

    /** As a line of a script: from, duration, kind, target, amount. */
    public String line() {
        return String.format(Locale.ROOT, "%d ms  %d ms  %s  %s  %s", fromMillis, durationMillis, kind.label(), target, amount);
    }

    /**
     * Reads a line of a script.
     *
     * @throws IllegalArgumentException if it is none; the message says why
     */
    public static Fault of(final String line) {
        final String[] fields = line.strip().replace(" ms ", " ").split("\\s+");
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("a fault is 'FROM ms  DURATION ms  KIND  TARGET  AMOUNT', not '" + line.strip() + "'");
        }
        final FaultKind kind = Arrays.stream(FaultKind.values()).filter(each -> each.label().equals(fields[2])).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no fault '" + fields[2] + "'; there are " + String.join(", ", Arrays.stream(FaultKind.values()).map(FaultKind::label).toList())));
        try {
            return new Fault(kind, fields[3], Long.parseLong(fields[0]), Long.parseLong(fields[1]), Double.parseDouble(fields[4]));
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException("no number in '" + line.strip() + "': " + e.getMessage(), e);
        }
    }
}
