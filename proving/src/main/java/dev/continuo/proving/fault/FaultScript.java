package dev.continuo.proving.fault;

import dev.continuo.actors.bus.StreamId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * All that goes wrong in a run, in the order of its beginning.
 *
 * @param faults by their beginning
 */
public record FaultScript(List<Fault> faults) {
    private static final List<String> STREAMS = List.of(StreamId.CAMERA_FRAME, StreamId.JOINT_STATE, StreamId.INSTRUCTION, StreamId.REASONING, StreamId.ACTION_CHUNK).stream()
        .map(stream -> stream.name().toLowerCase(Locale.ROOT)).toList();
    private static final List<String> PROCESSES = List.of("control", "brain");
    private static final List<String> AGENTS = List.of("arm-left", "arm-right", "action", "reasoning", "camera-top", "instruction", "monitor");
    private static final List<String> ARMS = List.of("0", "1");
    private static final int[] MOTORS = {1, 2, 4, 5, 6, 7, 8};
    private static final double SHORT_SECONDS = 0.03;
    private static final double LONG_SECONDS = 8;
    /** The first seconds belong to the start. */
    private static final double QUIET_SECONDS = 5;

    /** Sorts and copies. */
    public FaultScript {
        faults = faults.stream().sorted(Comparator.comparingLong(Fault::fromMillis)).toList();
    }

    /** A run in which nothing goes wrong. */
    public static FaultScript none() {
        return new FaultScript(List.of());
    }

    /**
     * Draws a script. Each has kinds of its own, some few or nearly all: where everything goes wrong all the time, nothing gets far enough to go wrong in a new way.
     *
     * @param seconds  in which faults begin and end
     * @param perMinute how many there are on average
     */
    public static FaultScript draw(final long seed, final double seconds, final double perMinute) {
        final SplittableRandom random = new SplittableRandom(seed);
        final double share = random.nextDouble(0.1, 1);
        final Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
        for (final FaultKind kind : FaultKind.values()) {
            if (random.nextDouble() < share) {
                kinds.add(kind);
            }
        }
        if (kinds.isEmpty()) {
            kinds.add(FaultKind.BUS_DROP);
        }
        final List<FaultKind> drawn = List.copyOf(kinds);
        final double rate = perMinute * random.nextDouble(0.3, 1.7);
        final List<Fault> faults = new ArrayList<>();
        double at = QUIET_SECONDS;
        while (true) {
            at += -Math.log(1 - random.nextDouble()) * 60 / rate;
            if (at >= seconds) {
                return new FaultScript(faults);
            }
            final FaultKind kind = drawn.get(random.nextInt(drawn.size()));
            // As many of some hundredths of a second as of some tenths and of some seconds.
            final double lasts = Math.min(SHORT_SECONDS * Math.pow(LONG_SECONDS / SHORT_SECONDS, random.nextDouble()), seconds - at);
            faults.add(new Fault(kind, target(kind, random), Math.round(at * 1e3), Math.max(1, Math.round(lasts * 1e3)), amount(kind, random)));
        }
    }

    private static String target(final FaultKind kind, final SplittableRandom random) {
        return switch (kind.target()) {
            case NOTHING -> Fault.NOTHING;
            case STREAM -> STREAMS.get(random.nextInt(STREAMS.size()));
            case PROCESS -> PROCESSES.get(random.nextInt(PROCESSES.size()));
            case AGENT -> AGENTS.get(random.nextInt(AGENTS.size()));
            case ARM -> ARMS.get(random.nextInt(ARMS.size()));
            case MOTOR -> ARMS.get(random.nextInt(ARMS.size())) + '.' + MOTORS[random.nextInt(MOTORS.length)];
        };
    }

    private static double amount(final FaultKind kind, final SplittableRandom random) {
        return switch (kind) {
            case BUS_DROP, BUS_DUPLICATE, BUS_CORRUPT -> round(random.nextBoolean() ? 1 : random.nextDouble(0.01, 0.6));
            case BUS_DELAY, BUS_REORDER -> round(0.001 * Math.pow(2000, random.nextDouble()));
            case PROCESS_JITTER -> round(random.nextDouble(0.0005, 0.02));
            case MOTOR_LATE -> round(random.nextDouble(0.0005, 0.03));
            default -> 0;
        };
    }

    private static double round(final double value) {
        return Math.round(value * 1e4) / 1e4;
    }

    /** When the last fault is over, since the beginning of the run; 0 without any. */
    public long untilMillis() {
        return faults.stream().mapToLong(Fault::untilMillis).max().orElse(0);
    }

    /** One fault a line. */
    public String text() {
        return String.join("\n", faults.stream().map(Fault::line).toList()) + "\n";
    }

    /**
     * Reads a script; empty lines and those that begin with {@code #} do not count.
     *
     * @throws IllegalArgumentException if it cannot be read; the message names file and line
     */
    public static FaultScript read(final Path file) {
        final List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (final IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
        final List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            final String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                try {
                    faults.add(Fault.of(line));
                } catch (final IllegalArgumentException e) {
                    throw new IllegalArgumentException(file + ":" + (i + 1) + ": " + e.getMessage(), e);
                }
            }
        }
        return new FaultScript(faults);
    }
}
