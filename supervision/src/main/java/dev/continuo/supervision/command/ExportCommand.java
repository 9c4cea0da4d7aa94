package dev.continuo.supervision.command;

import dev.continuo.config.CameraProfile;
import dev.continuo.config.Profile;
import dev.continuo.recording.Episode;
import dev.continuo.recording.Episodes;
import dev.continuo.recording.RecordingReader;
import dev.continuo.recording.export.LeRobotExport;
import dev.continuo.recording.export.McapExport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code continuo export}: recordings for the tools of others. */
@Command(name = "export", mixinStandardHelpOptions = true, description = {
    "Write a recording for the tools of others: as an MCAP file of ROS 2 messages, which Foxglove, rosbag2 and the packages named mcap open,",
    "or as a LeRobot dataset (format 3.0), which the package lerobot trains on."})
final class ExportCommand implements Callable<Integer> {
    private static final int DEFAULT_FPS = 30;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RecordingOptions recording;

    @ArgGroup(multiplicity = "1")
    private Target target;

    @Option(names = "--fps", paramLabel = "N", description = "frames a second of a LeRobot dataset (default: the rate of the slowest camera)")
    private Integer fps;

    @Override
    public Integer call() {
        try (RecordingReader reader = recording.open()) {
            final Optional<Episode> only = recording.episode(reader);
            final RecordedSeconds progress = new RecordedSeconds(spec.commandLine().getErr(), "exported");
            if (target.mcap != null) {
                McapExport.write(reader, only, target.mcap, progress);
            } else {
                LeRobotExport.write(reader, only.map(List::of).orElseGet(() -> Episodes.of(reader)), target.lerobot, framesPerSecond(reader.folder().profile()), progress);
            }
            progress.end();
            spec.commandLine().getOut().println(target.mcap != null ? target.mcap : target.lerobot);
        }
        return ExitStatus.SUCCESS;
    }

    private int framesPerSecond(final Profile profile) {
        return fps != null ? fps : profile.cameras().stream().mapToInt(CameraProfile::rateHz).min().orElse(DEFAULT_FPS);
    }

    /** One of them. */
    private static final class Target {
        @Option(names = "--mcap", paramLabel = "FILE", description = "an MCAP file to write")
        private Path mcap;

        @Option(names = "--lerobot", paramLabel = "FOLDER", description = "the folder of a LeRobot dataset to make")
        private Path lerobot;
    }
}
