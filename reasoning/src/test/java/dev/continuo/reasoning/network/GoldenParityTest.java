package dev.continuo.reasoning.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.continuo.reasoning.tensor.GradientMode;
import dev.continuo.reasoning.tensor.Safetensors;
import dev.continuo.reasoning.tensor.Weights;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The network against Hugging Face transformers; the README of each folder of fixtures says how they were made. */
class GoldenParityTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final long IMAGE_TOKEN = 5;
    private static final int PATCH_VALUES = 1176;
    private static final int MIDDLE_PATCHES = 10 * 14 + 6 * 8;
    private static final double PATCH_AMPLITUDE = 1.75;
    private static final int GREEDY_TOKENS = 64;
    private static final float VISION_TOLERANCE = 1e-4f;
    private static final float LOGIT_TOLERANCE = 1e-3f;

    @ParameterizedTest
    @ValueSource(strings = {"dense", "mixture"})
    void visionPrefillAndGreedyDecodingEqualTransformers(final String variant) {
        final Path folder = GOLDEN.resolve("qwen2vl-tiny").resolve(variant);
        final VlmConfig config = VlmConfig.load(folder);
        assertEquals(variant.equals("mixture"), config.mixture());
        try (Weights weights = TensorLayout.load(config, folder, Device.cpu());
            Safetensors expected = Safetensors.open(folder.resolve("expected.safetensors"))) {
            assertParity(config, weights, expected, expected.readFloats("patches"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dense", "mixture"})
    void soTheyDoAtAMiddleSize(final String variant) {
        final Path folder = GOLDEN.resolve("qwen2vl-mid").resolve(variant);
        final VlmConfig config = VlmConfig.load(folder);
        assertEquals(variant.equals("mixture") ? 8 : 0, config.experts());
        try (Safetensors expected = Safetensors.open(folder.resolve("expected.safetensors"));
            Weights weights = FormulaModel.weights(config, expected.metadata().get("seed"))) {
            assertParity(config, weights, expected, Formula.uniform("patches", MIDDLE_PATCHES * PATCH_VALUES, PATCH_AMPLITUDE, 0));
        }
    }

    private static void assertParity(final VlmConfig config, final Weights weights, final Safetensors expected, final float[] patches) {
        try (GradientMode _ = GradientMode.off(); NDManager scope = weights.newScope();
            KeyValueCache cache = new KeyValueCache(scope, config.layers())) {
            final VlmNetwork network = new VlmNetwork(config, weights);
            final Prompt prompt = prompt(expected, patches, scope);
            assertPositions(expected.read("positions", scope), prompt);
            assertVision(network, expected, scope, prompt.images());

            final NDArray hidden = network.hidden(TinyModels.batch(scope, config, prompt), cache).squeeze(0);
            assertClose("hidden", expected, hidden, LOGIT_TOLERANCE);
            final NDArray logits = network.logits(hidden);
            assertClose("logits", expected, logits, LOGIT_TOLERANCE);
            final float[] last = hidden.get(prompt.length() - 1L).toFloatArray();
            // The arrays first: they copy the cache, the tensors extend it.
            final ArrayContinuation arrays = new PackedDecoder(config, weights, Task.ROBOT).continuing(cache, GREEDY_TOKENS);
            assertDecoding(arrays, arrays::logits, expected, prompt, last);
            assertDecoding(new TensorContinuation(network, scope, cache), state -> network.logits(scope.create(state)).toFloatArray(),
                expected, prompt, last);
        }
    }

    private static Prompt prompt(final Safetensors expected, final float[] patches, final NDManager scope) {
        final long[] grids = expected.read("grids", scope).toLongArray();
        final int first = (int) (grids[1] * grids[2]) * PATCH_VALUES;
        final List<ImagePatches> images = List.of(
            new ImagePatches(Arrays.copyOfRange(patches, 0, first), (int) grids[1], (int) grids[2]),
            new ImagePatches(Arrays.copyOfRange(patches, first, patches.length), (int) grids[4], (int) grids[5]));
        return Prompt.of(expected.read("ids", scope).toLongArray(), IMAGE_TOKEN, 2, images);
    }

    private static void assertPositions(final NDArray expected, final Prompt prompt) {
        for (int axis = 0; axis < 3; axis++) {
            assertArrayEquals(expected.get(axis).toLongArray(), Arrays.stream(prompt.positions()[axis]).asLongStream().toArray());
        }
    }

    private static void assertVision(
        final VlmNetwork network, final Safetensors expected, final NDManager scope, final List<ImagePatches> images) {
        final NDList tower = new NDList();
        final NDList merged = new NDList();
        for (final ImagePatches image : images) {
            final NDArray patches = scope.create(image.values()).reshape(-1, PATCH_VALUES);
            tower.add(network.tower().forward(patches, image.gridRows(), image.gridColumns()));
            merged.add(network.imageTokens(patches, image.gridRows(), image.gridColumns()));
        }
        assertClose("tower", expected, NDArrays.concat(tower), VISION_TOLERANCE);
        assertClose("merged", expected, NDArrays.concat(merged), VISION_TOLERANCE);
    }

    /** Each token, and how sure the network is of it: the logits of the best token and of the one after it. */
    private static void assertDecoding(
        final Continuation continuation, final UnaryOperator<float[]> logits, final Safetensors expected, final Prompt prompt,
        final float[] last) {
        final float[] best = expected.readFloats("best");
        final long[] greedy = greedy(expected);
        float[] hidden = last;
        for (int i = 0; i < greedy.length; i++) {
            assertEquals(greedy[i], continuation.strongest(hidden), "token " + i);
            final float[] sorted = logits.apply(hidden).clone();
            Arrays.sort(sorted);
            final float[] strongest = {sorted[sorted.length - 1], sorted[sorted.length - 2]};
            assertArrayEquals(Arrays.copyOfRange(best, 2 * i, 2 * i + 2), strongest, LOGIT_TOLERANCE, "token " + i);
            hidden = continuation.feed(greedy[i], prompt.nextPosition() + i);
        }
    }

    private static long[] greedy(final Safetensors expected) {
        try (NDManager manager = NDManager.newBaseManager()) {
            final long[] greedy = expected.read("greedy", manager).toLongArray();
            assertEquals(GREEDY_TOKENS, greedy.length);
            assertTrue(Arrays.stream(greedy).distinct().count() > GREEDY_TOKENS / 2, "a fixture that repeats itself proves little");
            return greedy;
        }
    }

    /** Compares the rows that the fixture holds. */
    private static void assertClose(final String name, final Safetensors expected, final NDArray actual, final float tolerance) {
        final NDArray rows = expected.read(name + ".rows", actual.getManager());
        final NDArray sampled = Functions.rows(actual, rows);
        assertEquals(expected.entry(name).shape(), sampled.getShape(), name);
        assertArrayEquals(expected.readFloats(name), sampled.toFloatArray(), tolerance, name);
    }
}
