package dev.continuo.supervision.command;

import dev.continuo.config.RecordingProfile;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a recording is that somebody names. */
final class RecordingPath {
    private RecordingPath() {
    }

    /** Where recordings are unless a profile says otherwise. */
    static Path folder() {
        return Installation.runs().resolve(RecordingProfile.OFF.directory());
    }

    /** A path as it is, or else a name among the recordings. */
    static Path resolve(final Path folder, final Path named) {
        return Files.exists(named) ? named : folder.resolve(named);
    }
}
