package dev.continuo.benchmarks.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What of the model is timed. */
public enum ModelPart {
    /** Reading the prompt: picture and words through the vision tower and the decoder, once for each chunk. */
    PREFILL("picture and words"),
    /** One more token of a reasoning. */
    DECODE("one token"),
    /** A whole reasoning: prefill and all its tokens. */
    REASONING("prefill and all tokens"),
    /** A chunk from its conditions: all steps of the sampler. */
    CHUNK("all DDIM steps"),
    /** Forward, backward and AdamW of both networks together. */
    TRAINING_STEP("forward, backward, AdamW");

    private final String what;

    ModelPart(final String what) {
        this.what = what;
    }

    /** What it does, for tables. */
    String what() {
        return what;
    }

    /** The name in reports. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
