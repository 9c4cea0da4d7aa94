package dev.continuo.benchmarks.stutter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.continuo.actors.model.LoadedModel;
import dev.continuo.benchmarks.Circumstances;
import dev.continuo.benchmarks.Output;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileException;
import dev.continuo.config.ProfileReader;
import dev.continuo.supervision.command.Installation;
import dev.continuo.training.evaluation.StutterEvaluation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench stutter}: math matching under each strategy of playback, with chunks that take their time. */
@Command(name = "stutter", mixinStandardHelpOptions = true, description = {
    "How often the task succeeds, how long the arms stall and how smoothly they are commanded, for each way that chunks can follow each other, and for each time that a chunk takes.",
    "All in simulated time: the figures do not depend on how fast this machine is."})
public final class StutterCommand implements Callable<Integer> {
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final int LONGEST_MILLIS = 10_000;
    /** Averaging wants many chunks for a moment; computing one for each row, as ACT does, would take longer than a row lasts. */
    private static final String FREQUENT = "ensemble";
    private static final int FREQUENT_HORIZON = 5;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Option(names = "--profile", paramLabel = "NAME|FILE", defaultValue = "arx-sim", description = "the cell and its model (default: ${DEFAULT-VALUE})")
    private String profile;

    @Option(names = "--strategies", split = ",", paramLabel = "S", defaultValue = "synchronous,replace,blend,ensemble,rtc,rtc-candidates", description = "which (default: ${DEFAULT-VALUE})")
    private List<String> strategies;

    @Option(names = "--delays", split = ",", paramLabel = "MS", defaultValue = "0,100,200,300,400", description = "milliseconds that a chunk takes (default: ${DEFAULT-VALUE})")
    private List<Integer> delays;

    @Option(names = "--split", paramLabel = "SPLIT", defaultValue = "open-world", description = "in-domain or open-world (default: ${DEFAULT-VALUE})")
    private String split;

    @Option(names = "--seeds", split = ",", paramLabel = "N", defaultValue = "1,2", description = "each plays all trials of the split (default: ${DEFAULT-VALUE})")
    private List<Long> seeds;

    @Option(names = "--trials", paramLabel = "N", defaultValue = "0", description = "of each seed at most; 0 for all (default: ${DEFAULT-VALUE})")
    private int limit;

    @Option(names = "--resume", description = "go on with what the file of --json has, which is written after each case")
    private boolean resume;

    /** For picocli. */
    public StutterCommand() {
    }

    @Override
    public Integer call() throws IOException {
        check();
        final Profile plain = ProfileReader.read(profile);
        final Path folder = Installation.resolve(plain.model().directory());
        StutterReport report = new StutterReport(Circumstances.now(), plain.model().directory().toString(), split, seeds, limit, List.of());
        if (resume) {
            report = earlier(report);
        }
        final List<StutterReport.Case> cases = new ArrayList<>(report.cases());
        try (LoadedModel model = LoadedModel.load(plain.model(), folder)) {
            for (final String strategy : strategies) {
                for (final int delay : delays) {
                    if (cases.stream().noneMatch(done -> done.is(strategy, delay))) {
                        cases.add(play(strategy, delay, model));
                        report = new StutterReport(report.circumstances(), report.model(), split, seeds, limit, List.copyOf(cases));
                        output.write(report);
                    }
                }
            }
        }
        spec.commandLine().getOut().print(report.text());
        return 0;
    }

    private void check() {
        if (!split.equals("in-domain") && !split.equals("open-world")) {
            throw new ProfileException("--split " + split + ": must be in-domain or open-world");
        }
        for (final int delay : delays) {
            if (delay < 0 || delay > LONGEST_MILLIS) {
                throw new ProfileException("--delays " + delay + ": must be from 0 to " + LONGEST_MILLIS);
            }
        }
        if (limit < 0) {
            throw new ProfileException("--trials " + limit + ": must not be negative");
        }
        if (resume && output.file().isEmpty()) {
            throw new ProfileException("--resume needs the file of --json");
        }
        output.check();
        strategies.forEach(this::profile);
    }

    private Profile profile(final String strategy) {
        final List<String> settings = new ArrayList<>(List.of("playback.strategy=" + strategy));
        if (strategy.equals(FREQUENT)) {
            settings.add("playback.execution-horizon=" + FREQUENT_HORIZON);
        }
        return ProfileReader.read(profile, settings);
    }

    private StutterReport.Case play(final String strategy, final int delayMillis, final LoadedModel model) {
        final Profile played = profile(strategy);
        final PrintWriter err = spec.commandLine().getErr();
        final long began = System.nanoTime();
        final StutterEvaluation figures = StutterEvaluation.run(played, model, split, seeds, limit, delayMillis * NANOS_PER_MILLI, trials -> {
            err.printf(Locale.ROOT, "\r%s, %d ms: %d trials, %.0f s ", strategy, delayMillis, trials, (System.nanoTime() - began) * 1e-9);
            err.flush();
        });
        err.println();
        return new StutterReport.Case(strategy, delayMillis, played.playback().executionHorizon(), figures);
    }

    private StutterReport earlier(final StutterReport wanted) throws IOException {
        final Path json = output.file().orElseThrow();
        if (!Files.exists(json)) {
            return wanted;
        }
        try {
            final StutterReport found = new ObjectMapper().readValue(json.toFile(), StutterReport.class);
            if (!found.isOf(wanted)) {
                throw new ProfileException("--resume " + json + ": holds another model, split, seeds or number of trials");
            }
            return found;
        } catch (final JsonProcessingException damaged) {
            throw new ProfileException("--resume " + json + ": is no report of bench stutter", damaged);
        }
    }
}
