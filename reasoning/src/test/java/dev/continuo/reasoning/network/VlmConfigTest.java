package dev.continuo.reasoning.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.ProfileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VlmConfigTest {
    private static final String QWEN2_VL_2B = """
        {"hidden_act": "silu", "hidden_size": 1536, "intermediate_size": 8960, "num_attention_heads": 12, "num_hidden_layers": 28,
         "num_key_value_heads": 2, "rms_norm_eps": 1e-06, "rope_theta": 1000000.0, "vocab_size": 151936,
         "vision_config": {"hidden_size": 1536, "in_chans": 3, "spatial_patch_size": 14},
         "rope_scaling": {"type": "mrope", "mrope_section": [16, 24, 24]}}
        """;

    @TempDir
    private Path folder;

    @Test
    void thePublishedFileOfTwoBillionParametersIsRead() throws IOException {
        final VlmConfig config = VlmConfig.load(Files.writeString(folder.resolve("config.json"), QWEN2_VL_2B));
        assertEquals(128, config.headWidth());
        assertEquals(32, config.vision().depth());
        assertEquals(80, config.vision().headWidth());
        assertEquals(1176, config.vision().patchValues());
        assertEquals("You are a helpful assistant.", config.chat().systemPrompt());
        assertFalse(config.mixture());
        assertEquals(0, config.mropeSection().axis(15));
        assertEquals(1, config.mropeSection().axis(16));
        assertEquals(2, config.mropeSection().axis(40));
    }

    @Test
    void theNanoModelIsWhatItsPageSays() {
        final VlmConfig config = VlmConfig.load(Path.of("../models/nano"));
        assertEquals(8, config.experts());
        assertEquals(2, config.expertsPerToken());
        assertEquals(32, config.headWidth());
        assertTrue(config.chat().systemPrompt().isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "\"hidden_size\": 1536, | | key hidden_size is missing",
        "[16, 24, 24] | [16, 24, 23] | mrope_section sums to 63",
        "\"num_key_value_heads\": 2 | \"num_key_value_heads\": 5 | 12 heads cannot share 5",
        "\"num_attention_heads\": 12 | \"num_attention_heads\": 0 | 0 heads cannot share 2",
        "\"hidden_act\": \"silu\" | \"text_config\": 7 | not a model configuration: an object, a list or a value",
        "\"vocab_size\": 151936 | \"vocab_size\": \"many\" | not a model configuration",
        "\"vocab_size\": 151936 | \"vocab_size\": 0 | sizes must be positive",
        "\"vocab_size\": 151936 | \"vocab_size\": 9, \"num_experts\": 2, \"num_experts_per_tok\": 3 | num_experts_per_tok 3 of num_experts 2",
        "{\"hidden_act\" | {{\"hidden_act\" | not a model configuration"})
    void anImpossibleFileIsRefusedInOneLine(final String part, final String replacement, final String reason) throws IOException {
        final Path file = Files.writeString(folder.resolve("config.json"),
            QWEN2_VL_2B.replace(part, null == replacement ? "" : replacement));
        final String message = assertThrows(ProfileException.class, () -> VlmConfig.load(folder)).getMessage();
        assertTrue(message.startsWith(file + ": ") && message.contains(reason), message);
        assertEquals(1, message.lines().count());
    }
}
