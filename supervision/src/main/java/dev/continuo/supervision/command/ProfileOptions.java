package dev.continuo.supervision.command;

import dev.continuo.config.CellProfile;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which profile a verb works on, and what its command line changes in it. */
final class ProfileOptions {
    @Option(names = "--profile", paramLabel = "NAME|FILE", defaultValue = "arx-sim",
        description = "a profile that ships, or a HOCON file (default: ${DEFAULT-VALUE})")
    private String profile;

    @Option(names = "--seed", paramLabel = "N",
        description = "the seed of scenes and equations in the simulated cell (default: the profile's)")
    private Long seed;

    /** The profile with the seed in it; reads and validates. */
    Profile read() {
        final Profile read = ProfileReader.read(profile);
        if (seed == null) {
            return read;
        }
        final CellProfile cell = read.cell();
        return read.withCell(new CellProfile(cell.enabled(), seed, cell.split(), cell.cameraPort(), cell.trialTimeoutNanos()));
    }

    /** The profile's model, resolved against the installation. */
    static Path modelDirectory(final Profile profile) {
        return Installation.resolve(profile.model().directory());
    }

    /** The same options on another command line. */
    List<String> arguments() {
        final List<String> arguments = new ArrayList<>(List.of("--profile", profile));
        if (seed != null) {
            arguments.addAll(List.of("--seed", Long.toString(seed)));
        }
        return arguments;
    }
}
