package dev.continuo.training.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import dev.continuo.config.ProfileException;
import dev.continuo.policy.ActionExpert;
import dev.continuo.policy.PolicyConfig;
import dev.continuo.recording.lerobot.LeRobotCamera;
import dev.continuo.recording.lerobot.LeRobotFeatures;
import dev.continuo.recording.lerobot.LeRobotWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another robot's expert, from a dataset as people have them. */
class FineTuningTest {
    private static final Path NANO = Path.of("..", "models", "nano");
    private static final int FPS = 10;
    private static final int FRAMES = 8;
    private static final long ROW_PERIOD_NANOS = 20_000_000L;

    @TempDir
    private Path folder;

    private Path dataset(final List<String> action) throws IOException {
        final Path dataset = folder.resolve("dataset");
        final LeRobotFeatures features = new LeRobotFeatures(List.of("joint", "speed", "gripper"), action, Map.of(), List.of(new LeRobotCamera("wrist", 64, 48)));
        try (LeRobotWriter writer = new LeRobotWriter(dataset, FPS, "one_link", features)) {
            for (int episode = 0; episode < 2; episode++) {
                for (int frame = 0; frame < FRAMES; frame++) {
                    final float[] state = {5 + 0.1f * frame, episode, 0.02f};
                    final byte[] picture = new byte[3 * 64 * 48];
                    Arrays.fill(picture, (byte) (20 * frame));
                    writer.addFrame(state, Arrays.copyOf(new float[] {5 + 0.1f * (frame + 1), 0.03f}, action.size()), Map.of("wrist", picture));
                }
                writer.endEpisode("turn the link");
            }
            writer.finish();
        }
        return dataset;
    }

    @Test
    void theDatasetsNumbersAreTheNewExpertsAndTheLanguageModelStays() throws Exception {
        final Path made = folder.resolve("made");
        try (Interruption interruption = new Interruption()) {
            new FineTuning(dataset(List.of("joint", "gripper")), NANO, made, 12, 20, ROW_PERIOD_NANOS, 1).run(interruption);
        }
        assertTrue(Files.notExists(made.resolve(StageLoop.CHECKPOINT)), "what it was made of stays out");
        final PolicyConfig policy = PolicyConfig.load(made.resolve(PolicyConfig.FILE));
        assertEquals(3, policy.stateSize());
        assertEquals(2, policy.actionSize());
        assertEquals(-1, Files.mismatch(NANO.resolve("model.safetensors"), made.resolve("model.safetensors")));
        try (ActionExpert expert = ActionExpert.load(made, Device.cpu())) {
            final float[] rows = new float[policy.chunkRows() * policy.actionSize()];
            assertTrue(expert.sample(new float[policy.conditionSize()], new float[policy.conditionSize()], new float[] {5.3f, 0, 0.02f}, 1, rows));
            for (int row = 0; row < policy.chunkRows(); row++) {
                // It hardly learned in twenty steps; but in the dataset's units a chunk is near the dataset.
                assertEquals(5.4, rows[2 * row], 1.5, "row " + row);
                assertEquals(0.03, rows[2 * row + 1], 0.5, "row " + row);
            }
        }
    }

    @Test
    void whatCannotBeLearnedFromIsNamed() throws Exception {
        try (Interruption interruption = new Interruption()) {
            final Path dataset = dataset(List.of());
            assertEquals(dataset + " lacks action", assertThrows(ProfileException.class,
                () -> new FineTuning(dataset, NANO, folder.resolve("made"), 1, 1, ROW_PERIOD_NANOS, 1).run(interruption)).getMessage());
            assertEquals(folder + " is there already", assertThrows(ProfileException.class,
                () -> new FineTuning(dataset, NANO, folder, 1, 1, ROW_PERIOD_NANOS, 1).run(interruption)).getMessage());
            final Path nothing = folder.resolve("nothing");
            assertTrue(assertThrows(ProfileException.class,
                () -> new FineTuning(nothing, NANO, folder.resolve("made"), 1, 1, ROW_PERIOD_NANOS, 1).run(interruption)).getMessage().contains(nothing.toString()));
        }
    }
}
