package dev.continuo.proving.service;

import dev.continuo.actors.bus.StreamId;
import java.util.EnumMap;
import java.util.Map;

/** What happens to messages on their way; nothing at first. One object per stream, and one flag for all that crosses between processes. */
final class BusFaults {
    /** What happens to a stream's messages. */
    static final class OfStream {
        /** Probability of being lost. */
        double drop;
        /** Probability of arriving twice. */
        double duplicate;
        /** Probability of bits being inverted. */
        double corrupt;
        /** Later by so much. */
        long delayNanos;
        /** Later by up to so much. */
        long spreadNanos;

        boolean isQuiet() {
            return drop == 0 && duplicate == 0 && corrupt == 0 && delayNanos == 0 && spreadNanos == 0;
        }
    }

    private final Map<StreamId, OfStream> streams = new EnumMap<>(StreamId.class);
    private boolean partitioned;

    BusFaults() {
        for (final StreamId stream : StreamId.values()) {
            streams.put(stream, new OfStream());
        }
    }

    OfStream of(final StreamId stream) {
        return streams.get(stream);
    }

    void partitioned(final boolean on) {
        partitioned = on;
    }

    boolean isPartitioned() {
        return partitioned;
    }
}
