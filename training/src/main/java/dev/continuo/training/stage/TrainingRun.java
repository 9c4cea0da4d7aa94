package dev.continuo.training.stage;

import dev.continuo.config.ProfileException;
import dev.continuo.perception.PictureLimits;
import dev.continuo.policy.NormalizationStatistics;
import dev.continuo.policy.PolicyConfig;
import dev.continuo.reasoning.network.VlmConfig;
import dev.continuo.reasoning.text.ChatTokenizer;
import dev.continuo.training.data.BatchMaker;
import dev.continuo.training.data.Demonstrated;
import dev.continuo.training.data.DemonstrationSet;
import dev.continuo.training.data.Mixture;
import dev.continuo.training.data.Robot;
import dev.continuo.training.data.ToyDemonstrationSet;
import dev.continuo.training.demonstration.Demonstration;
import dev.continuo.training.demonstration.DemonstrationFile;
import dev.continuo.training.demonstration.DemonstrationPlan;
import dev.continuo.training.demonstration.Episode;
import dev.continuo.training.demonstration.ToyDemonstration;
import dev.continuo.training.demonstration.ToyDemonstrationRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A whole training of one policy: demonstrations, then the stages in order, each in a folder of its own below the run's. What is pretrained there
 * serves all policies.
 *
 * <p>A stage that is finished is not repeated; one that was interrupted goes on from its checkpoint. At the end the model's folder holds
 * the weights that {@code run} and {@code evaluate} use.
 *
 * @param sizes            the model's folder: sizes and tokenizer now, weights at the end
 * @param pretrained       the model that all policies start from
 * @param variant          the policy
 * @param folder           where the run keeps what it makes
 * @param seed             the seed of everything
 * @param stepScale        multiplies the steps of every stage
 * @param episodesPerOrder demonstrations of each equation and card order
 * @param conditions       robot samples that the last stage learns from
 * @param makers           threads that make batches
 * @param from             a model that the first stage of this call begins with, instead of what the stages before it left
 */
