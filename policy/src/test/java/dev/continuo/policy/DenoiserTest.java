package dev.continuo.policy;

import static dev.continuo.policy.RandomValues.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import dev.continuo.reasoning.tensor.Weights;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The computation over arrays beside that over tensors. */
class DenoiserTest {

    private static final Guide ALONE = new Guide(0, 1);
    private static final float TOLERANCE = 1e-5f;
    /** Sizes that no tile divides. */
    private static final PolicyConfig ODD =
        new PolicyConfig(3, 30, 3, 7, 5, 3, 13, 50, 7, Prediction.EPSILON, Conditioning.ReasoningFollowing.latterHalf(3));
    private static final PolicyConfig NANO = PolicyConfig.nano(192);
    private static final PolicyConfig MIDDLE =
        new PolicyConfig(12, 384, 6, 50, 14, 14, 512, 100, 10, Prediction.EPSILON, new Conditioning.ReasoningFollowing(6, 12, true, 12));

    private static Stream<Arguments> configurations() {
        return Stream.of(
                new Conditioning.ReasoningFollowing(1, 3, false, 3), new Conditioning.ReasoningFollowing(0, 2, true, 3),
                new Conditioning.FeatureWise(), new Conditioning.ObservationOnly())
            .flatMap(conditioning -> Stream.of(Prediction.values()).map(prediction -> Arguments.of(conditioning, prediction)));
    }

    private static PolicyConfig with(final PolicyConfig config, final Conditioning conditioning, final Prediction prediction) {
        return new PolicyConfig(config.blocks(), config.width(), config.heads(), config.chunkRows(), config.actionSize(),
            config.stateSize(), config.conditionSize(), config.trainTimesteps(), config.inferenceSteps(), prediction, conditioning);
    }

    /** Weights that do something: the fresh ones hold zeros where a chunk would begin to depend on anything. */
    private static Weights weights(final PolicyConfig config) {
        final Weights weights = ScaleDpInitialization.random(config, 3, Device.cpu());
        for (final String name : weights.names()) {
            final long[] shape = weights.get(name).getShape().getShape();
            weights.putNormal(name, shape.length == 2 ? 0.8 / Math.sqrt(shape[1]) : 0.3, 5, shape);
        }
        return weights;
    }

    private static float[] chunk(final Sampler sampler, final PolicyConfig config, final int seed) {
        final float[] sample = random(seed, config.chunkRows() * config.actionSize());
        sampler.denoise(
            random(seed + 1, config.conditionSize()), random(seed + 2, config.conditionSize()), random(seed + 3, config.stateSize()), new float[][] {sample}, 1, ALONE);
        return sample;
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void equalsTheNetworkOfTensorsHoweverItIsConditioned(final Conditioning conditioning, final Prediction prediction) {
        final PolicyConfig config = with(ODD, conditioning, prediction);
        try (Weights weights = weights(config)) {
            final ExpertNetwork network = new ExpertNetwork(config, weights);
            final Denoiser denoiser = new Denoiser(new PackedExpert(config, weights));
            for (int seed = 0; seed < 3; seed++) {
                assertArrayEquals(chunk(network, config, seed), chunk(denoiser, config, seed), TOLERANCE);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void equalsTheNetworkOfTensorsAtTheSizeThatShipsAndAtAMiddleSize(
        final PolicyConfig size, final Prediction prediction, final float tolerance) {
        final PolicyConfig config = with(size, size.conditioning(), prediction);
        try (Weights weights = weights(config)) {
            final float[] byTensors = chunk(new ExpertNetwork(config, weights), config, 1);
            assertArrayEquals(byTensors, chunk(new Denoiser(new PackedExpert(config, weights)), config, 1), tolerance);
        }
    }

    private static Stream<Arguments> sizes() {
        // Where noise is predicted, the first steps multiply the rounding of the network by seven.
        return Stream.of(Arguments.of(NANO, Prediction.SAMPLE, TOLERANCE), Arguments.of(NANO, Prediction.EPSILON, TOLERANCE),
            Arguments.of(MIDDLE, Prediction.SAMPLE, TOLERANCE), Arguments.of(MIDDLE, Prediction.EPSILON, 3 * TOLERANCE));
    }

    @Test
    void aChunkDoesNotDependOnWhatWasComputedBefore() {
        try (Weights weights = weights(ODD)) {
            final PackedExpert packed = new PackedExpert(ODD, weights);
            final Denoiser used = new Denoiser(packed);
            final float[] first = chunk(used, ODD, 1);
            assertFalse(Arrays.equals(first, chunk(used, ODD, 2)));
            assertArrayEquals(first, chunk(used, ODD, 1));
            assertArrayEquals(first, chunk(new Denoiser(packed), ODD, 1));
        }
    }

    @Test
    void whatIsNotFiniteStaysVisible() {
        try (Weights weights = weights(ODD)) {
            final Denoiser denoiser = new Denoiser(new PackedExpert(ODD, weights));
            final float[] sample = random(1, ODD.chunkRows() * ODD.actionSize());
            final float[] observation = random(2, ODD.conditionSize());
            observation[3] = Float.NaN;
            denoiser.denoise(observation, random(3, ODD.conditionSize()), random(4, ODD.stateSize()), new float[][] {sample}, 1, ALONE);
            assertTrue(Float.isNaN(sample[0]));
            assertFalse(Float.isNaN(chunk(denoiser, ODD, 1)[0]), "and only there");
        }
    }

    @Test
    void allStepsOfAChunkAllocateNothing() {
        try (Weights weights = weights(ODD)) {
            final Denoiser denoiser = new Denoiser(new PackedExpert(ODD, weights));
            final float[] observation = random(2, ODD.conditionSize());
            final float[] reasoning = random(3, ODD.conditionSize());
            final float[] state = random(4, ODD.stateSize());
            final float[][] samples = {random(1, ODD.chunkRows() * ODD.actionSize())};
            assertEquals(0, Allocation.leastOf(100, () -> denoiser.denoise(observation, reasoning, state, samples, 1, ALONE)), "bytes of 100 chunks");
        }
    }
}
