package dev.continuo.policy;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What a diffusion network tells about a noisy chunk; the other follows from it. */
public enum Prediction {
    /** The noise in it, as the paper's expert does. */
    EPSILON("epsilon"),
    /**
     * The clean chunk. Where there is hardly anything but noise, which is where sampling decides what to do, this is the plain regression
     * of the chunk from its conditions; told as noise it would be a small difference between two large numbers.
     */
    SAMPLE("sample");

    private final String label;

    Prediction(final String label) {
        this.label = label;
    }

    /** The name in {@code policy_config.json}, which is that of the diffusers package. */
    public String label() {
        return label;
    }

    /** The prediction of a name. */
    static Prediction of(final String label) {
        return Arrays.stream(values()).filter(prediction -> prediction.label.equals(label)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("prediction is '" + label + "', expected "
                + Arrays.stream(values()).map(Prediction::label).collect(Collectors.joining(" or "))));
    }
}
