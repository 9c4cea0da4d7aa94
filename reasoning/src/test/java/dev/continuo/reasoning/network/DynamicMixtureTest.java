package dev.continuo.reasoning.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import dev.continuo.reasoning.tensor.Backend;
import dev.continuo.reasoning.tensor.GradientMode;
import dev.continuo.reasoning.tensor.Weights;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DynamicMixtureTest {
    private static final int HIDDEN = 6;
    private static final int INNER = 5;
    private static final int EXPERTS = 4;

    @ParameterizedTest
    @EnumSource(DynamicMixture.Dispatch.class)
    void everyDispatchAddsTheTwoStrongestExpertsByTheirSoftmax(final DynamicMixture.Dispatch dispatch) {
        try (GradientMode _ = GradientMode.off(); NDManager manager = Backend.newManager(Device.cpu())) {
            final DynamicMixture mixture = random(manager);
            final long tokens = dispatch == DynamicMixture.Dispatch.SINGLE_TOKEN ? 1 : 9;
            final NDArray x = manager.randomNormal(0, 1, new Shape(tokens, HIDDEN), DataType.FLOAT32);
            final float[] actual = mixture.forward(x, dispatch).toFloatArray();
            assertArrayEquals(reference(mixture, x), actual, 1e-5f);
        }
    }

    @ParameterizedTest
    @EnumSource(value = DynamicMixture.Dispatch.class, names = {"SORTED", "ALL_EXPERTS"})
    void anExpertWithoutTokensIsNoAccident(final DynamicMixture.Dispatch dispatch) {
        try (GradientMode _ = GradientMode.off(); NDManager manager = Backend.newManager(Device.cpu())) {
            final DynamicMixture drawn = random(manager);
            final NDArray bias = manager.create(new float[]{-100, 100, 0, 90});
            final DynamicMixture mixture =
                new DynamicMixture(drawn.routerWeight(), bias, drawn.gateUp(), drawn.down(), 2);
            final NDArray x = manager.randomNormal(0, 1, new Shape(7, HIDDEN), DataType.FLOAT32);
            assertArrayEquals(reference(mixture, x), mixture.forward(x, dispatch).toFloatArray(), 1e-5f);
        }
    }

    @Test
    void everyDispatchHasTheSameGradients() {
        try (NDManager manager = Backend.newManager(Device.cpu())) {
            final DynamicMixture mixture = random(manager);
            final List<NDArray> parameters = List.of(mixture.routerWeight(), mixture.routerBias(), mixture.gateUp(), mixture.down());
            parameters.forEach(parameter -> parameter.setRequiresGradient(true));
            final NDArray x = manager.randomNormal(0, 1, new Shape(9, HIDDEN), DataType.FLOAT32);
            final NDArray direction = manager.randomNormal(0, 1, new Shape(9, HIDDEN), DataType.FLOAT32);
            final List<float[]> sorted = gradients(mixture, parameters, x, direction, DynamicMixture.Dispatch.SORTED);
            final List<float[]> all = gradients(mixture, parameters, x, direction, DynamicMixture.Dispatch.ALL_EXPERTS);
            for (int i = 0; i < sorted.size(); i++) {
                assertArrayEquals(sorted.get(i), all.get(i), 1e-4f);
                double size = 0;
                for (final float value : sorted.get(i)) {
                    size += Math.abs(value);
                }
                assertTrue(size > 0, "parameter " + i);
            }
        }
    }

    @Test
    void expertsCopiedFromADenseLayerComputeWhatItDid() {
        final VlmConfig dense = TinyModels.tiny(0);
        final VlmConfig mixture = dense.withExperts(8, 2);
        try (GradientMode _ = GradientMode.off(); Weights weights = Initialization.random(dense, 3, Device.cpu());
            NDManager scope = weights.newScope()) {
            final Prompt prompt = TinyModels.prompt(2, 5, TinyModels.image(4, 4, 1));
            final float[] before = new VlmNetwork(dense, weights).hidden(TinyModels.batch(scope, dense, prompt)).toFloatArray();
            Initialization.expertsFromDense(mixture, weights, 4);
            final float[] after = new VlmNetwork(mixture, weights).hidden(TinyModels.batch(scope, mixture, prompt)).toFloatArray();
            assertArrayEquals(before, after, 1e-5f);
        }
    }

    @Test
    void oneTokenVisitsItsExpertsAndManyAreSorted() {
        assertEquals(DynamicMixture.Dispatch.SINGLE_TOKEN, DynamicMixture.Dispatch.choose(1, false));
        assertEquals(DynamicMixture.Dispatch.SORTED, DynamicMixture.Dispatch.choose(2, false));
        assertEquals(DynamicMixture.Dispatch.ALL_EXPERTS, DynamicMixture.Dispatch.choose(64, true));
        assertEquals(DynamicMixture.Dispatch.SORTED, DynamicMixture.Dispatch.choose(65, true));
    }

    private static List<float[]> gradients(
        final DynamicMixture mixture, final List<NDArray> parameters, final NDArray x, final NDArray direction,
        final DynamicMixture.Dispatch dispatch) {
        parameters.forEach(parameter -> JniUtils.zeroGrad((PtNDArray) parameter));
        try (GradientCollector collector = Backend.engine().newGradientCollector()) {
            collector.backward(mixture.forward(x, dispatch).mul(direction).sum());
        }
        return parameters.stream().map(parameter -> parameter.getGradient().toFloatArray()).toList();
    }

    private static DynamicMixture random(final NDManager manager) {
        return new DynamicMixture(
            manager.randomNormal(0, 1, new Shape(EXPERTS, HIDDEN), DataType.FLOAT32),
            manager.randomNormal(0, 1, new Shape(EXPERTS), DataType.FLOAT32),
            manager.randomNormal(0, 0.3f, new Shape(EXPERTS, 2 * INNER, HIDDEN), DataType.FLOAT32),
            manager.randomNormal(0, 0.3f, new Shape(EXPERTS, HIDDEN, INNER), DataType.FLOAT32), 2);
    }

    /** The definition, in plain loops. */
    private static float[] reference(final DynamicMixture mixture, final NDArray x) {
        final float[] input = x.toFloatArray();
        final float[] router = mixture.routerWeight().toFloatArray();
        final float[] bias = mixture.routerBias().toFloatArray();
        final float[] output = new float[input.length];
        for (int token = 0; token < input.length / HIDDEN; token++) {
            final double[] logits = new double[EXPERTS];
            for (int e = 0; e < EXPERTS; e++) {
                logits[e] = bias[e];
                for (int i = 0; i < HIDDEN; i++) {
                    logits[e] += router[e * HIDDEN + i] * input[token * HIDDEN + i];
                }
            }
            final int first = strongest(logits, -1);
            final int second = strongest(logits, first);
            final double share = 1 / (1 + Math.exp(logits[second] - logits[first]));
            addExpert(mixture, input, output, token, first, share);
            addExpert(mixture, input, output, token, second, 1 - share);
        }
        return output;
    }

    private static int strongest(final double[] logits, final int except) {
        int best = -1;
        for (int e = 0; e < logits.length; e++) {
            if (e != except && (best < 0 || logits[e] > logits[best])) {
                best = e;
            }
        }
        return best;
    }

    private static void addExpert(
        final DynamicMixture mixture, final float[] input, final float[] output, final int token, final int expert, final double share) {
        final float[] gateUp = mixture.gateUp().toFloatArray();
        final float[] down = mixture.down().toFloatArray();
        for (int f = 0; f < INNER; f++) {
            double gate = 0;
            double up = 0;
            for (int i = 0; i < HIDDEN; i++) {
                gate += gateUp[(expert * 2 * INNER + f) * HIDDEN + i] * input[token * HIDDEN + i];
                up += gateUp[(expert * 2 * INNER + INNER + f) * HIDDEN + i] * input[token * HIDDEN + i];
            }
            final double inner = gate / (1 + Math.exp(-gate)) * up * share;
            for (int i = 0; i < HIDDEN; i++) {
                output[token * HIDDEN + i] += (float) (inner * down[(expert * HIDDEN + i) * INNER + f]);
            }
        }
    }
}
