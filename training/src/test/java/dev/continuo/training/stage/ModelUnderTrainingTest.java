package dev.continuo.training.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.continuo.training.data.Robot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelUnderTrainingTest {
    private static final String VLM_WEIGHT = "visual.merger.mlp.2.weight";
    private static final String EXPERT_WEIGHT = "input_action_proj.mlps.0.weight";

    @TempDir
    private Path folder;

    @Test
    void whatShipsIsWhatTheExpertsLearnedOn() throws IOException {
        final ModelSizes sizes = ModelSizes.load(TwoRobots.describe(folder));
        try (ModelUnderTraining model = ModelUnderTraining.random(sizes, 3)) {
            final float exact = model.vlmWeights().get(VLM_WEIGHT).getFloat(0, 0);
            model.roundVlm();
            assertNotEquals(exact, model.vlmWeights().get(VLM_WEIGHT).getFloat(0, 0), "rounded");
            model.publish(folder, Map.of());
            try (ModelUnderTraining shipped = ModelUnderTraining.load(sizes, folder)) {
                assertArrayEquals(
                    model.vlmWeights().get(VLM_WEIGHT).toFloatArray(), shipped.vlmWeights().get(VLM_WEIGHT).toFloatArray());
                assertEquals(Set.of(Robot.values()), shipped.robots());
                for (final Robot robot : Robot.values()) {
                    assertArrayEquals(model.expertWeights(robot).get(EXPERT_WEIGHT).toFloatArray(),
                        shipped.expertWeights(robot).get(EXPERT_WEIGHT).toFloatArray());
                }
            }
        }
    }
}
