package dev.continuo.benchmarks.micro;

import dev.continuo.benchmarks.Circumstances;
import dev.continuo.benchmarks.Output;
import dev.continuo.benchmarks.Seconds;
import dev.continuo.config.ProfileException;
import dev.continuo.supervision.command.RunFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench micro}: the JMH benchmarks of the control cycle. */
@Command(name = "micro", mixinStandardHelpOptions = true,
    description = "The parts of a control cycle one by one, with JMH: playback, safety envelope, gravity, frames.")
public final class MicroCommand implements Callable<Integer> {
    private static final int ITERATIONS = 5;
    private static final int WARM_UP_ITERATIONS = 3;
    private static final int MOST_FORKS = 20;
    private static final String ALLOCATION = "gc.alloc.rate.norm";

    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Parameters(paramLabel = "NAME", defaultValue = "", description = "measure only benchmarks whose name contains this")
    private String name;

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "0.2",
        description = "of each iteration; each benchmark takes 8 of them (default: ${DEFAULT-VALUE})")
    private double seconds;

    @Option(names = "--forks", paramLabel = "N", defaultValue = "1",
        description = "fresh processes of each benchmark; 0 measures in this one (default: ${DEFAULT-VALUE})")
    private int forks;

    /** For picocli. */
    public MicroCommand() {
    }

    @Override
    public Integer call() {
        output.check();
        final long nanos = Seconds.nanos("--seconds", seconds);
        if (forks < 0 || forks > MOST_FORKS) {
            throw new ProfileException("--forks " + forks + ": must be between 0 and " + MOST_FORKS);
        }
        final Circumstances circumstances = Circumstances.now();
        final MicroReport report = new MicroReport(circumstances, scores(run(nanos)));
        spec.commandLine().getOut().print(report.text());
        output.write(report);
        return 0;
    }

    private Collection<RunResult> run(final long nanos) {
        final TimeValue time = TimeValue.nanoseconds(nanos);
        try {
            return new Runner(new OptionsBuilder()
                .include(HotPath.class.getName() + "\\..*" + java.util.regex.Pattern.quote(name))
                .warmupIterations(WARM_UP_ITERATIONS).warmupTime(time)
                .measurementIterations(ITERATIONS).measurementTime(time)
                .forks(forks)
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .build()).run();
        } catch (final NoBenchmarksException none) {
            throw new ProfileException("no benchmark's name contains '" + name + "'", none);
        } catch (final RunnerException failure) {
            throw new RunFailure("JMH: " + failure.getMessage());
        }
    }

    private static List<MicroReport.Score> scores(final Collection<RunResult> results) {
        final List<MicroReport.Score> scores = new ArrayList<>();
        for (final RunResult result : results) {
            final Result<?> time = result.getPrimaryResult();
            final Result<?> allocation = result.getSecondaryResults().get(ALLOCATION);
            final double error = time.getScoreError();
            scores.add(new MicroReport.Score(time.getLabel(), time.getScore(), Double.isFinite(error) ? error : 0,
                allocation == null ? 0 : allocation.getScore()));
        }
        return scores;
    }
}
