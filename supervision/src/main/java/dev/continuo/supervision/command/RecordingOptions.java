package dev.continuo.supervision.command;

import dev.continuo.config.ProfileException;
import dev.continuo.recording.Episode;
import dev.continuo.recording.Episodes;
import dev.continuo.recording.RecordingReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which recording a verb works on, and which of its episodes. */
final class RecordingOptions {
    @Parameters(index = "0", paramLabel = "RECORDING", description = "a recording's name or folder")
    private Path recording;

    @Option(names = "--episode", paramLabel = "N", description = "only this episode (default: all)")
    private Integer episode;

    @Mixin
    private RecordingsFolder folder;

    /** The recording, opened. */
    RecordingReader open() {
        return RecordingReader.open(folder.resolve(recording));
    }

    /**
     * The episode that is asked for; empty for all of the recording.
     *
     * @throws ProfileException if the recording has no such episode
     */
    Optional<Episode> episode(final RecordingReader reader) {
        if (episode == null) {
            return Optional.empty();
        }
        final List<Episode> episodes = Episodes.of(reader);
        if (episode < 1 || episode > episodes.size()) {
            throw new ProfileException(reader.folder().name() + " has no episode " + episode + ": it has " + episodes.size());
        }
        return Optional.of(episodes.get(episode - 1));
    }
}
