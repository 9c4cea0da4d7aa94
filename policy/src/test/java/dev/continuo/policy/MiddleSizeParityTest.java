package dev.continuo.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.continuo.reasoning.tensor.GradientMode;
import dev.continuo.reasoning.tensor.Weights;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Parity with the PyTorch network of {@code golden/make_policy_fixtures.py} and with diffusers at a size where errors add up: twelve blocks
 * of width 384, chunks of 50 x 14. Weights and inputs are a {@link Formula}; the fixture holds what comes out. The first half hears the
 * observation alone where the noise is predicted, and the reasoning too where the clean chunk is.
 */
class MiddleSizeParityTest {

    private static final int BATCH = 3;
    private static final int ROWS = 50;
    private static final int ACTION = 14;
    private static final int STATE = 14;
    private static final int CONDITION = 512;
    private static final double UNIT_DEVIATION = 1.75;
    private static final float NETWORK_TOLERANCE = 1e-4f;
    private static final float SCHEDULER_TOLERANCE = 1e-5f;
    private static final float ARRAYS_TOLERANCE = 1e-5f;
    /**
     * At first the signal is a seventh of what is predicted as noise, so single values of a chunk carry seven times the rounding of a network of
     * this depth: tensors are 1e-5 from the reference, arrays 2e-5, whatever their functions round to.
     */
    private static final float ARRAYS_TOLERANCE_OF_NOISE = 4e-5f;

    private static Weights weights;

    private final NDManager manager = NDManager.newBaseManager();

    private static PolicyConfig config(final Prediction prediction) {
        return new PolicyConfig(
            12, 384, 6, ROWS, ACTION, STATE, CONDITION, 100, 10, prediction,
            new Conditioning.ReasoningFollowing(6, 12, prediction == Prediction.SAMPLE, 12));
    }

    @BeforeAll
    static void fillTheNetwork() {
        weights = ScaleDpInitialization.random(config(Prediction.EPSILON), 1, Device.cpu());
        try (NDManager scope = weights.newScope()) {
            for (final String name : weights.names()) {
                final Shape shape = weights.get(name).getShape();
                final double centre = name.endsWith("norm_after_pool.weight") ? 1 : 0;
                weights.put(name, array(scope, name, amplitude(name, shape), centre, shape));
            }
        }
    }

    private static double amplitude(final String name, final Shape shape) {
        if (name.endsWith("pos_embed")) {
            return 0.5;
        }
        if (shape.dimension() == 1) {
            return 0.4;
        }
        return (name.endsWith("final_layer.linear.weight") ? 0.4 : 1.2) * Math.sqrt(3.0 / shape.get(1));
    }

    private static NDArray array(
        final NDManager manager, final String name, final double amplitude, final double centre, final Shape shape) {
        try (NDArray borrowed = manager.create(Formula.uniform(name, Math.toIntExact(shape.size()), amplitude, centre), shape)) {
            return borrowed.duplicate();
        }
    }

    @AfterAll
    static void freeTheNetwork() {
        weights.close();
    }

    @AfterEach
    void free() {
        manager.close();
    }

    private static ExpertNetwork network(final Prediction prediction) {
        return new ExpertNetwork(config(prediction), weights);
    }

    private Map<String, NDArray> golden() {
        final Map<String, NDArray> golden = Golden.load(manager, "scaledp_middle.npz");
        golden.put("in.o", array(manager, "o", UNIT_DEVIATION, 0, new Shape(BATCH, CONDITION)));
        golden.put("in.r", array(manager, "r", UNIT_DEVIATION, 0, new Shape(BATCH, CONDITION)));
        golden.put("in.state", array(manager, "state", UNIT_DEVIATION, 0, new Shape(BATCH, STATE)));
        golden.put("in.actions", array(manager, "actions", 1, 0, new Shape(BATCH, ROWS, ACTION)));
        golden.put("in.noise", array(manager, "noise", UNIT_DEVIATION, 0, new Shape(BATCH, ROWS, ACTION)));
        return golden;
    }

    @ParameterizedTest
    @EnumSource
    void predictsWhatTheReferencePredicts(final Prediction prediction) {
        final Map<String, NDArray> golden = golden();
        try (GradientMode _ = GradientMode.off()) {
            final NDArray predicted = network(prediction).predict(
                Golden.noisy(golden), golden.get("in.timesteps"), golden.get("in.o"), golden.get("in.r"), golden.get("in.state"));
            assertArrayEquals(golden.get(prediction.label() + ".predicted").toFloatArray(), predicted.toFloatArray(), NETWORK_TOLERANCE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void walksTheStepsOfDiffusersWithThePredictionsOfTheReference(final Prediction prediction) {
        final Map<String, NDArray> golden = golden();
        final DdimSchedule schedule = new DdimSchedule(100, 10, prediction);
        final float[] sample = golden.get("in.noise").get(0).toFloatArray();
        for (int step = 0; step < schedule.inferenceSteps(); step++) {
            schedule.step(sample, golden.get(prediction.label() + ".predictions").get(step).toFloatArray(), step);
            final float[] expected = golden.get(prediction.label() + ".samples").get(step).toFloatArray();
            assertArrayEquals(expected, sample, SCHEDULER_TOLERANCE, "step " + step);
        }
    }

    @ParameterizedTest
    @EnumSource
    void samplesTheChunkOfTheReference(final Prediction prediction) {
        final Map<String, NDArray> golden = golden();
        final float[] expected = golden.get(prediction.label() + ".samples").get(-1).toFloatArray();
        final float[] byTensors = sampled(network(prediction), golden);
        final float[] byArrays = sampled(new Denoiser(new PackedExpert(config(prediction), weights)), golden);
        assertArrayEquals(expected, byTensors, NETWORK_TOLERANCE, "tensors");
        assertArrayEquals(expected, byArrays, NETWORK_TOLERANCE, "arrays");
        assertArrayEquals(
            byTensors, byArrays, prediction == Prediction.SAMPLE ? ARRAYS_TOLERANCE : ARRAYS_TOLERANCE_OF_NOISE, "arrays beside tensors");
    }

    private static float[] sampled(final Sampler sampler, final Map<String, NDArray> golden) {
        final float[] sample = golden.get("in.noise").get(0).toFloatArray();
        sampler.denoise(
            golden.get("in.o").get(0).toFloatArray(), golden.get("in.r").get(0).toFloatArray(),
            golden.get("in.state").get(0).toFloatArray(), new float[][] {sample}, 1, new Guide(0, 1));
        return sample;
    }
}
