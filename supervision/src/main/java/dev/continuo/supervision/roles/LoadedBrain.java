package dev.continuo.supervision.roles;

import dev.continuo.config.Profile;
import dev.continuo.config.ProfileException;
import java.nio.file.Path;

/** The model of a folder, ready for the stages. */
final class LoadedBrain {
    private LoadedBrain() {
    }

    static Brain load(final Profile profile, final Path directory) {
        throw new ProfileException("no model can be loaded from " + directory + " yet");
    }
}
