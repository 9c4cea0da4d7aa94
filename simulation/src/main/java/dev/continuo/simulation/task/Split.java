package dev.continuo.simulation.task;

import dev.continuo.config.ProfileException;
import dev.continuo.simulation.handwriting.WriterSplit;
import dev.continuo.simulation.render.Surroundings;

/** Which trials are played. */
public enum Split {
    /** Equations of the demonstrations; writers and tables of training. */
    IN_DOMAIN("in-domain", WriterSplit.TRAINING, Surroundings.IN_DOMAIN),
    /** Equations, operators, writers and tables that no demonstration showed. */
    OPEN_WORLD("open-world", WriterSplit.HELD_OUT, Surroundings.OPEN_WORLD);

    private final String label;
    private final WriterSplit writers;
    private final Surroundings surroundings;

    Split(final String label, final WriterSplit writers, final Surroundings surroundings) {
        this.label = label;
        this.writers = writers;
        this.surroundings = surroundings;
    }

    /** The name on the command line and in profiles. */
    public String label() {
        return label;
    }

    /** Whose hands write. */
    public WriterSplit writers() {
        return writers;
    }

    /** What tables are shown. */
    public Surroundings surroundings() {
        return surroundings;
    }

    /**
     * The split of a label.
     *
     * @throws ProfileException for any other text
     */
    public static Split of(final String label) {
        for (final Split split : values()) {
            if (split.label.equals(label)) {
                return split;
            }
        }
        throw new ProfileException("unknown split " + label + ": in-domain or open-world");
    }
}
