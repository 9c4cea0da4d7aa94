package dev.continuo.policy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.continuo.reasoning.tensor.GradientMode;
import dev.continuo.reasoning.tensor.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The action expert as a network of tensors: what is trained, what samples on a GPU, and what {@link Denoiser} is measured against.
 *
 * <p>The weights are used in place and stay the caller's. Training must not run beside anything else on the same weights.
 */
public final class ExpertNetwork implements Sampler {

    private final PolicyConfig config;
    private final Weights weights;
    private final ScaleDp network;
    private final ConditionProjection observationProjection;
    private final ConditionProjection reasoningProjection;
    private final FeatureWiseModulation modulation;
    private final DdimSchedule schedule;

    /**
     * Over weights that already exist.
     *
     * @param config  sizes and wiring
     * @param weights tensors by their published names
     * @throws dev.continuo.config.ProfileException when a tensor is missing or has another shape
     */
    public ExpertNetwork(final PolicyConfig config, final Weights weights) {
        this.config = config;
        this.weights = weights;
        network = new ScaleDp(config, weights);
        observationProjection = new ConditionProjection(ConditionProjection.OBSERVATION, weights, config.conditionSize());
        reasoningProjection = config.conditioning().hearsReasoning()
            ? new ConditionProjection(ConditionProjection.REASONING, weights, config.conditionSize()) : null;
        modulation = config.conditioning().reasoningModulates() ? new FeatureWiseModulation(weights, config.conditionSize()) : null;
        schedule = DdimSchedule.of(config);
    }

    /** Sizes and wiring. */
    public PolicyConfig config() {
        return config;
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
        final float[] gaussian = new float[Math.toIntExact(actions.size())];
        for (int i = 0; i < gaussian.length; i++) {
            gaussian[i] = (float) random.nextGaussian();
        }
        final NDArray noise = actions.getManager().create(gaussian, actions.getShape());
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

    @Override
    public void denoise(final float[] observation, final float[] reasoning, final float[] state, final float[][] samples, final int count, final Guide guide) {
        try (GradientMode _ = GradientMode.off(); NDManager scope = weights.newScope()) {
            final List<ScaleDp.Modulation> modulations = modulations(scope, observation, reasoning, state);
            for (int i = 0; i < count; i++) {
                denoise(scope, modulations, samples[i], guide);
            }
        }
    }

    private void denoise(final NDManager scope, final List<ScaleDp.Modulation> modulations, final float[] sample, final Guide guide) {
        for (int step = 0; step < schedule.inferenceSteps(); step++) {
            try (NDManager inner = scope.newSubManager()) {
                final NDArray noisy = inner.create(sample, new Shape(1, config.chunkRows(), config.actionSize()));
                schedule.step(sample, network.denoise(noisy, modulations.get(step)).toFloatArray(), step, guide);
            }
        }
    }

    private List<ScaleDp.Modulation> modulations(
        final NDManager scope, final float[] observation, final float[] reasoning, final float[] state) {
        final NDArray heard = reasoningProjection == null ? null : heard(row(scope, reasoning));
        final long[] timesteps = new long[schedule.inferenceSteps()];
        Arrays.setAll(timesteps, schedule::timestep);
        return network.rows(
            network.modulation(scope.create(timesteps), seen(row(scope, observation), heard), heard, row(scope, state)), timesteps.length);
    }

    private static NDArray row(final NDManager scope, final float[] values) {
        return scope.create(values, new Shape(1, values.length));
    }
}
