package dev.continuo.benchmarks.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.continuo.benchmarks.Circumstances;
import dev.continuo.benchmarks.Output;
import dev.continuo.benchmarks.WorkFolder;
import dev.continuo.config.ProfileException;
import dev.continuo.proving.fuzz.Corpus;
import dev.continuo.proving.fuzz.FuzzTarget;
import dev.continuo.proving.fuzz.FuzzTargets;
import dev.continuo.supervision.command.ExitStatus;
import dev.continuo.supervision.command.Installation;
import dev.continuo.supervision.command.RunFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench fuzz}: Jazzer feeds every decoder, in rounds. */
@Command(name = "fuzz", mixinStandardHelpOptions = true, description = {
    "Feed everything that takes bytes from outside with inputs that a coverage-guided fuzzer makes up (Jazzer): decoders of the bus, of CAN, of the Franka's protocols, of cameras and files, and an arm's agent.",
    "A crash, a hang, an input that allocates much and a command that an arm must not be sent are findings: the input is kept, and the status is 1."})
public final class FuzzCommand implements Callable<Integer> {
    private static final String FOLDER = "fuzz";

    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Parameters(paramLabel = "TARGET", arity = "0..*", description = "which; all, where none is named")
    private List<String> names = List.of();

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "60", description = "of each target in a round (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(names = "--executions", paramLabel = "N", defaultValue = "0", description = "go on with further rounds until so many inputs were tried in all (default: one round)")
    private long executions;

    @Option(names = "--threads", paramLabel = "N", description = "how many targets at once (default: one for each processor)")
    private Integer threads;

    @Option(names = "--resume", description = "go on with what the file of --json has; the corpus is gone on with in any case")
    private boolean resume;

    @Option(names = "--keep-corpus", paramLabel = "DIR", description = "leave there, for each target, the smallest corpus that reaches all that was reached, as a ZIP")
    private Path kept;

    @Option(names = "--input", paramLabel = "FILE", description = "feed the one target that is named with this input only, and tell what goes wrong")
    private Path input;

    /** For picocli. */
    public FuzzCommand() {
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        output.check();
        require(seconds >= 1, "--seconds " + seconds + ": must be at least 1");
        require(executions >= 0, "--executions " + executions + ": must not be negative");
        require(threads == null || threads >= 1, "--threads " + threads + ": must be at least 1");
        require(!resume || output.file().isPresent(), "--resume needs the file of --json");
        final List<FuzzTarget> targets = names.isEmpty() ? FuzzTargets.all() : names.stream().map(FuzzCommand::target).toList();
        if (input != null) {
            return again(targets);
        }
        final Map<String, FuzzReport.Target> tally = earlier();
        final Circumstances circumstances = Circumstances.now();
        final int workers = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        try (ProgressBar progress = new ProgressBarBuilder().setTaskName("fuzz").setInitialMax(executions > 0 ? executions : targets.size()).setUpdateIntervalMillis(1000).build();
            ExecutorService pool = Executors.newFixedThreadPool(workers)) {
            List<FuzzTarget> left = targets;
            do {
                round(pool, left, circumstances, tally, progress);
                left = targets.stream().filter(target -> tally.get(target.name()).finding().isEmpty()).toList();
            } while (report(circumstances, tally).executions() < executions && !left.isEmpty());
        }
        final FuzzReport report = report(circumstances, tally);
        spec.commandLine().getOut().print(report.text());
        if (kept != null) {
            keep(targets);
        }
        return report.isClean() ? ExitStatus.SUCCESS : ExitStatus.FAILED;
    }

    private static void require(final boolean holds, final String why) {
        if (!holds) {
            throw new ProfileException(why);
        }
    }

    private static FuzzTarget target(final String name) {
        return FuzzTargets.named(name).orElseThrow(() -> new ProfileException(
            "fuzz " + name + ": there is no such target; there are " + String.join(", ", FuzzTargets.all().stream().map(FuzzTarget::name).toList())));
    }

    /** Feeds one input that was found before. */
    private int again(final List<FuzzTarget> targets) throws IOException {
        require(targets.size() == 1, "--input " + input + ": needs the name of one target");
        require(Files.isRegularFile(input), "--input " + input + ": there is no such file");
        try {
            targets.getFirst().feed().accept(Files.readAllBytes(input));
        } catch (final RuntimeException | Error wrong) {
            wrong.printStackTrace(spec.commandLine().getErr());
            return ExitStatus.FAILED;
        }
        spec.commandLine().getOut().println("nothing went wrong");
        return ExitStatus.SUCCESS;
    }

    private static FuzzReport report(final Circumstances circumstances, final Map<String, FuzzReport.Target> tally) {
        return new FuzzReport(circumstances, List.copyOf(tally.values()));
    }

    private void round(
        final ExecutorService pool, final List<FuzzTarget> targets, final Circumstances circumstances, final Map<String, FuzzReport.Target> tally, final ProgressBar progress)
        throws InterruptedException {
        final List<Future<FuzzReport.Target>> slices = targets.stream().map(target -> pool.submit(() -> slice(target))).toList();
        for (final Future<FuzzReport.Target> slice : slices) {
            try {
                final FuzzReport.Target done = slice.get();
                tally.merge(done.name(), done, FuzzReport.Target::and);
            } catch (final ExecutionException failed) {
                slices.forEach(other -> other.cancel(true));
                throw failed.getCause() instanceof RunFailure known ? known : new RunFailure(String.valueOf(failed.getCause()));
            }
            final FuzzReport report = report(circumstances, tally);
            output.write(report);
            progress.stepTo(executions > 0 ? Math.min(executions, report.executions()) : tally.size());
        }
    }

    private FuzzReport.Target slice(final FuzzTarget target) throws IOException, InterruptedException {
        final Path corpus = folder().resolve("corpus").resolve(target.name());
        Corpus.unpack(target.name(), corpus);
        return new FuzzProcess(target, corpus, folder().resolve("found").resolve(target.name())).run(seconds, ThreadLocalRandom.current().nextLong());
    }

    private static Path folder() {
        return Installation.runs().resolve(FOLDER);
    }

    private Map<String, FuzzReport.Target> earlier() throws IOException {
        final Map<String, FuzzReport.Target> tally = new LinkedHashMap<>();
        if (resume && Files.exists(output.file().orElseThrow())) {
            final Path file = output.file().orElseThrow();
            try {
                new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false).readValue(file.toFile(), FuzzReport.class).targets().stream()
                    .filter(target -> target.finding().isEmpty())
                    .forEach(target -> tally.put(target.name(), target));
            } catch (final JsonProcessingException damaged) {
                throw new ProfileException("--resume " + file + ": is no report of bench fuzz", damaged);
            }
        }
        return tally;
    }

    private void keep(final List<FuzzTarget> targets) throws IOException, InterruptedException {
        for (final FuzzTarget target : targets) {
            try (WorkFolder smallest = WorkFolder.create()) {
                new FuzzProcess(target, folder().resolve("corpus").resolve(target.name()), folder().resolve("found").resolve(target.name())).minimise(smallest.path());
                Corpus.pack(target.name(), smallest.path(), kept);
            }
        }
    }
}
