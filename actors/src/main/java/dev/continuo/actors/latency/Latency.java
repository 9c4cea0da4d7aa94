package dev.continuo.actors.latency;

import java.util.Locale;

/** The durations that the runtime measures of itself, in nanoseconds. */
public enum Latency {
    /** From the last byte of a picture to its publication. */
    CAPTURE_TO_PUBLISH,
    /** From the observation that a chunk descends from to the chunk's publication. */
    FRAME_TO_CHUNK,
    /** From the first to the last of the captures that one chunk or reasoning descends from: how well several cameras are matched. */
    FRAME_SKEW,
    /** The computation of a chunk: prefill and diffusion. */
    CHUNK_INFERENCE,
    /** From the start of a reasoning to its first token. */
    REASONING_FIRST_TOKEN,
    /** From the start of a reasoning to its end. */
    REASONING_TOTAL,
    /** From the measurement of an arm's state to the command that answers it. */
    STATE_TO_COMMAND,
    /** From a control cycle's deadline to its begin. */
    LOOP_LATENESS,
    /** The age of the observation behind the row that is being played. */
    OBSERVATION_AGE,
    /** The age of the observation behind the reasoning that the chunk being played was conditioned on. */
    REASONING_AGE;

    /** The name in logs and reports, for example {@code frame-to-chunk}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