public record TrainingRun(
    Path sizes, Pretrained pretrained, Variant variant, Path folder, long seed, double stepScale, int episodesPerOrder, int conditions, int makers,
    Optional<Path> from) {
    private static final String DONE = "done";
    /** As many episodes of toy placement as of math matching: fourteen equations in six orders. */
    private static final int TOYS_PER_EPISODE = 14 * 6;

    private ModelSizes sizesOf(final Stage stage) {
        final ModelSizes trained = ModelSizes.load(sizes);
        return stage.pretrains() ? trained.pretrained() : trained;
    }

    /** Runs what is left of the stages up to and including {@code last}. */
    public void run(final Stage first, final Stage last, final Interruption interruption) throws InterruptedException {
        final Demonstrated demonstrated = demonstrated(ModelSizes.load(sizes).policies());
        try (ChatTokenizer tokenizer = ChatTokenizer.load(sizes)) {
            for (final Stage stage : Stage.values()) {
                final boolean wanted = stage.compareTo(first) >= 0 && stage.compareTo(last) <= 0;
                final boolean given = pretrained.given() && stage.sharedByPolicies();
                if (wanted && !given && !Files.exists(folderOf(stage).resolve(DONE))) {
                    run(stage, stage == first ? from : Optional.empty(), tokenizer, demonstrated, interruption);
                    if (stage == Stage.SCENES) {
                        publishPretrained();
                    }
                }
            }
        }
        if (last == variant.last()) {
            publish(demonstrated.statistics());
        }
    }

    private void run(final Stage stage, final Optional<Path> start, final ChatTokenizer tokenizer, final Demonstrated demonstrated,
        final Interruption interruption) throws InterruptedException {
        final Path own = folderOf(stage);
        try (ModelUnderTraining model = start.isPresent()
                ? ModelUnderTraining.given(sizesOf(stage), start.get(), seed) : begin(stage)) {
            Files.createDirectories(own);
            switch (stage) {
                case EXPERT_PRETRAINING -> {
                    for (final Robot robot : model.robots()) {
                        trainExpert(stage, model, robot,
                            ConditionSet.ofTruth(model.expert(robot).config(), robot, demonstrated, conditions, seed), interruption);
                    }
                }
                case ACTION_EXPERT -> {
                    model.roundVlm();
                    for (final Robot robot : model.robots()) {
                        trainExpert(stage, model, robot, conditions(stage, model, robot, tokenizer, demonstrated, start.isEmpty()), interruption);
                    }
                    model.saveVlm(own, Map.of("stage", stage.label()));
                }
                default -> {
                    final Path before = start.orElseGet(() -> stage == Stage.PAGES ? own : finished(stage.before()));
                    final Map<Robot, TruthHeads> heads = TruthHeads.all(ModelSizes.load(sizes), before, seed + 3);
                    try {
                        new JointTrainer(stage, model, heads, batches(stage.mixture(), stage, tokenizer, demonstrated), tokenizer.imageToken(), seed)
                            .run(own, steps(stage), makers, interruption);
                    } finally {
                        heads.values().forEach(TruthHeads::close);
                    }
                }
            }
            Files.writeString(own.resolve(DONE), "");
        } catch (final IOException failure) {
            throw new ProfileException("cannot write to " + own + ": " + failure.getMessage(), failure);
        }
    }

    private int steps(final Stage stage) {
        return Math.max(1, (int) Math.round(stage.steps() * variant.steps(stage) * stepScale));
    }

    private BatchMaker batches(final Mixture mixture, final Stage stage, final ChatTokenizer tokenizer, final Demonstrated demonstrated) {
        return new BatchMaker(tokenizer, VlmConfig.load(sizes), PictureLimits.load(sizes), demonstrated, mixture, seed * 31 + stage.ordinal());
    }

    /**
     * What a frozen model makes of a robot's samples.
     *
     * @param fresh whether the expert has never met such conditions; one that is given has, and its projections fit
     */
    private ConditionSet conditions(final Stage stage, final ModelUnderTraining model, final Robot robot, final ChatTokenizer tokenizer,
        final Demonstrated demonstrated, final boolean fresh) throws InterruptedException, IOException {
        final Path own = Files.createDirectories(robot.in(folderOf(stage)));
        final ConditionSet set = ConditionSet.of(own.resolve("conditions.bin"), model, robot,
            batches(Stage.motions(robot), stage, tokenizer, demonstrated), tokenizer.imageToken(), conditions, makers);
        if (fresh) {
            ConditionWhitening.apply(model.expertWeights(robot), "input_action_proj", set.observations(), seed);
            ConditionWhitening.apply(model.expertWeights(robot), "reasoning_action_proj", set.reasonings(), seed + 1);
        }
        return set;
    }

    private void trainExpert(final Stage stage, final ModelUnderTraining model, final Robot robot, final ConditionSet set, final Interruption interruption)
        throws InterruptedException, IOException {
        final Path own = Files.createDirectories(robot.in(folderOf(stage)));
        new ExpertTrainer(stage, model.expert(robot), model.expertWeights(robot), set, seed).run(own, steps(stage), interruption);
    }

    private ModelUnderTraining begin(final Stage stage) {
        final ModelSizes own = sizesOf(stage);
        return switch (stage) {
            case EXPERT_PRETRAINING, PAGES -> ModelUnderTraining.random(own, seed);
            case SIGHT -> ModelUnderTraining.load(own, finished(Stage.PAGES));
            case LINES -> ModelUnderTraining.load(own, finished(Stage.SIGHT));
            case SCENES -> ModelUnderTraining.load(own, finished(Stage.LINES));
            case CO_TRAINING -> ModelUnderTraining.join(
                own, finished(Stage.SCENES), finished(Stage.EXPERT_PRETRAINING), seed);
            case ACTION_EXPERT -> ModelUnderTraining.load(own, finished(Stage.CO_TRAINING));
        };
    }

    private Path finished(final Stage stage) {
        if (pretrained.given() && stage == Stage.SCENES) {
            return pretrained.folder();
        }
        final Path before = folderOf(stage);
        if (!Files.exists(before.resolve(DONE))) {
            throw new ProfileException(before + ": stage " + stage.label() + " has to be finished first");
        }
        return before;
    }

    private Path folderOf(final Stage stage) {
        return (stage.sharedByPolicies() ? folder : folder.resolve(variant.label())).resolve(stage.label());
    }

    private Demonstrated demonstrated(final Map<Robot, PolicyConfig> policies) {
        final Map<Robot, NormalizationStatistics> statistics = new EnumMap<>(Robot.class);
        final DemonstrationSet cards = new DemonstrationSet(
            episodes("demonstrations.bin.gz", Demonstration::read, () -> DemonstrationPlan.record(episodesPerOrder, seed)), policies.get(Robot.ARX).chunkRows());
        statistics.put(Robot.ARX, statistics(Robot.ARX, cards::statistics));
        final Optional<ToyDemonstrationSet> toys = Optional.ofNullable(policies.get(Robot.FRANKA)).map(policy -> new ToyDemonstrationSet(
            episodes("toy-demonstrations.bin.gz", ToyDemonstration::read,
                () -> ToyDemonstrationRecorder.record(TOYS_PER_EPISODE * episodesPerOrder, seed)), policy.chunkRows()));
        toys.ifPresent(set -> statistics.put(Robot.FRANKA, statistics(Robot.FRANKA, set::statistics)));
        return new Demonstrated(cards, toys, statistics, DemonstrationPlan.readyAxes());
    }

    private <T extends Episode> List<T> episodes(final String name, final Episode.Reader<T> reader, final Supplier<List<T>> recorded) {
        final Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            DemonstrationFile.write(file, recorded.get());
        }
        return DemonstrationFile.read(file, reader);
    }

    private NormalizationStatistics statistics(final Robot robot, final Supplier<NormalizationStatistics> computed) {
        final Path file = robot.in(folder).resolve(NormalizationStatistics.FILE);
        try {
            if (!Files.isRegularFile(file)) {
                Files.createDirectories(robot.in(folder));
                computed.get().save(file);
            }
        } catch (final IOException failure) {
            throw new ProfileException("cannot write " + file + ": " + failure.getMessage(), failure);
        }
        return NormalizationStatistics.load(file);
    }

    private void publishPretrained() {
        final Path made = folderOf(Stage.SCENES);
        final Map<Robot, TruthHeads> heads = TruthHeads.all(sizesOf(Stage.SCENES), made, seed);
        try (ModelUnderTraining model = ModelUnderTraining.load(sizesOf(Stage.SCENES), made)) {
            final Path published = Variant.prepare(pretrained);
            model.publishVlm(published, Map.of("stage", Stage.SCENES.label(), "seed", Long.toString(seed)));
            heads.values().forEach(each -> each.save(published));
        } finally {
            heads.values().forEach(TruthHeads::close);
        }
    }

    private void publish(final Map<Robot, NormalizationStatistics> statistics) {
        final Path last = folderOf(variant.last());
        try (ModelUnderTraining model = ModelUnderTraining.load(ModelSizes.load(sizes), last)) {
            model.publish(sizes, Map.of("policy", variant.label(), "seed", Long.toString(seed)));
            for (final Robot robot : statistics.keySet()) {
                statistics.get(robot).save(robot.in(sizes).resolve(NormalizationStatistics.FILE));
            }
        } catch (final IOException failure) {
            throw new ProfileException("cannot write to " + sizes + ": " + failure.getMessage(), failure);
        }
    }
}
