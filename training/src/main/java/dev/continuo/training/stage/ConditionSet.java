package dev.continuo.training.stage;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.continuo.config.ProfileException;
import dev.continuo.policy.NormalizationStatistics;
import dev.continuo.policy.PolicyConfig;
import dev.continuo.reasoning.network.Task;
import dev.continuo.reasoning.network.TokenBatch;
import dev.continuo.reasoning.tensor.GradientMode;
import dev.continuo.training.data.BatchMaker;
import dev.continuo.training.data.BatchRounds;
import dev.continuo.training.data.Demonstrated;
import dev.continuo.training.data.DemonstrationSet;
import dev.continuo.training.data.Example;
import dev.continuo.training.data.Robot;
import dev.continuo.training.data.SceneTruth;
import dev.continuo.training.data.ToyDemonstrationSet;
import dev.continuo.training.data.ToyTruth;
import dev.continuo.training.data.TrainingBatch;
import dev.continuo.training.optimize.Progress;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Robot samples as the action expert sees them once the vision-language model is frozen: conditions {@code o} and {@code r}, state,
 * chunk and mask. Computed once, since a frozen model says the same every time.
 */
final class ConditionSet {
    private final int conditionSize;
    private final int stateSize;
    private final int chunkValues;
    private final int chunkRows;
    private final int count;
    private final float[] observations;
    private final float[] reasonings;
    private final float[] states;
    private final float[] actions;
    private final float[] valid;

    private ConditionSet(final PolicyConfig policy, final int count) {
        conditionSize = policy.conditionSize();
        stateSize = policy.stateSize();
        chunkRows = policy.chunkRows();
        chunkValues = chunkRows * policy.actionSize();
        this.count = count;
        observations = new float[count * conditionSize];
        reasonings = new float[count * conditionSize];
        states = new float[count * stateSize];
        actions = new float[count * chunkValues];
        valid = new float[count * chunkRows];
    }

    /** Reads the set from {@code file}, or computes it with the model and writes it there. */
    static ConditionSet of(final Path file, final ModelUnderTraining model, final Robot robot, final BatchMaker batches, final long imageToken,
        final int count, final int makers) throws InterruptedException {
        final ConditionSet set = new ConditionSet(model.expert(robot).config(), count);
        if (Files.isRegularFile(file)) {
            set.read(file);
        } else {
            set.compute(model, robot, batches, imageToken, makers);
            set.write(file);
        }
        return set;
    }

    /**
     * A sample that somebody else computed.
     *
     * @param observation the condition {@code o}
     * @param reasoning   the condition {@code r}
     * @param motion      SI units
     */
    record Conditioned(float[] observation, float[] reasoning, Example.Motion motion) {
    }

    /** Samples that somebody else computed. */
    static ConditionSet of(final PolicyConfig policy, final List<Conditioned> samples, final NormalizationStatistics statistics) {
        final ConditionSet set = new ConditionSet(policy, samples.size());
        for (int i = 0; i < set.count; i++) {
            final Conditioned sample = samples.get(i);
            put(sample.observation, set.observations, set.conditionSize, i, 1);
            put(sample.reasoning, set.reasonings, set.conditionSize, i, 1);
            set.put(sample.motion, i);
        }
        statistics.normalizeStates(set.states);
        statistics.normalizeActions(set.actions);
        return set;
    }

    /** One sample: what is true about the scene and about the reasoning, and the motion. */
    private record Sample(float[] scene, float[] next, Example.Motion motion) {
    }

    /**
     * Samples whose conditions are the truth about the scene instead of a model's view of it: where things are stands for {@code o}, what to do next
     * and how far the trial is for {@code r}; both through a fixed random projection to the conditions' size.
     */
    static ConditionSet ofTruth(final PolicyConfig policy, final Robot robot, final Demonstrated demonstrated, final int count, final long seed) {
        return switch (robot) {
            case ARX -> ofTruth(policy, demonstrated.statistics().get(robot), SceneTruth.SCENE_FEATURES, SceneTruth.NEXT_FEATURES, count, seed, random -> {
                final DemonstrationSet.Row row = demonstrated.cards().draw(random, 1).getFirst();
                return new Sample(SceneTruth.ofScene(row.scene()), SceneTruth.ofReasoning(row.reasoning()), row.motion());
            });
            case FRANKA -> ofTruth(policy, demonstrated.statistics().get(robot), ToyTruth.SCENE_FEATURES, ToyTruth.NEXT_FEATURES, count, seed, random -> {
                final ToyDemonstrationSet.Row row = demonstrated.toys().orElseThrow().draw(random, 1).getFirst();
                return new Sample(ToyTruth.ofScene(row.scene()), ToyTruth.ofReasoning(row.trial(), row.scene()), row.motion());
            });
        };
    }

