package dev.continuo.training.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.ProfileException;
import dev.continuo.policy.ActionExpert;
import dev.continuo.policy.NormalizationStatistics;
import dev.continuo.training.data.Robot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training of all stages, a step or a few each. */
class TrainingRunTest {
    private static final double A_STEP_OR_A_FEW = 0.0006;
    private static final int CONDITIONS = 36;
    private static final String WEIGHTS = "model.safetensors";

    @TempDir
    private Path home;
    private Path sizes;
    private Path run;

    @BeforeEach
    void copySizes() throws IOException {
        sizes = TwoRobots.describe(Files.createDirectory(home.resolve("nano")));
        run = home.resolve("run");
    }

    private void train(final Variant variant, final Stage first, final Stage last, final boolean given) throws InterruptedException {
        try (Interruption interruption = new Interruption()) {
            new TrainingRun(variant.prepare(sizes), new Pretrained(sizes, given), variant, run, 5, A_STEP_OR_A_FEW, 1,
                CONDITIONS, 2, Optional.empty()).run(first, last, interruption);
        }
    }

    @Test
    void leavesAModelAndThePretrainedOneThatOthersStartFrom() throws Exception {
        train(Variant.CHATVLA2, Stage.EXPERT_PRETRAINING, Stage.ACTION_EXPERT, false);
        final Path dense = home.resolve("nano-pretrained");
        for (final Robot robot : Robot.values()) {
            NormalizationStatistics.load(robot.in(sizes).resolve(NormalizationStatistics.FILE));
        }
        ModelUnderTraining.load(ModelSizes.load(sizes), sizes).close();
        assertTrue(Files.size(dense.resolve(WEIGHTS)) < Files.size(sizes.resolve(WEIGHTS)) / 2, "dense");
        assertFalse(Files.exists(dense.resolve(ActionExpert.WEIGHTS_FILE)));

        final FileTime made = Files.getLastModifiedTime(dense.resolve(WEIGHTS));
        final Path scenes = run.resolve("scenes");
        Files.move(scenes, run.resolve("elsewhere"));
        train(Variant.DEXVLA, Stage.EXPERT_PRETRAINING, Stage.ACTION_EXPERT, true);
        assertEquals(made, Files.getLastModifiedTime(dense.resolve(WEIGHTS)), "the pretrained model is only read");
        assertFalse(Files.exists(scenes), "stages of the pretrained model are left out");
        ModelUnderTraining.load(ModelSizes.load(home.resolve("nano-dexvla")), home.resolve("nano-dexvla")).close();

        final byte[] first = Files.readAllBytes(sizes.resolve(WEIGHTS));
        Files.delete(sizes.resolve(WEIGHTS));
        train(Variant.CHATVLA2, Stage.ACTION_EXPERT, Stage.ACTION_EXPERT, false);
        assertArrayEquals(first, Files.readAllBytes(sizes.resolve(WEIGHTS)), "a run that is done is published again");
    }

    @Test
    void aStageNamesTheOneThatItNeeds() {
        final ProfileException refused =
            assertThrows(ProfileException.class, () -> train(Variant.CHATVLA2, Stage.SIGHT, Stage.SIGHT, false));
        assertTrue(refused.getMessage().endsWith("stage pages has to be finished first"), refused.getMessage());
    }
}
