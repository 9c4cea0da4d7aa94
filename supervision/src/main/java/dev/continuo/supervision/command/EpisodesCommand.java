package dev.continuo.supervision.command;

import dev.continuo.config.ProfileException;
import dev.continuo.recording.Episode;
import dev.continuo.recording.Episodes;
import dev.continuo.recording.RecordingFolder;
import dev.continuo.recording.RecordingReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code continuo episodes}: what was kept. */
@Command(name = "episodes", mixinStandardHelpOptions = true, description = {
    "List what was recorded: the recordings, oldest first, or the episodes of one of them.",
    "An episode reaches from an instruction to the judge's word, to the next instruction, or to the end of the recording."})
final class EpisodesCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());
    private static final double MIB = 1024 * 1024;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "RECORDING", description = "a recording's name or folder (default: list the recordings)")
    private Path recording;

    @Mixin
    private RecordingsFolder folder;

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        if (recording == null) {
            listRecordings(out);
        } else {
            listEpisodes(folder.resolve(recording), out);
        }
        return ExitStatus.SUCCESS;
    }

    private void listRecordings(final PrintWriter out) {
        final List<Path> folders = recordings();
        if (folders.isEmpty()) {
            out.println("nothing is recorded in " + folder.path() + ": 'continuo record' does");
        }
        for (final Path path : folders) {
            final RecordingFolder about = RecordingFolder.open(path);
            out.printf("%-20s  %s  %s%s%n", about.name(), TIME.format(Instant.EPOCH.plusNanos(about.startedAtEpochNanos())), about.profileName(), about.isLive() ? "  being recorded" : "");
        }
    }

    private List<Path> recordings() {
        if (!Files.isDirectory(folder.path())) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder.path())) {
            return entries.filter(path -> Files.exists(path.resolve("recording.json"))).sorted().toList();
        } catch (final IOException e) {
            throw new ProfileException("cannot list " + folder.path() + ": " + e.getMessage(), e);
        }
    }

    private static void listEpisodes(final Path path, final PrintWriter out) {
        try (RecordingReader reader = RecordingReader.open(path)) {
            final RecordingFolder about = reader.folder();
            final List<Episode> episodes = Episodes.of(reader);
            out.printf(Locale.ROOT, "%s: profile %s, recorded by %s, %.1f MiB, %d episodes%n", about.name(), about.profileName(), about.version(), reader.bytes() / MIB, episodes.size());
            for (final Episode episode : episodes) {
                out.printf(Locale.ROOT, "%4d  %s  %6.1f s  %-28s  %s%n", episode.number(), TIME.format(Instant.EPOCH.plusNanos(about.epochNanos(episode.startedAtNanos()))), episode.seconds(),
                    episode.outcome().orElse("no judge"), episode.instruction());
            }
        }
    }
}
