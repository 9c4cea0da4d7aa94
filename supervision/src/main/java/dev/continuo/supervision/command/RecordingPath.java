package dev.continuo.supervision.command;

import dev.continuo.config.ProfileException;
import dev.continuo.config.RecordingProfile;
import dev.continuo.recording.Episode;
import dev.continuo.recording.Episodes;
import dev.continuo.recording.RecordingReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Which recording, and which of its episodes, somebody names. */
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

    /**
     * The episode that somebody asks for.
     *
     * @param number counts from 1; null for all of the recording
     * @throws ProfileException if the recording has no such episode
     */
    static Optional<Episode> episode(final RecordingReader reader, final Integer number) {
        if (number == null) {
            return Optional.empty();
        }
        final List<Episode> episodes = Episodes.of(reader);
        if (number < 1 || number > episodes.size()) {
            throw new ProfileException(reader.folder().name() + " has no episode " + number + ": it has " + episodes.size());
        }
        return Optional.of(episodes.get(number - 1));
    }
}
