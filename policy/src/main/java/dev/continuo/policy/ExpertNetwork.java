package dev.continuo.policy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.continuo.config.ProfileException;
import dev.continuo.reasoning.tensor.GradientMode;
import dev.continuo.reasoning.tensor.Weights;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The action expert: from what is seen and what is thought to a chunk of joint positions.
 *
 * <p>It takes {@code o} and {@code r} as the vision-language model leaves them, mean-pooled hidden states of the prompt and of the
 * reasoning, and projects them itself. Several threads may sample at once; training must not run beside sampling on the same tensors.
 */
public final class ActionExpert implements AutoCloseable {

    /** The weights' file name in a model directory. */
    public static final String WEIGHTS_FILE = "policy.safetensors";

    private static final RandomGeneratorFactory<RandomGenerator> NOISE = RandomGeneratorFactory.of("L64X128MixRandom");

    private final PolicyConfig config;
    private final NormalizationStatistics statistics;
    private final Weights weights;
    private final ScaleDp network;
    private final ConditionProjection observationProjection;
    private final ConditionProjection reasoningProjection;
    private final FeatureWiseModulation modulation;
    private final DdimSchedule schedule;
    private final long[] timesteps;

    /**
     * An expert over weights that already exist.
     *
     * @param config     sizes and wiring
     * @param statistics the units
     * @param weights    tensors by their published names; used in place, on their device, and closed with the expert
     */
    public ActionExpert(final PolicyConfig config, final NormalizationStatistics statistics, final Weights weights) {
        if (statistics.actionSize() != config.actionSize() || statistics.stateSize() != config.stateSize()) {
            throw new ProfileException(
                weights.source() + ": statistics for actions of " + statistics.actionSize() + " and states of " + statistics.stateSize()
                    + " values, expected " + config.actionSize() + " and " + config.stateSize());
        }
        this.config = config;
        this.statistics = statistics;
        this.weights = weights;
        network = new ScaleDp(config, weights);
        observationProjection = new ConditionProjection(ConditionProjection.OBSERVATION, weights, config.conditionSize());
        reasoningProjection = config.conditioning().hearsReasoning()
            ? new ConditionProjection(ConditionProjection.REASONING, weights, config.conditionSize()) : null;
        modulation = config.conditioning().reasoningModulates() ? new FeatureWiseModulation(weights, config.conditionSize()) : null;
        schedule = new DdimSchedule(config.trainTimesteps(), config.inferenceSteps(), config.prediction());
        timesteps = new long[schedule.inferenceSteps()];
        for (int i = 0; i < timesteps.length; i++) {
            timesteps[i] = schedule.timestep(i);
        }
    }

    /**
     * Reads an expert from a model directory: {@value PolicyConfig#FILE}, {@value NormalizationStatistics#FILE} and
     * {@value #WEIGHTS_FILE}.
     *
     * @throws ProfileException when a file is missing, damaged, or does not fit the others
     */
    public static ActionExpert load(final Path directory, final Device device) {
        final PolicyConfig config = PolicyConfig.load(directory.resolve(PolicyConfig.FILE));
        final NormalizationStatistics statistics = NormalizationStatistics.load(directory.resolve(NormalizationStatistics.FILE));
        final Weights weights = Weights.load(directory.resolve(WEIGHTS_FILE), device);
        try {
            weights.requireFinite();
            return new ActionExpert(config, statistics, weights);
        } catch (final RuntimeException failure) {
            weights.close();
            throw failure;
        }
    }

    /** Sizes and wiring. */
    public PolicyConfig config() {
        return config;
    }

    /** The units of states and chunks. */
    public NormalizationStatistics statistics() {
        return statistics;
    }

    /**
     * The training loss of a batch: mean squared error of what is predicted over the rows that count (chatvla2.md section 1.5).
     * Each sample gets one timestep and one noise. All arrays are normalised, and belong to the step's manager, as the result does.
     *
     * @param observation [B, d], mean-pooled hidden state of the prompt
     * @param reasoning   [B, d], mean-pooled hidden state of the reasoning
     * @param state       [B, S]
     * @param actions     [B, H, A]
     * @param valid       [B, H], 1 for a row that counts and 0 for one that pads the chunk past the episode's end
     * @param random      source of timesteps and noise
     * @return a scalar
     */
    public NDArray lossBatch(
        final NDArray observation, final NDArray reasoning, final NDArray state, final NDArray actions, final NDArray valid,
        final RandomGenerator random) {
        final int[] times = new int[Math.toIntExact(actions.getShape().get(0))];
        Arrays.setAll(times, _ -> random.nextInt(schedule.trainTimesteps()));
        final NDArray noise = actions.getManager().create(gaussian(random, Math.toIntExact(actions.size())), actions.getShape());
        return loss(observation, reasoning, state, actions, valid, times, noise);
    }

