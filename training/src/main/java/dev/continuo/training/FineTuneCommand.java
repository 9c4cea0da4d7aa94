package dev.continuo.training;

import dev.continuo.training.stage.FineTuning;
import dev.continuo.training.stage.Interruption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fine-tune}: an action expert for somebody else's robot and data. */
@Command(name = "fine-tune", mixinStandardHelpOptions = true, description = {
    "Train an action expert on a LeRobot dataset (format 3.0), below the vision-language model of a model that is there, which stays as it is.",
    "The instruction is the dataset's task, the reasoning the model's own; the state's and the action's sizes are the dataset's."})
final class FineTuneCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "DATASET", description = "the dataset's folder")
    private Path dataset;

    @Parameters(index = "1", paramLabel = "FOLDER", description = "the model that is made; must not be there")
    private Path to;

    @Option(names = "--model", paramLabel = "FOLDER", description = "the model to begin with (default: models/nano)")
    private Path model = Path.of(System.getProperty("continuo.home", ".")).resolve("models/nano");

    @Option(names = "--samples", paramLabel = "N", defaultValue = "2000", description = "frames of the dataset that are drawn (default ${DEFAULT-VALUE})")
    private int samples;

    @Option(names = "--steps", paramLabel = "N", defaultValue = "2000", description = "steps of training (default ${DEFAULT-VALUE})")
    private int steps;

    @Option(names = "--row-period", paramLabel = "MS", defaultValue = "20", description = "of the chunks' rows, milliseconds: the profile's playback.row-period (default ${DEFAULT-VALUE})")
    private long rowPeriodMillis;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "seed of everything (default ${DEFAULT-VALUE})")
    private long seed;

    @Override
    public Integer call() {
        if (samples < 1 || steps < 1 || rowPeriodMillis < 1) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--samples, --steps and --row-period are positive");
        }
        try (Interruption interruption = new Interruption()) {
            new FineTuning(dataset, model, to.toAbsolutePath(), samples, steps, Duration.ofMillis(rowPeriodMillis).toNanos(), seed).run(interruption);
        } catch (final InterruptedException interrupted) {
            System.err.println("continuo: " + interrupted.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        spec.commandLine().getOut().println(to);
        return CommandLine.ExitCode.OK;
    }
}
