package dev.continuo.supervision.command;

import dev.continuo.config.Profile;
import dev.continuo.config.ProfileException;
import dev.continuo.supervision.cluster.Ports;
import dev.continuo.supervision.report.Provenance;
import dev.continuo.supervision.report.ReportJson;
import dev.continuo.supervision.report.ReportTable;
import dev.continuo.supervision.roles.Cells;
import dev.continuo.supervision.roles.ControlRole;
import dev.continuo.supervision.roles.ModelFiles;
import dev.continuo.supervision.roles.Plugins;
import dev.continuo.supervision.roles.RunOutcome;
import dev.continuo.supervision.roles.RunSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code continuo run}: the whole service, until it is told to end. */
@Command(name = "run", mixinStandardHelpOptions = true, description = {
    "Start the service: arms, cameras, reasoning and policy, and the simulated cell if the profile has one.",
    "Ctrl-C parks the arms and ends it. 'e' and Enter is the emergency stop, 'r' and Enter releases it;",
    "'s' and Enter starts the arms, 'p' and Enter parks them; words and Enter are another instruction."})
class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ProfileOptions profile;

    @Option(names = "--instruction", paramLabel = "TEXT", description = "what the robot is asked to do (default: the profile's)")
    private String instruction;

    @Option(names = "--for", paramLabel = "DURATION", converter = Durations.class,
        description = "end after so long: 60s, 5m, 1h (default: never)")
    private Duration duration;

    @Option(names = "--json", paramLabel = "FILE", description = "write the report there as JSON")
    private Path json;

    @Option(names = "--single-process", description = "all roles in this process, without a cluster: for debugging")
    private boolean singleProcess;

    /** Says otherwise than the profile. */
    final void change(final String setting) {
        profile.change(setting);
    }

    @Override
    public Integer call() throws IOException {
        if (json != null) {
            ReportJson.requireWritable(json);
        }
        final RunSettings settings = settings();
        Cells.check(settings.profile().task(), settings.profile().instruction());
        Plugins.require(settings.profile());
        ModelFiles.require(settings.profile(), settings.modelDirectory());
        Ports.requireFree(settings.profile());

        final RunOutcome outcome = ControlRole.run(settings, Signals::onEnd);
        if (outcome.end() instanceof RunOutcome.End.Unusable(final String why)) {
            throw new ProfileException(why);
        }
        final PrintWriter out = spec.commandLine().getOut();
        out.println();
        out.print(ReportTable.render(outcome.report(), Provenance.of(Installation.home())));
        if (json != null) {
            ReportJson.write(outcome.report(), json);
        }
        if (outcome.end() instanceof RunOutcome.End.Failed(final String why)) {
            throw new RunFailure(why);
        }
        return ExitStatus.SUCCESS;
    }

    private RunSettings settings() {
        final Profile read = profile.read();
        final Profile instructed = instruction == null ? read : read.withInstruction(instruction);
        return new RunSettings(instructed, ProfileOptions.modelDirectory(read), Optional.ofNullable(duration), singleProcess,
            Installation.runs(), profile.arguments(),
            read.recording().enabled() ? Optional.of(new RunSettings.Recorded(profile.text(), Provenance.of(Installation.home()).commit())) : Optional.empty());
    }
}
