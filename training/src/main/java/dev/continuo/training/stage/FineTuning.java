package dev.continuo.training.stage;

import ai.djl.Device;
import dev.continuo.actors.model.PictureReader;
import dev.continuo.config.ProfileException;
import dev.continuo.perception.PictureLimits;
import dev.continuo.policy.ExpertNetwork;
import dev.continuo.policy.NormalizationStatistics;
import dev.continuo.policy.PolicyConfig;
import dev.continuo.policy.ScaleDpInitialization;
import dev.continuo.reasoning.VisionLanguageModel;
import dev.continuo.reasoning.network.Task;
import dev.continuo.reasoning.tensor.Weights;
import dev.continuo.recording.lerobot.LeRobotFeatures;
import dev.continuo.recording.lerobot.LeRobotReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Trains an action expert on somebody's LeRobot dataset, below a vision-language model that stays as it is: the paper's second stage for another robot, whatever its number of values.
 *
 * @param dataset     the dataset's folder, format 3.0
 * @param model       the folder of the model whose vision-language model is used
 * @param to          the folder of the model that is made: that vision-language model with the new expert
 * @param samples     frames that are drawn
 * @param steps       steps of training
 * @param rowPeriodNanos of the chunks' rows: the profile's {@code playback.row-period} that the model will be run with
 * @param seed        of everything
 */
public record FineTuning(Path dataset, Path model, Path to, int samples, int steps, long rowPeriodNanos, long seed) {
    private static final List<String> LANGUAGE_FILES = List.of("config.json", "tokenizer.json", "preprocessor_config.json", "model.safetensors");

    /**
     * Trains, and leaves the model.
     *
     * @throws InterruptedException if it was interrupted; nothing is left then
     * @throws ProfileException     naming the file, if the dataset or the model cannot be used, or the folder is there
     */
    public void run(final Interruption interruption) throws InterruptedException {
        if (Files.exists(to)) {
            throw new ProfileException(to + " is there already");
        }
        final LeRobotReader reader = reader();
        final LeRobotFeatures features = reader.features();
        final PolicyConfig policy = PolicyConfig.load(model.resolve(PolicyConfig.FILE)).with(features.state().size(), features.action().size());
        final NormalizationStatistics statistics;
        final ConditionSet conditions;
        try (VisionLanguageModel language = VisionLanguageModel.load(model, Task.ROBOT, Device.cpu(), System::nanoTime)) {
            final DatasetConditions made = new DatasetConditions(reader, language, new PictureReader(PictureLimits.load(model)), policy.chunkRows(), rowPeriodNanos);
            made.draw(samples, seed, interruption);
            statistics = made.statistics();
            conditions = ConditionSet.of(policy, made.samples(), statistics);
        }
        train(policy, conditions, statistics, interruption);
    }

    private LeRobotReader reader() {
        try {
            final LeRobotReader reader = new LeRobotReader(dataset);
            final LeRobotFeatures features = reader.features();
            if (features.state().isEmpty() || features.action().isEmpty() || features.cameras().isEmpty()) {
                throw new ProfileException(dataset + " lacks " + (features.state().isEmpty() ? "observation.state" : features.action().isEmpty() ? "action" : "pictures"));
            }
            return reader;
        } catch (final IOException e) {
            throw new ProfileException(e.getMessage(), e);
        }
    }

    private void train(final PolicyConfig policy, final ConditionSet conditions, final NormalizationStatistics statistics, final Interruption interruption) throws InterruptedException {
        try {
            final Path work = Files.createDirectories(to.resolveSibling(to.getFileName() + ".part"));
            try (Weights weights = ScaleDpInitialization.random(policy, seed, Device.cpu())) {
                ConditionWhitening.apply(weights, "input_action_proj", conditions.observations(), seed);
                ConditionWhitening.apply(weights, "reasoning_action_proj", conditions.reasonings(), seed + 1);
                new ExpertTrainer(Stage.ACTION_EXPERT, new ExpertNetwork(policy, weights), weights, conditions, seed).run(work, steps, interruption);
            }
            policy.save(work.resolve(PolicyConfig.FILE));
            statistics.save(work.resolve(NormalizationStatistics.FILE));
            for (final String file : LANGUAGE_FILES) {
                Files.copy(model.resolve(file), work.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
            Files.deleteIfExists(work.resolve(StageLoop.CHECKPOINT));
            Files.move(work, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (final IOException e) {
            throw new ProfileException("cannot write " + to + ": " + e.getMessage(), e);
        }
    }
}
