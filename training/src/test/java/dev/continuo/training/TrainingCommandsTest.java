package dev.continuo.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingCommandsTest {
    @TempDir
    private Path folder;

    @Test
    void helpSucceeds() {
        assertEquals(0, TrainingCommands.execute("--help"));
        assertEquals(0, TrainingCommands.execute("evaluate", "--help"));
        assertEquals(0, TrainingCommands.execute("train", "--help"));
    }

    @Test
    void badUsageIsStatusTwo() {
        assertEquals(2, TrainingCommands.execute());
        assertEquals(2, TrainingCommands.execute("evaluate"));
        assertEquals(2, TrainingCommands.execute("evaluate", "juggling"));
        assertEquals(2, TrainingCommands.execute("evaluate", "math-matching", "--split", "sideways"));
        assertEquals(2, TrainingCommands.execute("evaluate", "math-matching", "--policy", "none"));
        assertEquals(2, TrainingCommands.execute("evaluate", "math-matching", "--trials", "many"));
        assertEquals(2, TrainingCommands.execute("train", "no-such-model"));
        assertEquals(2, TrainingCommands.execute("train", "no-such-model", "--stage", "warm-up"));
    }

    @Test
    void aModelThatIsNotThereIsStatusTwo() {
        assertEquals(2, TrainingCommands.execute("evaluate", "math-matching", "--model", folder.resolve("none").toString()));
    }

    @Test
    void corruptWeightsAreStatusTwo() throws Exception {
        final Path nano = Path.of("..", "models", "nano");
        for (final String name : new String[] {"config.json", "tokenizer.json", "preprocessor_config.json", "policy_config.json"}) {
            Files.copy(nano.resolve(name), folder.resolve(name));
        }
        Files.write(folder.resolve("model.safetensors"), new byte[] {1, 2, 3});
        assertEquals(2, TrainingCommands.execute("evaluate", "math-matching", "--model", folder.toString()));
    }
}
