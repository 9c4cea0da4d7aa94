package dev.continuo.training.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelUnderTrainingTest {
    private static final Path NANO = Path.of("../models/nano");
    private static final String VLM_WEIGHT = "visual.merger.mlp.2.weight";
    private static final String EXPERT_WEIGHT = "input_action_proj.mlps.0.weight";

    @TempDir
    private Path folder;

    @Test
    void whatShipsIsWhatTheExpertLearnedOn() {
        try (ModelUnderTraining model = ModelUnderTraining.random(ModelSizes.load(NANO), 3)) {
            final float exact = model.vlmWeights().get(VLM_WEIGHT).getFloat(0, 0);
            model.roundVlm();
            assertNotEquals(exact, model.vlmWeights().get(VLM_WEIGHT).getFloat(0, 0), "rounded");
            model.publish(folder, Map.of());
            try (ModelUnderTraining shipped = ModelUnderTraining.load(ModelSizes.load(NANO), folder)) {
                assertArrayEquals(
                    model.vlmWeights().get(VLM_WEIGHT).toFloatArray(), shipped.vlmWeights().get(VLM_WEIGHT).toFloatArray());
                assertArrayEquals(
                    model.expertWeights().get(EXPERT_WEIGHT).toFloatArray(), shipped.expertWeights().get(EXPERT_WEIGHT).toFloatArray());
            }
        }
    }
}
