package dev.continuo.supervision.roles;

import dev.continuo.config.Profile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a run was asked to be.
 *
 * @param profile       the profile, validated, with the command line's instruction and seed in it
 * @param modelDirectory the model, resolved
 * @param duration      when it ends by itself; empty if never
 * @param singleProcess whether all roles share this process
 * @param runsFolder    where histograms go and the emergency stop's file is looked for
 * @param roleArguments what the command lines of child roles repeat of this one's: the profile and the seed
 * @param recorded      what a recording says of the run; empty if it is not recorded
 */
public record RunSettings(
    Profile profile, Path modelDirectory, Optional<Duration> duration, boolean singleProcess, Path runsFolder, List<String> roleArguments,
    Optional<Recorded> recorded) {

    /**
     * What a recording says of its run.
     *
     * @param profileText the profile in a text that can be read again
     * @param version     of the software, for people
     */
    public record Recorded(String profileText, String version) {
    }

    /** Copies the list. */
    public RunSettings {
        roleArguments = List.copyOf(roleArguments);
    }

    /** The file that stops all arms while it exists. */
    public Path emergencyStopFile() {
        return runsFolder.resolve("emergency-stop");
    }
}
