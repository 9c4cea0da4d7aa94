package dev.continuo.reasoning.network;

import static dev.continuo.reasoning.network.TinyModels.IMAGE_TOKEN;
import static dev.continuo.reasoning.network.TinyModels.batch;
import static dev.continuo.reasoning.network.TinyModels.image;
import static dev.continuo.reasoning.network.TinyModels.prompt;
import static dev.continuo.reasoning.network.TinyModels.tiny;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.continuo.reasoning.tensor.Backend;
import dev.continuo.reasoning.tensor.GradientMode;
import dev.continuo.reasoning.tensor.Weights;
import java.util.List;
import org.junit.jupiter.api.Test;

class VlmNetworkTest {
    private static final long SEED = 7;

    @Test
    void samplesOfABatchDoNotInfluenceEachOtherAndPaddingIsInvisible() {
        final VlmConfig config = tiny(4);
        try (GradientMode _ = GradientMode.off(); Weights weights = Initialization.random(config, SEED, Device.cpu());
            NDManager scope = weights.newScope()) {
            final VlmNetwork network = new VlmNetwork(config, weights);
            final Prompt small = prompt(2, 3, image(4, 6, 1));
            final Prompt large = prompt(3, 9, image(4, 6, 2));
            final TokenBatch both = TokenBatch.of(scope, config, IMAGE_TOKEN,
                List.of(new TokenBatch.Sample(small, new long[]{11, 12}), new TokenBatch.Sample(large, new long[]{13, 14, 15})));
            final NDArray hidden = network.hidden(both);
            final NDArray alone = network.hidden(TokenBatch.of(scope, config, IMAGE_TOKEN,
                List.of(new TokenBatch.Sample(small, new long[]{11, 12}))));
            assertClose(alone.get(0), hidden.get(0).get("0:" + alone.getShape().get(1)), 1e-5f);
            final NDArray other = network.hidden(TokenBatch.of(scope, config, IMAGE_TOKEN,
                List.of(new TokenBatch.Sample(large, new long[]{13, 14, 15}))));
            assertClose(other.get(0), hidden.get(1), 1e-5f);
        }
    }

    @Test
    void imagesOfDifferentGridsAreComputedOneByOne() {
        final VlmConfig config = tiny(0);
        try (GradientMode _ = GradientMode.off(); Weights weights = Initialization.random(config, SEED, Device.cpu());
            NDManager scope = weights.newScope()) {
            final VlmNetwork network = new VlmNetwork(config, weights);
            final ImagePatches first = image(4, 6, 1);
            final ImagePatches second = image(2, 2, 2);
            final TokenBatch batch = batch(scope, config, prompt(2, 3, first, second, second));
            assertEquals(2, batch.images().size());
            assertEquals(2 * 4, batch.images().get(1).patches().getShape().get(0));
            assertEquals(2 + 6 + 1 + 1 + 1 + 1 + 1 + 3, network.hidden(batch).getShape().get(1));
        }
    }

    @Test
    void changingALaterTokenLeavesEarlierHiddenStatesAlone() {
        final VlmConfig config = tiny(4);
        try (GradientMode _ = GradientMode.off(); Weights weights = Initialization.random(config, SEED, Device.cpu());
            NDManager scope = weights.newScope()) {
            final VlmNetwork network = new VlmNetwork(config, weights);
            final Prompt prompt = prompt(2, 3, image(4, 4, 1));
            final long[] changed = prompt.ids().clone();
            changed[changed.length - 1] = 20;
            final NDArray before = network.hidden(batch(scope, config, prompt)).get(0);
            final NDArray after = network.hidden(batch(scope, config, new Prompt(changed, prompt.positions(), prompt.images()))).get(0);
            final String earlier = "0:" + (changed.length - 1);
            assertClose(before.get(earlier), after.get(earlier), 1e-6f);
            assertTrue(before.sub(after).abs().max().getFloat() > 1e-3f, "the changed token itself must differ");
        }
    }

    @Test
    void cachedStepsEqualTheWholeSequence() {
        final VlmConfig config = tiny(4);
        try (GradientMode _ = GradientMode.off(); Weights weights = Initialization.random(config, SEED, Device.cpu());
            NDManager scope = weights.newScope(); KeyValueCache cache = new KeyValueCache(scope, config.layers())) {
            final VlmNetwork network = new VlmNetwork(config, weights);
            final Prompt prompt = prompt(2, 3, image(4, 6, 1));
            final long[] answer = {11, 12, 13, 14};
            final NDArray whole = network.hidden(
                TokenBatch.of(scope, config, IMAGE_TOKEN, List.of(new TokenBatch.Sample(prompt, answer)))).get(0);
            network.hidden(batch(scope, config, prompt), cache);
            assertEquals(prompt.length(), cache.tokens());
            for (int i = 0; i < answer.length; i++) {
                final int position = prompt.nextPosition() + i;
                final int[][][] positions = {{{position}}, {{position}}, {{position}}};
                final NDArray step = network.next(scope.create(new long[][]{{answer[i]}}), Rotary.multimodal(scope, config, positions), cache);
                assertClose(whole.get(prompt.length() + i), step.get(0).get(0), 1e-5f);
            }
        }
    }

