package dev.continuo.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.continuo.config.ProfileException;
import dev.continuo.reasoning.tensor.Weights;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parity with the PyTorch network of {@code golden/make_policy_fixtures.py}. */
class ScaleDpTest {

    private final NDManager manager = NDManager.newBaseManager();

    private static PolicyConfig config(final String variant) {
        return new PolicyConfig(
            4, 24, 3, 6, 5, 4, 16, 100, 10, Prediction.EPSILON, new Conditioning.ReasoningFollowing(2, 4, variant.equals("o+r"), 4));
    }

    @AfterEach
    void free() {
        manager.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"o", "o+r"})
    void predictsTheNoiseAndTheLossOfTheReference(final String variant) {
        final Map<String, NDArray> golden = Golden.load(manager, "scaledp.npz");
        final ExpertNetwork expert = new ExpertNetwork(config(variant), Golden.weights(golden));
        final NDArray loss = loss(expert, golden);
        assertEquals(golden.get(variant + ".loss").getFloat(), loss.getFloat(), 1e-4f);
        final NDArray predicted = expert.predict(
            Golden.noisy(golden), golden.get("in.timesteps"), golden.get("in.o"), golden.get("in.r"), golden.get("in.state"));
        assertArrayEquals(golden.get(variant + ".predicted").toFloatArray(), predicted.toFloatArray(), 1e-4f);
    }

    private static NDArray loss(final ExpertNetwork expert, final Map<String, NDArray> golden) {
        return expert.loss(
            golden.get("in.o"), golden.get("in.r"), golden.get("in.state"), golden.get("in.actions"), golden.get("in.valid"),
            golden.get("in.timesteps").toIntArray(), golden.get("in.noise"));
    }

    @Test
    void everyGradientIsThatOfTheReference() {
        final Map<String, NDArray> golden = Golden.load(manager, "scaledp.npz");
        final ExpertNetwork expert = new ExpertNetwork(config("o"), Golden.weights(golden));
        final List<String> names = golden.keySet().stream().filter(n -> n.startsWith("gradient.")).map(n -> n.substring(9)).toList();
        assertEquals(8 + 2 + 1 + 4 + 2 + 4 + 4 * 10 + 4, names.size());
        names.forEach(name -> golden.get(name).setRequiresGradient(true));
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.backward(loss(expert, golden));
        }
        for (final String name : names) {
            assertArrayEquals(
                golden.get("gradient." + name).toFloatArray(), golden.get(name).getGradient().toFloatArray(), 1e-4f, name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"o", "o+r"})
    void samplesTheChunkOfTheReference(final String variant) {
        final Map<String, NDArray> golden = Golden.load(manager, "scaledp.npz");
        final Weights weights = Golden.weights(golden);
        for (final Sampler sampler : List.of(
            new ExpertNetwork(config(variant), weights), new Denoiser(new PackedExpert(config(variant), weights)))) {
            final float[] sample = golden.get("in.noise").get(0).toFloatArray();
            sampler.denoise(
                golden.get("in.o").get(0).toFloatArray(), golden.get("in.r").get(0).toFloatArray(),
                golden.get("in.state").get(0).toFloatArray(), new float[][] {sample}, 1, new Guide(0, 1));
            assertArrayEquals(golden.get(variant + ".sampled").toFloatArray(), sample, 1e-4f);
        }
    }

    @Test
    void freshWeightsPredictNothingAndHaveTheSizeOfTheConfiguration() {
        final PolicyConfig nano = PolicyConfig.nano(192);
        final Weights weights = ScaleDpInitialization.random(nano, 7, Device.cpu());
        final ScaleDp network = new ScaleDp(nano, weights);
        final NDArray predicted = network.forward(
            manager.ones(new Shape(2, 50, 14)), manager.create(new long[] {5, 80}), manager.ones(new Shape(2, 192)),
            manager.ones(new Shape(2, 192)), manager.ones(new Shape(2, 14)));
        assertEquals(new Shape(2, 50, 14), predicted.getShape());
        assertEquals(0, predicted.abs().max().getFloat());
        assertEquals(8 + 2 + 1 + 4 + 2 + 4 + 6 * 10 + 4, weights.names().size());
        weights.close();
    }

    @Test
    void namesTheTensorThatIsMissingOrMisshapen() {
        final PolicyConfig config = config("o");
        final Weights weights = Golden.weights(Golden.load(manager, "scaledp.npz"));
        final String name = "policy_head.blocks.1.mlp.fc2.weight";
        weights.put(name, manager.zeros(new Shape(24, 24)));
        assertEquals(
            "w.safetensors: tensor " + name + " has shape (24, 24), expected (24, 96)",
            assertThrows(ProfileException.class, () -> new ScaleDp(config, weights)).getMessage());
        weights.remove(name);
        assertEquals(
            "w.safetensors: tensor " + name + " is missing",
            assertThrows(ProfileException.class, () -> new ScaleDp(config, weights)).getMessage());
    }
}
