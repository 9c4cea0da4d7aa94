package dev.continuo.training.stage;

import dev.continuo.config.ProfileException;
import dev.continuo.perception.PictureLimits;
import dev.continuo.policy.NormalizationStatistics;
import dev.continuo.reasoning.network.VlmConfig;
import dev.continuo.reasoning.text.ChatTokenizer;
import dev.continuo.training.data.BatchMaker;
import dev.continuo.training.data.DemonstrationSet;
import dev.continuo.training.demonstration.Demonstration;
import dev.continuo.training.demonstration.DemonstrationFile;
import dev.continuo.training.demonstration.DemonstrationPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    private ModelSizes sizesOf(final Stage stage) {
        final ModelSizes trained = ModelSizes.load(sizes);
        return stage.pretrains() ? trained.pretrained() : trained;
    }

    /** Runs what is left of the stages up to and including {@code last}. */
    public void run(final Stage first, final Stage last, final Interruption interruption) throws InterruptedException {
        final DemonstrationSet demonstrations = new DemonstrationSet(demonstrations(), ModelSizes.load(sizes).policy().chunkRows());
        final NormalizationStatistics statistics = statistics(demonstrations);
        try (ChatTokenizer tokenizer = ChatTokenizer.load(sizes)) {
            for (final Stage stage : Stage.values()) {
                final boolean wanted = stage.compareTo(first) >= 0 && stage.compareTo(last) <= 0;
                final boolean given = pretrained.given() && stage.sharedByPolicies();
                if (wanted && !given && !Files.exists(folderOf(stage).resolve(DONE))) {
                    run(stage, stage == first ? from : Optional.empty(), tokenizer, demonstrations, statistics, interruption);
                    if (stage == Stage.SCENES) {
                        publishPretrained();
                    }
                }
            }
        }
        if (last == variant.last()) {
            publish(statistics);
        }
    }

    private void run(final Stage stage, final Optional<Path> start, final ChatTokenizer tokenizer, final DemonstrationSet demonstrations,
        final NormalizationStatistics statistics, final Interruption interruption) throws InterruptedException {
        final Path own = folderOf(stage);
        final BatchMaker batches = new BatchMaker(tokenizer, VlmConfig.load(sizes), PictureLimits.load(sizes), demonstrations, statistics,
            DemonstrationPlan.readyAxes(), stage.mixture(), seed * 31 + stage.ordinal());
        final int steps = Math.max(1, (int) Math.round(stage.steps() * variant.steps(stage) * stepScale));
        try (ModelUnderTraining model = start.isPresent()
                ? ModelUnderTraining.load(sizesOf(stage), start.get()) : begin(stage)) {
            Files.createDirectories(own);
            if (stage == Stage.EXPERT_PRETRAINING) {
                final ConditionSet set = ConditionSet.ofTruth(model, demonstrations, statistics, conditions, seed);
                new ExpertTrainer(stage, model, set, seed).run(own, steps, interruption);
            } else if (stage == Stage.ACTION_EXPERT) {
                model.roundVlm();
                final ConditionSet set = ConditionSet.of(
                    own.resolve("conditions.bin"), model, batches, tokenizer.imageToken(), conditions, makers);
                if (start.isEmpty()) {
                    // An expert that is given has been here already: its projections fit such conditions.
                    ConditionWhitening.apply(model.expertWeights(), "input_action_proj", set.observations(), seed);
                    ConditionWhitening.apply(model.expertWeights(), "reasoning_action_proj", set.reasonings(), seed + 1);
                }
                new ExpertTrainer(stage, model, set, seed).run(own, steps, interruption);
            } else {
                final Path before = start.orElseGet(() -> stage == Stage.PAGES ? own : finished(stage.before()));
                try (TruthHeads heads = TruthHeads.loadOrRandom(before, model.vlmConfig().hiddenSize(), seed + 3)) {
                    new JointTrainer(stage, model, heads, batches, tokenizer.imageToken(), seed).run(own, steps, makers, interruption);
                }
            }
            Files.writeString(own.resolve(DONE), "");
        } catch (final IOException failure) {
            throw new ProfileException("cannot write to " + own + ": " + failure.getMessage(), failure);
        }
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

    private List<Demonstration> demonstrations() {
        final Path file = folder.resolve("demonstrations.bin.gz");
        if (!Files.isRegularFile(file)) {
            DemonstrationFile.write(file, DemonstrationPlan.record(episodesPerOrder, seed));
        }
        return DemonstrationFile.read(file, Demonstration::read);
    }

    private NormalizationStatistics statistics(final DemonstrationSet demonstrations) {
        final Path file = folder.resolve(NormalizationStatistics.FILE);
        try {
            if (!Files.isRegularFile(file)) {
                demonstrations.statistics().save(file);
            }
        } catch (final IOException failure) {
            throw new ProfileException("cannot write " + file + ": " + failure.getMessage(), failure);
        }
        return NormalizationStatistics.load(file);
    }

    private void publishPretrained() {
        final Path made = folderOf(Stage.SCENES);
        try (ModelUnderTraining model = ModelUnderTraining.load(sizesOf(Stage.SCENES), made);
             TruthHeads heads = TruthHeads.loadOrRandom(made, model.vlmConfig().hiddenSize(), seed)) {
            final Path published = Variant.prepare(pretrained);
            model.publishVlm(published, Map.of("stage", Stage.SCENES.label(), "seed", Long.toString(seed)));
            heads.save(published);
        }
    }

    private void publish(final NormalizationStatistics statistics) {
        final Path last = folderOf(variant.last());
        try (ModelUnderTraining model = ModelUnderTraining.load(ModelSizes.load(sizes), last)) {
            model.publish(sizes, Map.of("policy", variant.label(), "seed", Long.toString(seed)));
            statistics.save(sizes.resolve(NormalizationStatistics.FILE));
        } catch (final IOException failure) {
            throw new ProfileException("cannot write to " + sizes + ": " + failure.getMessage(), failure);
        }
    }
}
