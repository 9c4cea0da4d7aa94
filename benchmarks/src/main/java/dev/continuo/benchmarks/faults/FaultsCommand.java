package dev.continuo.benchmarks.faults;

import dev.continuo.benchmarks.Circumstances;
import dev.continuo.benchmarks.Output;
import dev.continuo.benchmarks.Seconds;
import dev.continuo.config.ProfileException;
import dev.continuo.supervision.command.Installation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench faults}: what the arms do when something of the real service fails. */
@Command(name = "faults", mixinStandardHelpOptions = true,
    description = "The real service in its own processes, and one fault after the other: how long until the arms rest, how long until they move again, and whether they were ever sent where or as fast as they may not be.")
public final class FaultsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Option(names = "--faults", split = ",", paramLabel = "NAME", description = "which, by name (default: all)")
    private List<String> names = List.of();

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "5", description = "how long a fault lasts that lasts (default: ${DEFAULT-VALUE})")
    private double seconds;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "of scenes and equations (default: ${DEFAULT-VALUE})")
    private long seed;

    /** For picocli. */
    public FaultsCommand() {
    }

    @Override
    public Integer call() {
        output.check();
        final Duration length = Duration.ofNanos(Seconds.nanos("--seconds", seconds));
        final List<InjectedFault> faults = chosen();
        final Circumstances circumstances = Circumstances.now();
        final Path left = Installation.runs().resolve(DateTimeFormatter.ofPattern("'faults-'yyyyMMdd-HHmmss").format(LocalDateTime.now()));
        spec.commandLine().getErr().println("continuo: the service leaves what it says, its logs and its latencies in " + left);
        final List<FaultFigures> figures = new ArrayList<>();
        try (ProgressBar progress = new ProgressBarBuilder().setTaskName("faults").setInitialMax(faults.size()).setUpdateIntervalMillis(1000).build(); CellRig rig = new CellRig(seed, left)) {
            final FaultTrial trial = new FaultTrial(rig, length);
            for (final InjectedFault fault : faults) {
                progress.setExtraMessage(fault.name());
                figures.add(trial.play(fault));
                progress.step();
            }
        }
        final FaultsReport report = new FaultsReport(circumstances, seconds, figures);
        spec.commandLine().getOut().print(report.text());
        output.write(report);
        return report.isAsExpected() ? 0 : 1;
    }

    private List<InjectedFault> chosen() {
        final List<InjectedFault> all = InjectedFaults.all();
        for (final String name : names) {
            if (all.stream().noneMatch(fault -> fault.name().equals(name))) {
                throw new ProfileException("--faults " + name + ": there are " + all.stream().map(InjectedFault::name).collect(Collectors.joining(", ")));
            }
        }
        return names.isEmpty() ? all : all.stream().filter(fault -> names.contains(fault.name())).toList();
    }
}
