package dev.continuo.reasoning.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.continuo.config.ProfileException;
import dev.continuo.reasoning.tensor.Safetensors;
import dev.continuo.reasoning.tensor.TensorType;
import dev.continuo.reasoning.tensor.Weights;
import dev.continuo.reasoning.text.ChatFormat;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorLayoutTest {
    private static final Path PUBLISHED = Path.of("src/test/resources/golden/qwen2vl-tiny/mixture");

    @TempDir
    private Path folder;

    @Test
    void savingWhatWasLoadedKeepsEveryNameShapeAndBit() {
        final VlmConfig config = VlmConfig.load(PUBLISHED);
        final Path copy = folder.resolve("model.safetensors");
        try (Weights weights = TensorLayout.load(config, PUBLISHED, Device.cpu())) {
            weights.requireGradients(true);
            TensorLayout.save(config, weights, copy, TensorType.BF16, Map.of());
            assertEquals(config.hiddenSize(), weights.get("model.norm.weight").toFloatArray().length, "saving leaves the weights open");
        }
        try (Safetensors before = Safetensors.open(PUBLISHED.resolve("model.safetensors")); Safetensors after = Safetensors.open(copy)) {
            assertEquals(before.names(), after.names());
            for (final String name : before.names()) {
                assertEquals(before.entry(name).shape(), after.entry(name).shape(), name);
                assertArrayEquals(before.readFloats(name), after.readFloats(name), 0, name);
            }
        }
    }

    @Test
    void namesOfNewerWritersBecomeThePublishedOnes() {
        assertEquals("model.layers.3.mlp.up_proj.weight", TensorLayout.publishedName("model.language_model.layers.3.mlp.up_proj.weight"));
        assertEquals("visual.merger.ln_q.bias", TensorLayout.publishedName("model.visual.merger.ln_q.bias"));
        assertEquals("model.norm.weight", TensorLayout.publishedName("model.norm.weight"));
    }

    @Test
    void weightsOfAnotherModelAreRefusedByNameAndShape() {
        final VlmConfig config = VlmConfig.load(PUBLISHED);
        assertRefused(config.withExperts(0, 0), "tensor model.layers.0.mlp.gate_proj.weight is missing");
        assertRefused(config.withExperts(3, 2), "holds more experts than the 3 configured");
        assertRefused(config.withExperts(5, 2), "experts.4.gate_proj.weight is missing");
        assertRefused(new VlmConfig(32, 1, 4, 2, 8, 48, 4, 2, 1e-6f, 1e6, config.mropeSection(), 160, config.vision(), ChatFormat.PLAIN),
            "more decoder layers than the 1 configured");
        assertRefused(new VlmConfig(32, 2, 4, 2, 8, 64, 4, 2, 1e-6f, 1e6, config.mropeSection(), 160, config.vision(), ChatFormat.PLAIN),
            "gate_proj.weight has shape (48, 32), expected (64, 32)");
    }

    @Test
    void initialWeightsFitTheirNetworkAndAreFinite() {
        for (final int experts : new int[]{0, 4}) {
            final VlmConfig config = TinyModels.tiny(experts);
            try (Weights weights = Initialization.random(config, 1, Device.cpu()); NDManager scope = weights.newScope()) {
                new VlmNetwork(config, weights);
                weights.requireFinite();
                final long published = TensorLayout.publish(config, weights, scope).values().stream().mapToLong(a -> a.size()).sum();
                assertEquals(weights.parameterCount(), published);
            }
        }
    }

    private static void assertRefused(final VlmConfig config, final String reason) {
        final String message = assertThrows(ProfileException.class,
            () -> TensorLayout.load(config, PUBLISHED, Device.cpu()).close()).getMessage();
        assertTrue(message.contains("model.safetensors: ") && message.contains(reason), message);
    }
}
