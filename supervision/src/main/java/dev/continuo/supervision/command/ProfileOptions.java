package dev.continuo.supervision.command;

import dev.continuo.config.Profile;
import dev.continuo.config.ProfileReader;
import dev.continuo.config.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which profile a verb works on, and what its command line changes in it. */
final class ProfileOptions {
    @Option(names = "--profile", paramLabel = "NAME|FILE", defaultValue = "arx-sim",
        description = "a profile that ships or that the site has, or a HOCON file (default: ${DEFAULT-VALUE})")
    private String profile;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "say otherwise than the profile: playback.blend-rows=3; may be repeated")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "N",
        description = "the seed of scenes and equations in the simulated cell (default: the profile's)")
    private Long seed;

    /** The profile with what the command line says otherwise; reads and validates. */
    Profile read() {
        return ProfileReader.read(profile, changes());
    }

    /** All values of the profile with what the command line says otherwise; reads and validates. */
    List<Setting> settings() {
        return ProfileReader.settings(profile, changes());
    }

    /** The profile with what the command line says otherwise, in a text that can be read again. */
    String text() {
        return ProfileReader.text(profile, changes());
    }

    /** Says otherwise than the profile, over what the command line says. */
    void change(final String setting) {
        settings.add(setting);
    }

    private List<String> changes() {
        final List<String> changes = new ArrayList<>(settings);
        if (seed != null) {
            changes.add("cell.seed=" + seed);
        }
        return changes;
    }

    /** The profile's model, resolved against the installation. */
    static Path modelDirectory(final Profile profile) {
        return Installation.resolve(profile.model().directory());
    }

    /** The same options on another command line. */
    List<String> arguments() {
        final List<String> arguments = new ArrayList<>(List.of("--profile", profile));
        changes().forEach(change -> arguments.addAll(List.of("--set", change)));
        return arguments;
    }
}