    @Test
    void everyParameterReceivesItsGradient() {
        for (final int experts : new int[]{0, 4}) {
            final VlmConfig config = tiny(experts);
            try (Weights weights = Initialization.random(config, SEED, Device.cpu())) {
                weights.requireGradients(true);
                final VlmNetwork network = new VlmNetwork(config, weights);
                final TokenBatch.Sample sample = new TokenBatch.Sample(prompt(8, 12, image(4, 6, 1)), new long[]{11, 12, 13});
                gradients(config, weights, network, sample);
                weights.arrays().forEach((name, array) -> {
                    try (NDArray gradient = array.getGradient()) {
                        assertTrue(gradient.abs().sum().getFloat() > 0, name + " has no gradient");
                    }
                });
                for (final String name : new String[]{"visual.patch_embed.proj.weight", "model.layers.0.self_attn.qkv_proj.weight"}) {
                    checkAgainstDifference(config, weights, network, sample, name);
                }
                weights.arrays().keySet().stream().filter(name -> name.startsWith("model.layers.1.") && name.contains("gate_up"))
                    .forEach(name -> checkAgainstDifference(config, weights, network, sample, name));
            }
        }
    }

    @Test
    void trainingLeavesNothingBehindInTheWeights() {
        final VlmConfig config = tiny(4);
        try (Weights weights = Initialization.random(config, SEED, Device.cpu())) {
            weights.requireGradients(true);
            final VlmNetwork network = new VlmNetwork(config, weights);
            final TokenBatch.Sample sample = new TokenBatch.Sample(prompt(8, 12, image(4, 6, 1)), new long[]{11, 12, 13});
            gradients(config, weights, network, sample);
            try (NDManager probe = weights.newScope()) {
                final int before = probe.getParentManager().getManagedArrays().size();
                gradients(config, weights, network, sample);
                assertEquals(before, probe.getParentManager().getManagedArrays().size());
            }
        }
    }

    private static void checkAgainstDifference(
        final VlmConfig config, final Weights weights, final VlmNetwork network, final TokenBatch.Sample sample, final String name) {
        final NDArray parameter = weights.get(name);
        final float[] gradient;
        try (NDArray array = parameter.getGradient()) {
            gradient = array.toFloatArray();
        }
        // Along the gradient itself the loss changes by its squared norm: one number that a missing term cannot hide from.
        double norm = 0;
        for (final float value : gradient) {
            norm += (double) value * value;
        }
        final float[] original = parameter.toFloatArray();
        final double step = 2e-4 / Math.sqrt(norm);
        final double slope = (lossAt(config, weights, network, sample, name, original, gradient, step)
            - lossAt(config, weights, network, sample, name, original, gradient, -step)) / (2 * step);
        assertEquals(norm, slope, 0.03 * norm, name);
        lossAt(config, weights, network, sample, name, original, gradient, 0);
    }

    private static double lossAt(
        final VlmConfig config, final Weights weights, final VlmNetwork network, final TokenBatch.Sample sample, final String name,
        final float[] original, final float[] direction, final double step) {
        try (GradientMode _ = GradientMode.off(); NDManager scope = weights.newScope()) {
            final float[] moved = new float[original.length];
            for (int i = 0; i < moved.length; i++) {
                moved[i] = (float) (original[i] + step * direction[i]);
            }
            final NDArray parameter = weights.get(name);
            parameter.subi(scope.create(parameter.toFloatArray(), parameter.getShape()));
            parameter.addi(scope.create(moved, parameter.getShape()));
            return loss(scope, config, network, sample).getFloat();
        }
    }

    private static NDArray loss(
        final NDManager scope, final VlmConfig config, final VlmNetwork network, final TokenBatch.Sample sample) {
        final TokenBatch batch = TokenBatch.of(scope, config, IMAGE_TOKEN, List.of(sample, sample));
        final NDArray logits = network.logits(batch.predictors(network.hidden(batch)));
        return logits.logSoftmax(-1).gather(batch.targets().expandDims(1), 1).neg().mean();
    }

    private static void gradients(
        final VlmConfig config, final Weights weights, final VlmNetwork network, final TokenBatch.Sample sample) {
        try (NDManager scope = weights.newScope(); GradientCollector collector = Backend.engine().newGradientCollector()) {
            collector.backward(loss(scope, config, network, sample));
        }
    }

    private static void assertClose(final NDArray expected, final NDArray actual, final float tolerance) {
        assertArrayEquals(expected.toFloatArray(), actual.toFloatArray(), tolerance);
    }
}