    private static ConditionSet ofTruth(final PolicyConfig policy, final NormalizationStatistics statistics, final int sceneFeatures, final int nextFeatures,
        final int count, final long seed, final Function<SplittableRandom, Sample> draw) {
        final ConditionSet set = new ConditionSet(policy, count);
        final SplittableRandom random = new SplittableRandom(seed);
        final TruthProjection observation = new TruthProjection(sceneFeatures, set.conditionSize, random.split());
        final TruthProjection reasoning = new TruthProjection(nextFeatures, set.conditionSize, random.split());
        for (int i = 0; i < count; i++) {
            final Sample sample = draw.apply(random);
            observation.write(sample.scene, set.observations, i * set.conditionSize);
            reasoning.write(sample.next, set.reasonings, i * set.conditionSize);
            set.put(sample.motion, i);
        }
        statistics.normalizeStates(set.states);
        statistics.normalizeActions(set.actions);
        return set;
    }

    int count() {
        return count;
    }

    /** The conditions {@code o} of all samples; not to be changed. */
    float[] observations() {
        return observations;
    }

    /** The conditions {@code r} of all samples; not to be changed. */
    float[] reasonings() {
        return reasonings;
    }

    float[] observations(final int[] indices) {
        return gather(observations, conditionSize, indices);
    }

    float[] reasonings(final int[] indices) {
        return gather(reasonings, conditionSize, indices);
    }

    float[] states(final int[] indices) {
        return gather(states, stateSize, indices);
    }

    float[] actions(final int[] indices) {
        return gather(actions, chunkValues, indices);
    }

    float[] valid(final int[] indices) {
        return gather(valid, chunkRows, indices);
    }

    private void compute(final ModelUnderTraining model, final Robot robot, final BatchMaker batches, final long imageToken, final int makers)
        throws InterruptedException {
        try (GradientMode _ = GradientMode.off();
             BatchRounds<TrainingBatch> rounds = new BatchRounds<>(batches::make, 0, makers);
             Progress progress = Progress.begin("conditions", 0, count)) {
            for (int begin = 0; begin < count; ) {
                final TrainingBatch.Scenes batch = rounds.next().scenes().get(robot);
                final TrainingBatch.Motions motions = batch.motions();
                final int samples = Math.min(motions.count(), count - begin);
                try (NDManager scope = model.vlmWeights().newScope()) {
                    final TokenBatch tokens = TokenBatch.of(scope, model.vlmConfig(), imageToken, batch.acted());
                    final NDArray hidden = model.network(Task.ROBOT).hidden(tokens);
                    put(tokens.promptMean(hidden).toFloatArray(), observations, conditionSize, begin, samples);
                    final float[] said = tokens.answerMean(hidden).toFloatArray();
                    put(gather(said, conditionSize, motions.heard()), reasonings, conditionSize, begin, samples);
                }
                put(motions.states(), states, stateSize, begin, samples);
                put(motions.actions(), actions, chunkValues, begin, samples);
                put(motions.valid(), valid, chunkRows, begin, samples);
                begin += samples;
                progress.at(begin, "");
            }
        }
    }

    private void put(final Example.Motion motion, final int sample) {
        put(motion.state(), states, stateSize, sample, 1);
        put(motion.actions(), actions, chunkValues, sample, 1);
        put(motion.valid(), valid, chunkRows, sample, 1);
    }

    private static void put(final float[] values, final float[] all, final int width, final int begin, final int samples) {
        System.arraycopy(values, 0, all, begin * width, samples * width);
    }

    private static float[] gather(final float[] all, final int width, final int[] indices) {
        final float[] part = new float[indices.length * width];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(all, indices[i] * width, part, i * width, width);
        }
        return part;
    }

    private float[][] parts() {
        return new float[][] {observations, reasonings, states, actions, valid};
    }

    private void write(final Path file) {
        final Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(part), 1 << 16))) {
                out.writeInt(count);
                for (final float[] values : parts()) {
                    for (final float value : values) {
                        out.writeFloat(value);
                    }
                }
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (final IOException failure) {
            throw new ProfileException("cannot write " + file + ": " + failure.getMessage(), failure);
        }
    }

    private void read(final Path file) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            if (in.readInt() != count) {
                throw new IOException("holds another number of samples");
            }
            for (final float[] values : parts()) {
                for (int i = 0; i < values.length; i++) {
                    values[i] = in.readFloat();
                }
            }
        } catch (final IOException failure) {
            throw new ProfileException("cannot read " + file + ": " + failure.getMessage(), failure);
        }
    }
}
