package dev.continuo.reasoning.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import dev.continuo.config.ProfileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsTest {
    @TempDir
    private Path folder;

    @Test
    void aMissingTensorAndAWrongShapeAreToldWithFileAndName() {
        final Path file = folder.resolve("model.safetensors");
        save(file, "a", 1);
        try (Weights weights = Weights.load(folder, Device.cpu())) {
            assertEquals(file + ": tensor b is missing", assertThrows(ProfileException.class, () -> weights.get("b")).getMessage());
            assertEquals(file + ": tensor a has shape (2, 3), expected (3, 2)",
                assertThrows(ProfileException.class, () -> weights.get("a", 3, 2)).getMessage());
            assertEquals(6, weights.get("a", 2, 3).size());
        }
    }

    @Test
    void shardsOfAnIndexAreJoined() throws IOException {
        save(folder.resolve("one.safetensors"), "a", 1);
        save(folder.resolve("two.safetensors"), "b", 2);
        Files.writeString(folder.resolve("model.safetensors.index.json"),
            "{\"weight_map\":{\"a\":\"one.safetensors\",\"b\":\"two.safetensors\"}}");
        try (Weights weights = Weights.load(folder, Device.cpu())) {
            assertEquals(Set.of("a", "b"), weights.names());
        }
        Files.writeString(folder.resolve("model.safetensors.index.json"), "{\"weight_map\":{\"c\":\"one.safetensors\"}}");
        final String message = assertThrows(ProfileException.class, () -> Weights.load(folder, Device.cpu())).getMessage();
        assertTrue(message.contains("one.safetensors: tensor c is missing"), message);
    }

    @Test
    void aFolderWithoutWeightsIsRefused() {
        final String message = assertThrows(ProfileException.class, () -> Weights.load(folder, Device.cpu())).getMessage();
        assertTrue(message.endsWith("model.safetensors: weights are missing: no such file"), message);
    }

    @Test
    void equalSeedsDrawEqualWeightsAndNamesDrawDifferentOnes() {
        try (Weights first = Weights.empty("first", Device.cpu()); Weights second = Weights.empty("second", Device.cpu())) {
            first.putNormal("a", 1, 5, 100);
            second.putNormal("a", 1, 5, 100);
            second.putNormal("b", 1, 5, 100);
            assertArrayEquals(first.get("a").toFloatArray(), second.get("a").toFloatArray());
            assertTrue(first.get("a").sub(second.get("b")).abs().max().getFloat() > 0.1f);
        }
    }

    @Test
    void anInfinityAmongTheWeightsIsFound() {
        try (Weights weights = Weights.empty("w", Device.cpu())) {
            weights.putConstant("large", Float.MAX_VALUE, 4);
            weights.requireFinite();
            weights.putConstant("bad", Float.NEGATIVE_INFINITY, 4);
            assertEquals("w: tensor bad holds the value -Infinity",
                assertThrows(ProfileException.class, weights::requireFinite).getMessage());
        }
    }

    private static void save(final Path file, final String name, final float value) {
        try (Weights weights = Weights.empty("test", Device.cpu())) {
            weights.putConstant(name, value, 2, 3);
            weights.save(file, TensorType.F32, Map.of());
        }
    }
}
