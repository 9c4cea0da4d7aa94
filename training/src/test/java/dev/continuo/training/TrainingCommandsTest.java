package dev.continuo.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.index.NDIndex;
import dev.continuo.reasoning.tensor.GradientMode;
import dev.continuo.reasoning.tensor.TensorType;
import dev.continuo.reasoning.tensor.Weights;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingCommandsTest {
    private static final String VLM = "model.safetensors";
    private static final String EXPERT = "policy.safetensors";

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
    void weightsThatAreCutOffAreStatusTwo() throws IOException {
        copyModel();
        Files.write(folder.resolve(VLM), new byte[] {1, 2, 3});
        assertRefused(VLM + ": truncated");
    }

    @Test
    void weightsThatEndInATensorAreStatusTwo() throws IOException {
        copyModel();
        final byte[] whole = Files.readAllBytes(folder.resolve(VLM));
        Files.write(folder.resolve(VLM), Arrays.copyOf(whole, whole.length - 1000));
        assertRefused(VLM + ": truncated");
    }

    @ParameterizedTest
    @CsvSource({VLM + ", model.layers.1.self_attn.k_proj.weight", VLM + ", visual.merger.mlp.0.bias", EXPERT + ", policy_head.pos_embed"})
    void aTensorThatIsMissingOrOfAnotherSizeOrNotANumberIsNamed(final String file, final String tensor) throws IOException {
        copyModel();
        spoil(file, weights -> weights.remove(tensor).close());
        assertRefused(file + ": tensor " + tensor + " is missing");
        copyModel();
        spoil(file, weights -> weights.putConstant(tensor, 0, 3, 5));
        assertRefused(file + ": tensor " + tensor + " has shape (3, 5), expected (");
        copyModel();
        spoil(file, weights -> weights.get(tensor).set(new NDIndex("0"), Float.NaN));
        assertRefused("tensor " + tensor);
    }

    private void copyModel() throws IOException {
        final Path nano = Path.of("..", "models", "nano");
        for (final String name : new String[] {"config.json", "tokenizer.json", "preprocessor_config.json", "policy_config.json",
            "norm_stats.json", VLM, EXPERT}) {
            Files.copy(nano.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void spoil(final String file, final Consumer<Weights> change) {
        try (GradientMode _ = GradientMode.off(); Weights weights = Weights.load(folder.resolve(file), Device.cpu())) {
            change.accept(weights);
            weights.save(folder.resolve(file), TensorType.F32, Map.of());
        }
    }

    private void assertRefused(final String why) {
        final PrintStream before = System.err;
        final ByteArrayOutputStream heard = new ByteArrayOutputStream();
        System.setErr(new PrintStream(heard, true));
        try {
            assertEquals(2, TrainingCommands.execute("evaluate", "math-matching", "--model", folder.toString()));
        } finally {
            System.setErr(before);
        }
        final List<String> lines = heard.toString().lines().filter(line -> line.startsWith("continuo: ")).toList();
        assertEquals(1, lines.size(), heard::toString);
        assertTrue(lines.getFirst().contains(why), lines.getFirst());
    }
}
