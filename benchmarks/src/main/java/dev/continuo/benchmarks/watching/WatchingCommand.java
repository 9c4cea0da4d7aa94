package dev.continuo.benchmarks.watching;

import com.typesafe.config.ConfigUtil;
import dev.continuo.benchmarks.Circumstances;
import dev.continuo.benchmarks.Output;
import dev.continuo.benchmarks.Pause;
import dev.continuo.benchmarks.Percentiles;
import dev.continuo.benchmarks.Seconds;
import dev.continuo.benchmarks.service.ServiceProcess;
import dev.continuo.config.CameraProfile;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileException;
import dev.continuo.config.ProfileReader;
import dev.continuo.supervision.command.Installation;
import dev.continuo.supervision.command.RunFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.agrona.IoUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench watching}: what watching and recording cost the control loops and the brain. */
@Command(name = "watching", mixinStandardHelpOptions = true,
    description = "The whole service in pairs of runs, with everything off and with everything on: recording, the page, Prometheus, traces. How late the control loops are, and how many chunks there are.")
public final class WatchingCommand implements Callable<Integer> {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration END = Duration.ofSeconds(60);
    private static final long CPU_PERIOD_MILLIS = 1_000;
    private static final int MOST_CAMERAS = 8;
    private static final int MOST_PAIRS = 100;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Option(names = "--profile", paramLabel = "NAME|FILE", defaultValue = "arx-sim", description = "the cell (default: ${DEFAULT-VALUE})")
    private String profile;

    @Option(names = "--cameras", paramLabel = "N", defaultValue = "3", description = "how many; those that the profile lacks are its first once more (default: ${DEFAULT-VALUE})")
    private int cameras;

    @Option(names = "--pairs", paramLabel = "N", defaultValue = "3", description = "of runs, each with the other one first (default: ${DEFAULT-VALUE})")
    private int pairs;

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "120", description = "how long to measure in each run (default: ${DEFAULT-VALUE})")
    private double seconds;

    @Option(names = "--warm-up", paramLabel = "S", defaultValue = "60", description = "how long each run plays before, so that the compilers settle (default: ${DEFAULT-VALUE})")
    private double warmUp;

    /** For picocli. */
    public WatchingCommand() {
    }

    @Override
    public Integer call() throws IOException {
        output.check();
        Seconds.nanos("--seconds", seconds);
        Seconds.nanos("--warm-up", warmUp);
        require("--pairs", pairs, MOST_PAIRS);
        require("--cameras", cameras, MOST_CAMERAS);
        final Profile cell = ProfileReader.read(profile);
        final Circumstances circumstances = Circumstances.now();
        final List<RunFigures> runs = new ArrayList<>();
        try (ProgressBar progress = new ProgressBarBuilder().setTaskName("watching").setUnit(" runs", 1).setInitialMax(2L * pairs).setUpdateIntervalMillis(1000).build()) {
            for (int pair = 0; pair < pairs; pair++) {
                for (final boolean watched : new boolean[] {pair % 2 != 0, pair % 2 == 0}) {
                    progress.setExtraMessage(watched ? "on" : "off");
                    runs.add(run(cell, watched));
                    progress.step();
                }
            }
        }
        final WatchingReport report = new WatchingReport(circumstances, profile, cameras, runs);
        spec.commandLine().getOut().print(report.text());
        output.write(report);
        return 0;
    }

    private static void require(final String option, final int value, final int most) {
        if (value < 1 || value > most) {
            throw new ProfileException(option + " " + value + ": must be between 1 and " + most);
        }
    }

    /** On the disk that recordings go to otherwise: memory would be cheaper than what people use. */
    private RunFigures run(final Profile cell, final boolean watched) throws IOException {
        final Path folder = Files.createTempDirectory(Files.createDirectories(Installation.state()), "bench-watching");
        try (Viewers viewers = new Viewers(); ServiceProcess service = ServiceProcess.start(folder, Map.of(), arguments(cell, folder, watched, viewers))) {
            if (watched) {
                viewers.look(service.address(START), names(cell));
            }
            final CpuLog cpu = new CpuLog();
            while (service.isAlive()) {
                cpu.look(processes(service, watched));
                Pause.millis(CPU_PERIOD_MILLIS);
            }
            service.awaitEnd(END);
            final PlayedInterval played = PlayedInterval.read(service.latencies().orElseThrow(() -> new RunFailure("the service measured nothing")), warmUp, seconds);
            if (played.inference().getTotalCount() == 0) {
                throw new RunFailure("no chunk came in " + seconds + " s behind a warm-up of " + warmUp + " s; the last words of the service: "
                    + service.output().lines().reduce((_, last) -> last).orElse("none"));
            }
            return new RunFigures(watched, played.seconds(), played.chunksPerSecond(), Percentiles.of(played.inference()), Percentiles.of(played.lateness()),
                cpu.cores(played.beginSeconds(), played.endSeconds()), viewers.watched());
        } finally {
            IoUtil.delete(folder.toFile(), true);
        }
    }

    private static Map<String, ProcessHandle> processes(final ServiceProcess service, final boolean watched) {
        final Map<String, ProcessHandle> processes = service.roles();
        if (watched) {
            processes.put("viewers", ProcessHandle.current());
        }
        return processes;
    }

    private List<String> arguments(final Profile cell, final Path folder, final boolean watched, final Viewers viewers) throws IOException {
        final List<String> arguments = new ArrayList<>(List.of("--profile", derived(cell, folder).toString(),
            "--for", Math.round(START.toSeconds() + warmUp + seconds) + "s", "--set", "web.enabled=" + watched, "--set", "recording.enabled=" + watched,
            "--set", "recording.directory=" + ConfigUtil.quoteString(folder.resolve("recordings").toString())));
        if (watched) {
            arguments.addAll(List.of("--set", "traces.endpoint=" + ConfigUtil.quoteString(viewers.traces().toString())));
        }
        return arguments;
    }

    /** The same cell with as many cameras as were asked for. */
    private Path derived(final Profile cell, final Path folder) throws IOException {
        final Path base = Path.of(profile);
        return Files.writeString(folder.resolve("watching.conf"), "extends = " + ConfigUtil.quoteString(Files.isRegularFile(base) ? base.toAbsolutePath().toString() : profile) + "\ncameras = [\n"
            + cameras(cell).stream().map(WatchingCommand::text).collect(Collectors.joining("\n")) + "\n]\n");
    }

    private List<CameraProfile> cameras(final Profile cell) {
        final List<CameraProfile> own = cell.cameras();
        return IntStream.range(0, cameras).mapToObj(index -> index < own.size() ? own.get(index)
            : new CameraProfile(own.getFirst().name() + "-" + (index + 1), own.getFirst().source(), own.getFirst().width(), own.getFirst().height(), own.getFirst().rateHz(), own.getFirst().maxAgeNanos())).toList();
    }

    private List<String> names(final Profile cell) {
        return cameras(cell).stream().map(CameraProfile::name).toList();
    }

    private static String text(final CameraProfile camera) {
        return "  { name = " + ConfigUtil.quoteString(camera.name()) + ", source = " + ConfigUtil.quoteString(camera.source().toString()) + ", width = " + camera.width() + ", height = " + camera.height()
            + ", rate-hz = " + camera.rateHz() + ", max-age = " + camera.maxAgeNanos() + " ns }";
    }
}
