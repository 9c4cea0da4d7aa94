package dev.continuo.policy;

import ai.djl.Device;
import dev.continuo.config.ProfileException;
import dev.continuo.policy.playback.PlannedRows;
import dev.continuo.reasoning.tensor.Weights;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The action expert at work: from what is seen and what is thought to a chunk of joint positions.
 *
 * <p>It takes {@code o} and {@code r} as the vision-language model leaves them, mean-pooled hidden states of the prompt and of the
 * reasoning, and projects them itself. On a CPU it computes over plain arrays that it copies the weights to ({@link Denoiser}), on a GPU over tensors
 * ({@link ExpertNetwork}, which is also what is trained). Several threads may sample at once: each has space of its own.
 */
public final class ActionExpert implements AutoCloseable {

    /** The weights' file name in a model directory. */
    public static final String WEIGHTS_FILE = "policy.safetensors";

    private static final RandomGeneratorFactory<RandomGenerator> NOISE = RandomGeneratorFactory.of("L64X128MixRandom");

    private final PolicyConfig config;
    private final NormalizationStatistics statistics;
    private final Weights weights;
    private final ThreadLocal<Space> spaces;

    /** What one thread samples with. The noise of the last seed is kept: a policy asks for the same again and again. */
    private final class Space {
        private final Sampler sampler;
        private final Guide guide = new Guide(config.chunkRows(), config.actionSize());
        private final float[] state = new float[config.stateSize()];
        private float[][] samples = new float[0][];
        private float[][] noise = samples;
        private long seed;

        Space(final Sampler sampler) {
            this.sampler = sampler;
        }

        /** The first candidate starts from the same noise however many there are. */
        void drawNoise(final long newSeed, final int candidates) {
            if (candidates > noise.length || seed != newSeed) {
                final RandomGenerator random = NOISE.create(newSeed);
                noise = new float[candidates][config.chunkRows() * config.actionSize()];
                samples = new float[candidates][config.chunkRows() * config.actionSize()];
                for (final float[] one : noise) {
                    for (int i = 0; i < one.length; i++) {
                        one[i] = (float) random.nextGaussian();
                    }
                }
                seed = newSeed;
            }
            for (int i = 0; i < candidates; i++) {
                System.arraycopy(noise[i], 0, samples[i], 0, noise[i].length);
            }
        }

        float[] leastStrange(final int candidates) {
            float[] best = samples[0];
            double least = candidates > 1 ? guide.strangeness(best) : 0;
            for (int i = 1; i < candidates; i++) {
                final double strangeness = guide.strangeness(samples[i]);
                if (strangeness < least) {
                    least = strangeness;
                    best = samples[i];
                }
            }
            return best;
        }
    }

    /**
     * An expert over weights that already exist.
     *
     * @param config     sizes and wiring
     * @param statistics the units
     * @param weights    tensors by their published names; closed with the expert. On a CPU they are read now and never again
     * @throws ProfileException when a tensor is missing or does not fit
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
        if (weights.device().isGpu()) {
            final ExpertNetwork network = new ExpertNetwork(config, weights);
            spaces = ThreadLocal.withInitial(() -> new Space(network));
        } else {
            final PackedExpert packed = new PackedExpert(config, weights);
            spaces = ThreadLocal.withInitial(() -> new Space(new Denoiser(packed)));
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
            final ActionExpert expert = new ActionExpert(config, statistics, weights);
            if (!device.isGpu()) {
                // Packed: the tensors would only be a second copy.
                weights.close();
            }
            return expert;
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
     * Samples a chunk. The same inputs and seed give the same chunk. On a CPU, a thread's second chunk of a seed allocates nothing.
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
        final Space space = spaces.get();
        space.guide.off();
        return sample(space, observation, reasoning, state, seed, 1, chunkOut);
    }

    /**
     * Samples a chunk that continues the one that plays, whose committed rows it begins with: see {@link Continuation}. The same inputs and seed give the same chunk. On a CPU, a thread's second chunk
     * of a seed allocates nothing.
     *
     * @param observation d values, mean-pooled hidden state of the prompt
     * @param reasoning   d values, mean-pooled hidden state of the reasoning
     * @param state       S values in SI units
     * @param seed        of the noise that sampling starts from
     * @param planned     what plays; without rows the chunk is sampled as if nothing did
     * @param how         how closely it is continued
     * @param chunkOut    gets H x A values in SI units, row by row
     * @return false when a value was not finite; {@code chunkOut} is then as it was
     */
    public boolean sample(final float[] observation, final float[] reasoning, final float[] state, final long seed, final PlannedRows planned, final Continuation how, final float[] chunkOut) {
        final Space space = spaces.get();
        space.guide.follow(planned, statistics, how.guidance());
        final boolean isFinite = sample(space, observation, reasoning, state, seed, planned.rows > 0 ? how.candidates() : 1, chunkOut);
        if (isFinite) {
            System.arraycopy(planned.values, 0, chunkOut, 0, planned.committed * config.actionSize());
        }
        return isFinite;
    }

    private boolean sample(final Space space, final float[] observation, final float[] reasoning, final float[] state, final long seed, final int candidates, final float[] chunkOut) {
        requireLength("observation", observation.length, config.conditionSize());
        requireLength("state", state.length, config.stateSize());
        requireLength("chunk", chunkOut.length, config.chunkRows() * config.actionSize());
        if (config.conditioning().hearsReasoning()) {
            requireLength("reasoning", reasoning.length, config.conditionSize());
        }
        System.arraycopy(state, 0, space.state, 0, state.length);
        statistics.normalizeStates(space.state);
        space.drawNoise(seed, candidates);
        space.sampler.denoise(observation, reasoning, space.state, space.samples, candidates, space.guide);
        final float[] chunk = space.leastStrange(candidates);
        for (final float value : chunk) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        statistics.denormalizeActions(chunk);
        System.arraycopy(chunk, 0, chunkOut, 0, chunkOut.length);
        return true;
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
