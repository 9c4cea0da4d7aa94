package dev.continuo.training;

import dev.continuo.training.stage.Interruption;
import dev.continuo.training.stage.Pretrained;
import dev.continuo.training.stage.Stage;
import dev.continuo.training.stage.TrainingRun;
import dev.continuo.training.stage.Variant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code train}: makes demonstrations and trains a model on them, stage by stage. */
@Command(name = "train", description = "Train a model; an interrupted training goes on with --resume.", mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Parameters(paramLabel = "MODEL", description = "the model's size: a folder below models/, for example nano")
    private String model;

    @Option(names = "--stage", paramLabel = "NAME", description = "only this stage: expert-pretraining, pages, sight, lines, scenes, co-training, action-expert")
    private String stage;

    @Option(names = "--policy", paramLabel = "NAME", defaultValue = "chatvla2", description = "the policy (default ${DEFAULT-VALUE}); the others "
        + "are what it is compared with: dexvla, chatvla, chatvla2-no-reasoning-following, chatvla2-stage-1")
    private String policy;

    @Option(names = "--resume", description = "go on with a run that was begun earlier")
    private boolean resume;

    @Option(names = "--folder", paramLabel = "DIR", description = "where the run keeps its checkpoints (default runs/train/MODEL)")
    private Path folder;

    @Option(names = "--seed", paramLabel = "N", description = "seed of everything (default ${DEFAULT-VALUE})", defaultValue = "1")
    private long seed;

    @Option(names = "--steps-scale", paramLabel = "X", description = "multiplies the steps of every stage (default ${DEFAULT-VALUE})",
        defaultValue = "1")
    private double stepScale;

    @Option(names = "--episodes", paramLabel = "N", description = "demonstrations per equation and card order (default ${DEFAULT-VALUE})",
        defaultValue = "5")
    private int episodes;

    @Option(names = "--conditions", paramLabel = "N", description = "robot samples of the last stage (default ${DEFAULT-VALUE})",
        defaultValue = "20000")
    private int conditions;

    @Option(names = "--from", paramLabel = "DIR", description = "with --stage: begin with the model in this folder, for example models/nano")
    private Path from;

    @Option(names = "--pretrained", description = "begin with the dense model in models/MODEL-pretrained instead of the stages pages, sight, "
        + "lines and scenes, which take the first hour and a half")
    private boolean pretrained;

    @Option(names = "--makers", paramLabel = "N", description = "threads that make batches (default: one per core)", defaultValue = "0")
    private int makers;

    @Override
    public Integer call() {
        final Path home = Path.of(System.getProperty("continuo.home", "."));
        final Path sizes = home.resolve("models").resolve(model);
        if (!Files.isRegularFile(sizes.resolve("config.json"))) {
            throw new CommandLine.ParameterException(spec.commandLine(), "no model " + model + ": " + sizes + " has no config.json");
        }
        if (!Files.isWritable(home.resolve("models"))) {
            throw new CommandLine.ParameterException(spec.commandLine(), "a training leaves its model in " + home.resolve("models") + ", which cannot be written: train in a clone");
        }
        final Variant variant = Variant.of(policy);
        final Path run = folder != null ? folder : home.resolve("runs/train").resolve(model);
        if (Files.isDirectory(run.resolve(variant.label())) && !resume && stage == null) {
            throw new CommandLine.ParameterException(spec.commandLine(),
                run + " holds a run of " + policy + " already: go on with --resume, or choose another --folder");
        }
        final Pretrained dense = new Pretrained(sizes, pretrained);
        if (pretrained && !Files.isRegularFile(dense.folder().resolve("model.safetensors"))) {
            throw new CommandLine.ParameterException(spec.commandLine(),
                dense.folder() + " holds no model.safetensors: train without --pretrained");
        }
        if (from != null && stage == null) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--from needs --stage");
        }
        final Stage only = stage == null ? null : Stage.of(stage);
        try (Interruption interruption = new Interruption()) {
            new TrainingRun(variant.prepare(sizes), dense, variant, run, seed, stepScale, episodes, conditions, threads(), Optional.ofNullable(from))
                .run(only == null ? Stage.EXPERT_PRETRAINING : only, only == null ? variant.last() : only, interruption);
        } catch (final InterruptedException interrupted) {
            System.err.println("continuo: " + interrupted.getMessage() + "; go on with --resume");
            return CommandLine.ExitCode.SOFTWARE;
        }
        return CommandLine.ExitCode.OK;
    }

    private int threads() {
        return makers > 0 ? makers : Runtime.getRuntime().availableProcessors();
    }
}
