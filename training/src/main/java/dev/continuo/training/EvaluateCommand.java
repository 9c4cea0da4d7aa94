package dev.continuo.training;

import dev.continuo.config.Profile;
import dev.continuo.config.ProfileReader;
import dev.continuo.simulation.task.MathMatching;
import dev.continuo.simulation.toys.ToyPlacement;
import dev.continuo.training.evaluation.EvaluateTask;
import dev.continuo.training.stage.Variant;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code evaluate}: plays the trials of a task in closed loop, faster than real time, and prints the paper's table. */
@Command(name = "evaluate", description = "Play a task's trials in closed loop and score them as the paper does.",
    mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
    private static final double LATEST_EDIT_SECONDS = 30;
    private static final String READING = "reading";
    private static final List<String> TASKS = List.of(MathMatching.NAME, ToyPlacement.NAME, READING);
    private static final int LINES = 400;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Parameters(paramLabel = "TASK", description = "the task: math-matching, toy-placement, or reading for lines of handwriting alone")
    private String task;

    @Option(names = "--policy", paramLabel = "NAME", description = "the policy (default ${DEFAULT-VALUE}), also dexvla, chatvla, chatvla2-no-reasoning-following or chatvla2-stage-1", defaultValue = "chatvla2")
    private String policy;

    @Option(names = "--split", paramLabel = "NAME", description = "in-domain or open-world (default ${DEFAULT-VALUE})",
        defaultValue = "in-domain")
    private String split;

    @Option(names = "--seed", paramLabel = "N", description = "seed of scenes and sampling (default ${DEFAULT-VALUE})", defaultValue = "1")
    private long seed;

    @Option(names = "--trials", paramLabel = "N", description = "trials at most (default: all of the split; 400 lines to read)", defaultValue = "0")
    private int trials;

    @Option(names = "--edit-reasoning", description = "replace the reasoning by a wrong one in mid-trial, and see whether the action follows the words")
    private boolean editReasoning;

    @Option(names = "--edit-after", paramLabel = "S", description = "how long the model's own reasoning stands then (default ${DEFAULT-VALUE} s)",
        defaultValue = "0.5")
    private double editAfter;

    @Option(names = "--model", paramLabel = "DIR", description = "the model's folder (default: the profile's)")
    private Path model;

    @Option(names = "--profile", paramLabel = "NAME|FILE", description = "the cell (default: franka-sim for toy-placement, arx-sim for the others)")
    private String profile;

    @Option(names = "--python", paramLabel = "FILE", description = "for reading: an interpreter with rapidocr-onnxruntime, the stock reader to compare "
        + "with (default ${DEFAULT-VALUE})", defaultValue = "python3")
    private String python;

    @Option(names = "--json", paramLabel = "FILE", description = "also write the figures here")
    private Path json;

    @Override
    public Integer call() {
        require(TASKS.contains(task), "no task " + task + "; there are " + String.join(", ", TASKS));
        require(!editReasoning || task.equals(MathMatching.NAME), "--edit-reasoning is for " + MathMatching.NAME);
        require(split.equals("in-domain") || split.equals("open-world"), "no split " + split + "; there are in-domain and open-world");
        require(trials >= 0, "--trials must not be negative");
        require(editAfter >= 0 && editAfter <= LATEST_EDIT_SECONDS, "--edit-after must be between 0 and " + LATEST_EDIT_SECONDS);
        final Profile cell = ProfileReader.read(profile != null ? profile : task.equals(ToyPlacement.NAME) ? "franka-sim" : "arx-sim");
        require(task.equals(READING) || cell.task().equals(task), "the profile " + cell.name() + " is for " + cell.task() + ", not for " + task);
        final Path home = Path.of(System.getProperty("continuo.home", "."));
        final EvaluateTask evaluation = new EvaluateTask(cell, model != null ? model : Variant.of(policy).folder(home.resolve(cell.model().directory())), policy);
        if (task.equals(READING)) {
            evaluation.runReading(trials > 0 ? trials : LINES, seed, python, json, System.out);
        } else if (task.equals(ToyPlacement.NAME)) {
            evaluation.runToys(split, seed, trials, json, System.out);
        } else if (editReasoning) {
            evaluation.runEdited(split, seed, trials, editAfter, json, System.out);
        } else {
            evaluation.run(split, seed, trials, json, System.out);
        }
        return CommandLine.ExitCode.OK;
    }

    private void require(final boolean condition, final String message) {
        if (!condition) {
            throw new CommandLine.ParameterException(spec.commandLine(), message);
        }
    }
}