    /** The loss of a batch for given timesteps [B] and noise [B, H, A]. */
    NDArray loss(
        final NDArray observation, final NDArray reasoning, final NDArray state, final NDArray actions, final NDArray valid,
        final int[] times, final NDArray noise) {
        final NDManager step = actions.getManager();
        final float[] signal = new float[times.length];
        final float[] scale = new float[times.length];
        for (int i = 0; i < times.length; i++) {
            signal[i] = (float) schedule.signalScale(times[i]);
            scale[i] = (float) schedule.noiseScale(times[i]);
        }
        final Shape perSample = new Shape(times.length, 1, 1);
        final NDArray noisy = actions.mul(step.create(signal, perSample)).addi(noise.mul(step.create(scale, perSample)));
        final NDArray predicted = predict(noisy, step.create(times), observation, reasoning, state);
        final NDArray target = config.prediction() == Prediction.SAMPLE ? actions : noise;
        final NDArray rowErrors = predicted.sub(target).square().sum(new int[] {2}).mul(valid);
        return rowErrors.sum().div(valid.sum().mul(config.actionSize()).maximum(1));
    }

    /** What the network tells [B, H, A] about a noisy batch, with the conditions not yet projected. */
    NDArray predict(
        final NDArray noisy, final NDArray timesteps, final NDArray observation, final NDArray reasoning, final NDArray state) {
        final NDArray heard = heard(reasoning);
        return network.forward(noisy, timesteps, seen(observation, heard), heard, state);
    }

    private NDArray heard(final NDArray reasoning) {
        return reasoningProjection == null ? null : reasoningProjection.apply(reasoning);
    }

    private NDArray seen(final NDArray observation, final NDArray heard) {
        final NDArray projected = observationProjection.apply(observation);
        return modulation == null ? projected : modulation.apply(projected, heard, observation);
    }

    private static float[] gaussian(final RandomGenerator random, final int size) {
        final float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /**
     * Samples a chunk. The same inputs and seed give the same chunk.
     *
     * @param observation d values, mean-pooled hidden state of the prompt
     * @param reasoning   d values, mean-pooled hidden state of the reasoning
     * @param state       S values in SI units
     * @param seed        of the noise that sampling starts from
     * @param chunkOut    gets H x A values in SI units, row by row
     * @return false when a value was not finite; {@code chunkOut} is then as it was
     */
    public boolean sample(
        final float[] observation, final float[] reasoning, final float[] state, final long seed, final float[] chunkOut) {
        final int size = config.chunkRows() * config.actionSize();
        requireLength("observation", observation.length, config.conditionSize());
        requireLength("state", state.length, config.stateSize());
        requireLength("chunk", chunkOut.length, size);
        final float[] normalState = state.clone();
        statistics.normalizeStates(normalState);
        final float[] sample = gaussian(NOISE.create(seed), size);
        denoise(observation, reasoning, normalState, sample);
        for (final float value : sample) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        statistics.denormalizeActions(sample);
        System.arraycopy(sample, 0, chunkOut, 0, size);
        return true;
    }

    /** Turns noise into a normalised chunk, in place; the state is normalised. */
    void denoise(final float[] observation, final float[] reasoning, final float[] state, final float[] sample) {
        try (GradientMode _ = GradientMode.off(); NDManager scope = weights.newScope()) {
            final List<ScaleDp.Modulation> modulations = modulations(scope, observation, reasoning, state);
            for (int step = 0; step < schedule.inferenceSteps(); step++) {
                try (NDManager inner = scope.newSubManager()) {
                    final NDArray noisy = inner.create(sample, new Shape(1, config.chunkRows(), config.actionSize()));
                    schedule.step(sample, network.denoise(noisy, modulations.get(step)).toFloatArray(), step);
                }
            }
        }
    }

    private List<ScaleDp.Modulation> modulations(
        final NDManager scope, final float[] observation, final float[] reasoning, final float[] state) {
        NDArray heard = null;
        if (reasoningProjection != null) {
            requireLength("reasoning", reasoning.length, config.conditionSize());
            heard = heard(row(scope, reasoning));
        }
        final NDArray times = scope.create(timesteps);
        return network.rows(
            network.modulation(times, seen(row(scope, observation), heard), heard, row(scope, state)), timesteps.length);
    }

    private static NDArray row(final NDManager scope, final float[] values) {
        return scope.create(values, new Shape(1, values.length));
    }

    private static void requireLength(final String what, final int length, final int expected) {
        if (length != expected) {
            throw new IllegalArgumentException(what + " has " + length + " values, expected " + expected);
        }
    }

    /** Frees the weights. */
    @Override
    public void close() {
        weights.close();
    }
}
