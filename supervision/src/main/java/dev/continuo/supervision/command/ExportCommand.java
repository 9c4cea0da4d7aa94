package dev.continuo.supervision.command;

import dev.continuo.recording.Episode;
import dev.continuo.recording.RecordingReader;
import dev.continuo.recording.export.McapExport;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code continuo export}: recordings for the tools of others. */
@Command(name = "export", mixinStandardHelpOptions = true, description = {
    "Write a recording as an MCAP file of ROS 2 messages, which Foxglove, rosbag2 and the packages named mcap open."})
final class ExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "RECORDING", description = "a recording's name or folder")
    private Path recording;

    @Option(names = "--episode", paramLabel = "N", description = "only this episode (default: all)")
    private Integer episode;

    @Option(names = "--mcap", required = true, paramLabel = "FILE", description = "the file to write")
    private Path mcap;

    @Option(names = "--recordings", paramLabel = "FOLDER", description = "where recordings are (default: runs/recordings)")
    private Path folder = RecordingPath.folder();

    @Override
    public Integer call() {
        try (RecordingReader reader = RecordingReader.open(RecordingPath.resolve(folder, recording))) {
            final Optional<Episode> only = RecordingPath.episode(reader, episode);
            final RecordedSeconds progress = new RecordedSeconds(spec.commandLine().getErr(), "exported");
            McapExport.write(reader, only, mcap, progress);
            progress.end();
            spec.commandLine().getOut().println(mcap);
        }
        return ExitStatus.SUCCESS;
    }
}
