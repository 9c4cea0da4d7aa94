package dev.continuo.supervision.command;

import dev.continuo.actors.agent.ChunkPolicy;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileException;
import dev.continuo.recording.Episode;
import dev.continuo.recording.RecordingReader;
import dev.continuo.recording.replay.BrainReplay;
import dev.continuo.recording.replay.ReplayReport;
import dev.continuo.supervision.roles.Mind;
import dev.continuo.supervision.roles.ModelFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code continuo replay}: the brain once more, on what was recorded. */
@Command(name = "replay", mixinStandardHelpOptions = true, description = {
    "Compute the chunks of a recording again from their recorded inputs, and compare: a regression test for models.",
    "With the model that recorded, they are the same; another model is judged by how far it departs. Fails when a value differs by more than the tolerance."})
final class ReplayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private RecordingOptions recording;

    @Option(names = "--model", paramLabel = "FOLDER", description = "another model than the recording's profile names")
    private Path model;

    @Option(names = "--reasoning", description = "reason again, too, about what was reasoned about, and compare the words")
    private boolean reasoning;

    @Option(names = "--tolerance", paramLabel = "X", defaultValue = "0.001",
        description = "how far a value may be from what was recorded: radians, metres (default: ${DEFAULT-VALUE})")
    private double tolerance;

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        try (RecordingReader reader = recording.open()) {
            final Optional<Episode> only = recording.episode(reader);
            final Profile profile = reader.folder().profile();
            final Path directory = model == null ? ProfileOptions.modelDirectory(profile) : model;
            ModelFiles.require(profile, directory);
            if (reasoning && !profile.policy().reasoning()) {
                throw new ProfileException("--reasoning: " + reader.folder().name() + " was recorded without, by the policy " + profile.policy().kind());
            }
            final ReplayReport report = replay(reader, profile, directory, only);
            print(report, out);
            if (report.chunks().isEmpty()) {
                throw new RunFailure(reader.folder().name() + " holds no chunk that can be compared");
            }
            if (!(report.worst() <= tolerance)) {
                throw new RunFailure(String.format(Locale.ROOT, "a value differs by %.4g, the tolerance is %.4g", report.worst(), tolerance));
            }
        }
        return ExitStatus.SUCCESS;
    }

    private ReplayReport replay(final RecordingReader reader, final Profile profile, final Path directory, final Optional<Episode> only) {
        final RecordedSeconds progress = new RecordedSeconds(spec.commandLine().getErr(), "replayed");
        final Mind mind = Mind.load(profile, directory, true);
        try (ChunkPolicy policy = mind.policy().get()) {
            return new BrainReplay(profile, policy, reasoning ? mind.reasoner().map(Supplier::get) : Optional.empty()).run(reader, only, progress);
        } finally {
            progress.end();
        }
    }

    private void print(final ReplayReport report, final PrintWriter out) {
        out.printf(Locale.ROOT, "chunks: %d compared, %d identical; largest difference %.4g, rms %.4g%n",
            report.chunks().size(), report.identical(), report.worst(), report.rms());
        if (report.withoutInputs() + report.unusable() > 0) {
            out.printf("chunks not compared: %d whose inputs are not in the recording, %d that were not finite%n", report.withoutInputs(), report.unusable());
        }
        if (reasoning) {
            out.printf("reasonings: %d compared, %d in the same words, %d whose pictures are not in the recording%n", report.reasonings().size(), report.sameWords(), report.unseen());
            report.reasonings().stream().filter(one -> !one.isSame()).limit(3).forEach(one -> out.printf("  was: %s%n  now: %s%n", one.recorded(), one.again()));
        }
    }
}
