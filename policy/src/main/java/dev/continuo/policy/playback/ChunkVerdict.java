package dev.continuo.policy.playback;

/** What became of an offered chunk. Everything but {@link #ACCEPTED} leaves playback as it was. */
public enum ChunkVerdict {
    /** It plays from now on. */
    ACCEPTED,
    /** Its observation is older than the limit, or all its rows are over. */
    STALE,
    /** Its observation is yet to come: clocks disagree. */
    FROM_THE_FUTURE,
    /** It is the chunk that plays: the same observation and sequence. */
    DUPLICATE,
    /** The chunk that plays answers a later observation, or the same one with a later sequence. */
    REORDERED,
    /** Its shape is not what this arm plays. */
    MALFORMED,
    /** One of its values is not a number or infinite. */
    NON_FINITE
}
