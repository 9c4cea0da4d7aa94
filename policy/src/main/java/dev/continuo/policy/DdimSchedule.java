package dev.continuo.policy;

/**
 * The noise schedule of the diffusion and its deterministic sampler (chatvla2.md section 2.3): squared-cosine betas, DDIM with eta 0,
 * clipped samples, final cumulative alpha 1, "leading" timesteps. The same as {@code DDIMScheduler(num_train_timesteps=T,
 * beta_schedule="squaredcos_cap_v2", prediction_type=..., clip_sample=True, set_alpha_to_one=True)} of the diffusers package.
 *
 * <p>Kept in double: in half precision the last step divides by nothing. Immutable.
 */
public final class DdimSchedule {

    private static final double BETA_MAXIMUM = 0.999;
    private static final double OFFSET = 0.008;
    private static final Guide ALONE = new Guide(0, 1);

    private final Prediction prediction;
    private final double[] cumulativeAlpha;
    private final int[] timesteps;
    private final int stride;

    /**
     * Computes the schedule.
     *
     * @param trainTimesteps the steps T that training draws from
     * @param inferenceSteps the steps that sampling takes
     * @param prediction     what the network tells
     */
    public DdimSchedule(final int trainTimesteps, final int inferenceSteps, final Prediction prediction) {
        this.prediction = prediction;
        if (inferenceSteps < 1 || inferenceSteps > trainTimesteps) {
            throw new IllegalArgumentException(inferenceSteps + " inference steps do not fit " + trainTimesteps + " train timesteps");
        }
        cumulativeAlpha = new double[trainTimesteps];
        double product = 1;
        for (int t = 0; t < trainTimesteps; t++) {
            product *= 1 - beta(t, trainTimesteps);
            cumulativeAlpha[t] = product;
        }
        stride = trainTimesteps / inferenceSteps;
        timesteps = new int[inferenceSteps];
        for (int i = 0; i < inferenceSteps; i++) {
            timesteps[i] = (inferenceSteps - 1 - i) * stride;
        }
    }

    /** The schedule of an expert. */
    static DdimSchedule of(final PolicyConfig config) {
        return new DdimSchedule(config.trainTimesteps(), config.inferenceSteps(), config.prediction());
    }

    private static double beta(final int t, final int trainTimesteps) {
        final double ratio = cosine((t + 1.0) / trainTimesteps) / cosine((double) t / trainTimesteps);
        return Math.min(1 - ratio, BETA_MAXIMUM);
    }

    private static double cosine(final double u) {
        final double c = Math.cos((u + OFFSET) / (1 + OFFSET) * Math.PI / 2);
        return c * c;
    }

    /** Steps that training draws from. */
    public int trainTimesteps() {
        return cumulativeAlpha.length;
    }

    /** Steps that sampling takes. */
    public int inferenceSteps() {
        return timesteps.length;
    }

    /** The diffusion timestep of an inference step; step 0 is the noisiest. */
    public int timestep(final int step) {
        return timesteps[step];
    }

    /** The cumulative product of (1 - beta) up to and with a timestep. */
    public double cumulativeAlpha(final int timestep) {
        return cumulativeAlpha[timestep];
    }

    /** What a clean sample is multiplied by at a timestep. */
    public double signalScale(final int timestep) {
        return Math.sqrt(cumulativeAlpha[timestep]);
    }

    /** What noise is multiplied by at a timestep. */
    public double noiseScale(final int timestep) {
        return Math.sqrt(1 - cumulativeAlpha[timestep]);
    }

    /** Makes {@code clean} noisy in place, as of a timestep. */
    public void addNoise(final float[] clean, final float[] noise, final int timestep) {
        final double signal = signalScale(timestep);
        final double scale = noiseScale(timestep);
        for (int i = 0; i < clean.length; i++) {
            clean[i] = (float) (signal * clean[i] + scale * noise[i]);
        }
    }

    /** One step of the sampler for a chunk that nothing guides; as the one below. */
    public void step(final float[] sample, final float[] predicted, final int step) {
        step(sample, predicted, step, ALONE);
    }

    /**
     * One step of the sampler, in place. A value that is not finite stays visible: it ends as not-a-number at the last step.
     *
     * @param sample    the sample of this step; becomes that of the next
     * @param predicted what the network tells about it
     * @param step      the inference step, 0 the noisiest
     * @param guide     what the clean sample is drawn towards
     */
    void step(final float[] sample, final float[] predicted, final int step, final Guide guide) {
        final int timestep = timesteps[step];
        final double signal = signalScale(timestep);
        final double noise = noiseScale(timestep);
        final double previous = timestep - stride < 0 ? 1 : cumulativeAlpha[timestep - stride];
        final double previousSignal = Math.sqrt(previous);
        final double previousNoise = Math.sqrt(1 - previous);
        final double gain = guide.gain(signal, noise);
        final boolean cleanPredicted = prediction == Prediction.SAMPLE;
        for (int i = 0; i < sample.length; i++) {
            final double cleanValue = cleanPredicted ? predicted[i] : (sample[i] - noise * predicted[i]) / signal;
            final double noiseValue = cleanPredicted ? (sample[i] - signal * predicted[i]) / noise : predicted[i];
            final double guided = gain == 0 ? cleanValue : guide.move(cleanValue, i, gain);
            final double clipped = Math.max(-1, Math.min(1, guided));
            sample[i] = (float) (previousSignal * clipped + previousNoise * noiseValue);
        }
    }
}
