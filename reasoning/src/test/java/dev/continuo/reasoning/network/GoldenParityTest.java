package dev.continuo.reasoning.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.continuo.reasoning.tensor.GradientMode;
import dev.continuo.reasoning.tensor.Safetensors;
import dev.continuo.reasoning.tensor.Weights;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The network against Hugging Face transformers; the fixtures and how they were made: {@code golden/qwen2vl-tiny/README.md}. */
class GoldenParityTest {
    private static final Path FIXTURES = Path.of("src/test/resources/golden/qwen2vl-tiny");
    private static final long IMAGE_TOKEN = 5;
    private static final float VISION_TOLERANCE = 1e-4f;
    private static final float LOGIT_TOLERANCE = 1e-3f;

    @ParameterizedTest
    @ValueSource(strings = {"dense", "mixture"})
    void visionPrefillAndGreedyDecodingEqualTransformers(final String variant) {
        final VlmConfig config = VlmConfig.load(FIXTURES.resolve(variant));
        assertEquals(variant.equals("mixture"), config.mixture());
        try (GradientMode _ = GradientMode.off(); Weights weights = TensorLayout.load(config, FIXTURES.resolve(variant), Device.cpu());
            Safetensors expected = Safetensors.open(FIXTURES.resolve(variant).resolve("expected.safetensors"));
            NDManager scope = weights.newScope(); KeyValueCache cache = new KeyValueCache(scope, config.layers())) {
            final VlmNetwork network = new VlmNetwork(config, weights);
            final Prompt prompt = prompt(expected, scope);
            assertPositions(expected.read("positions", scope), prompt);
            assertVision(network, expected, scope, prompt.images());

            final NDArray hidden = network.hidden(TinyModels.batch(scope, config, prompt), cache);
            assertClose("hidden", expected, hidden.squeeze(0), LOGIT_TOLERANCE);
            final NDArray logits = network.logits(hidden.squeeze(0));
            assertClose("logits", expected, logits, LOGIT_TOLERANCE);

            final long[] greedy = expected.read("greedy", scope).toLongArray();
            long token = logits.get(prompt.length() - 1).argMax().getLong();
            for (int i = 0; i < greedy.length; i++) {
                assertEquals(greedy[i], token, "token " + i);
                final int position = prompt.nextPosition() + i;
                final int[][][] positions = {{{position}}, {{position}}, {{position}}};
                final NDArray next = network.next(
                    scope.create(new long[][]{{token}}), Rotary.multimodal(scope, config, positions), cache);
                token = network.logits(next).argMax().getLong();
            }
            assertTrue(Arrays.stream(greedy).distinct().count() > 4, "a fixture that repeats itself proves little");
        }
    }

    private static Prompt prompt(final Safetensors expected, final NDManager scope) {
        final float[] patches = expected.readFloats("patches");
        final long[] grids = expected.read("grids", scope).toLongArray();
        final int firstRows = (int) (grids[1] * grids[2]);
        final List<ImagePatches> images = List.of(
            new ImagePatches(Arrays.copyOfRange(patches, 0, firstRows * 1176), (int) grids[1], (int) grids[2]),
            new ImagePatches(Arrays.copyOfRange(patches, firstRows * 1176, patches.length), (int) grids[4], (int) grids[5]));
        return Prompt.of(expected.read("ids", scope).toLongArray(), IMAGE_TOKEN, 2, images);
    }

    private static void assertPositions(final NDArray expected, final Prompt prompt) {
        for (int axis = 0; axis < 3; axis++) {
            assertArrayEquals(expected.get(axis).toLongArray(), Arrays.stream(prompt.positions()[axis]).asLongStream().toArray());
        }
    }

    private static void assertVision(
        final VlmNetwork network, final Safetensors expected, final NDManager scope, final List<ImagePatches> images) {
        final float[] tower = new float[(int) expected.entry("tower").shape().size()];
        final float[] merged = new float[(int) expected.entry("merged").shape().size()];
        int towerBegin = 0;
        int mergedBegin = 0;
        for (final ImagePatches image : images) {
            final NDArray patches = scope.create(image.values()).reshape(-1, 1176);
            final float[] features = network.tower().forward(patches, image.gridRows(), image.gridColumns()).toFloatArray();
            System.arraycopy(features, 0, tower, towerBegin, features.length);
            towerBegin += features.length;
            final float[] tokens = network.imageTokens(patches, image.gridRows(), image.gridColumns()).toFloatArray();
            System.arraycopy(tokens, 0, merged, mergedBegin, tokens.length);
            mergedBegin += tokens.length;
        }
        assertArrayEquals(expected.readFloats("tower"), tower, VISION_TOLERANCE);
        assertArrayEquals(expected.readFloats("merged"), merged, VISION_TOLERANCE);
    }

    private static void assertClose(final String name, final Safetensors expected, final NDArray actual, final float tolerance) {
        assertEquals(expected.entry(name).shape(), actual.getShape(), name);
        assertArrayEquals(expected.readFloats(name), actual.toFloatArray(), tolerance, name);
    }
}
