package dev.continuo.supervision.command;

import dev.continuo.config.RecordingProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where recordings are. */
final class RecordingsFolder {
    @Option(names = "--recordings", paramLabel = "FOLDER", description = "where recordings are (default: runs/recordings)")
    private Path folder = Installation.runs().resolve(RecordingProfile.OFF.directory());

    /** The folder. */
    Path path() {
        return folder;
    }

    /** A path as it is, or else a name among the recordings. */
    Path resolve(final Path named) {
        return Files.exists(named) ? named : folder.resolve(named);
    }
}
