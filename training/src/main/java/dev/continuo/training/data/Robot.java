package dev.continuo.training.data;

import java.nio.file.Path;

/** The robots that one model is trained to move, each with an action expert of its own, and each with a task. */
public enum Robot {
    /** Two ARX arms, which match cards to equations; their expert is in the model's folder itself. */
    ARX(""),
    /** A Franka, which places toys. */
    FRANKA("franka");

    private final String folder;

    Robot(final String folder) {
        this.folder = folder;
    }

    /** What sets names that are this robot's apart from others': nothing for {@link #ARX}, whose names came first, else its own name and a separator. */
    public String prefix(final char separator) {
        return folder.isEmpty() ? "" : folder + separator;
    }

    /** Where its expert is in a model's folder. */
    public Path in(final Path model) {
        return model.resolve(folder);
    }
}
