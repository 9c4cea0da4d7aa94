package dev.continuo.benchmarks.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.continuo.benchmarks.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelCommandTest {
    private static final String VLM = """
        {"model_type": "qwen2_vl", "hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "num_key_value_heads": 1,
         "intermediate_size": 32, "rms_norm_eps": 1e-06, "rope_theta": 10000.0, "rope_scaling": {"type": "mrope", "mrope_section": [2, 3, 3]},
         "vocab_size": 64, "num_experts": 4, "num_experts_per_tok": 2, "system_prompt": "",
         "vision_config": {"depth": 1, "embed_dim": 32, "num_heads": 2, "mlp_ratio": 2, "in_channels": 3, "patch_size": 14,
                           "temporal_patch_size": 2, "spatial_merge_size": 2, "hidden_size": 32}}
        """;
    private static final String POLICY = """
        {"blocks": 2, "width": 32, "heads": 2, "chunk_rows": 10, "action_size": 14, "state_size": 14, "condition_size": 32,
         "train_timesteps": 100, "inference_steps": 10,
         "conditioning": {"kind": "reasoning_following", "first_block": 1, "end_block": 2, "observation": "o"}}
        """;

    @TempDir
    private Path folder;
    private Path json;

    @BeforeEach
    void writeTinyModel() throws IOException {
        json = folder.resolve("report.json");
        Files.writeString(folder.resolve("config.json"), VLM);
        Files.writeString(folder.resolve("policy_config.json"), POLICY);
        Files.writeString(folder.resolve("preprocessor_config.json"), "{\"min_pixels\": 784, \"max_pixels\": 9408}");
    }

    private CommandRun run(final String python) {
        return CommandRun.of("bench", "model", "--model", folder.toString(), "--seconds", "0.01", "--warm-up", "0.001", "--tokens", "4",
            "--batch", "2", "--python", python, "--json", json.toString());
    }

    @Test
    void allPartsAreTimedAndAMissingPeerSaysHowToGetIt() throws IOException {
        final CommandRun run = run("/nowhere/python3");
        final JsonNode report = run.report(json);
        assertEquals("random", report.get("weights").asText());
        assertEquals(ModelPart.values().length, report.get("parts").size());
        for (int i = 0; i < ModelPart.values().length; i++) {
            final JsonNode times = report.get("parts").get(i);
            assertEquals(ModelPart.values()[i].label(), times.get("part").asText());
            assertTrue(times.get("continuo").get("count").asLong() >= 5, times::toString);
            assertTrue(times.get("continuo").get("p50").asLong() > 0, times::toString);
            assertTrue(times.get("pytorch").isNull(), times::toString);
        }
        assertTrue(report.get("peer").asText().contains("pip install torch"), report::toString);
        assertTrue(run.out().contains("pip install torch"), run.out());
    }

    @Test
    void thePeersTimesStandBesideOurs() throws IOException {
        final Path python = folder.resolve("python");
        Files.writeString(python, """
            #!/bin/sh
            echo 'some warning'
            echo '{"version": "9.9", "parameters": 7, "rows": [{"part": "chunk", "count": 5, "p50": 4000000000, "p90": 5, "p99": 6, "p999": 7, \
            "max": 8}]}'
            """);
        Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwx------"));
        final JsonNode report = run(python.toString()).report(json);
        assertTrue(report.get("peer").asText().startsWith("PyTorch 9.9"), report::toString);
        for (final JsonNode times : report.get("parts")) {
            final boolean chunk = times.get("part").asText().equals("chunk");
            assertEquals(!chunk, times.get("pytorch").isNull(), times::toString);
            if (chunk) {
                assertEquals(4e9 / times.get("continuo").get("p50").asDouble(), times.get("ratio").asDouble(), 1e-3);
            }
        }
    }
}
