package dev.continuo.training.optimize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.ProfileException;
import dev.continuo.reasoning.tensor.TensorType;
import dev.continuo.reasoning.tensor.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {

    @TempDir
    private Path directory;

    @Test
    void aResumedRunIsBitForBitTheRunThatWasNeverStopped() {
        final Path file = directory.resolve("run.safetensors");
        try (TinyRun whole = new TinyRun(); TinyRun first = new TinyRun(); TinyRun second = new TinyRun()) {
            whole.run(0, 20);
            first.run(0, 10);
            new Checkpoint(10, Map.of("seed", -7L, "episode", Long.MAX_VALUE)).save(file, first.optimizer, List.of(first.average));
            // What the resumed process did before it loads must not matter.
            second.run(0, 3);
            final Checkpoint loaded = Checkpoint.load(file, second.optimizer, List.of(second.average));
            assertEquals(new Checkpoint(10, Map.of("seed", -7L, "episode", Long.MAX_VALUE)), loaded);
            assertEquals(10, second.optimizer.steps());
            assertSame(first.weights, second.weights);
            second.run(loaded.step(), 20);
            assertSame(whole.weights, second.weights);
            assertSame(whole.average.averages(), second.average.averages());
            assertFalse(Arrays.equals(
                whole.weights.get("policy_head.pos_embed").toFloatArray(), first.weights.get("policy_head.pos_embed").toFloatArray()));
        }
    }

    private static void assertSame(final Weights expected, final Weights actual) {
        for (final String name : expected.names()) {
            assertArrayEquals(expected.get(name).toFloatArray(), actual.get(name).toFloatArray(), name);
        }
    }

    @Test
    void anotherRunsCheckpointIsRefusedAndChangesNothing() throws IOException {
        final Path file = directory.resolve("run.safetensors");
        try (TinyRun run = new TinyRun()) {
            run.run(0, 2);
            final float[] before = run.weights.get("policy_head.pos_embed").toFloatArray();

            new Checkpoint(1, Map.of()).save(file, run.optimizer, List.of());
            assertFlaw(file, run, "average/");
            new Checkpoint(1, Map.of()).save(file, run.optimizer, List.of(run.average));
            assertTrue(assertThrows(ProfileException.class, () -> Checkpoint.load(file, run.optimizer, List.of()))
                .getMessage().contains("belongs to another run"));

            final byte[] whole = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(whole, whole.length / 2));
            assertFlaw(file, run, "truncated");
            try (Weights bare = Weights.empty("bare", run.weights.device())) {
                run.optimizer.state().forEach((name, array) -> bare.put(name, array.duplicate()));
                run.average.averages().arrays().forEach((name, array) -> bare.put("average/" + name, array.duplicate()));
                bare.save(file, TensorType.F32, Map.of());
            }
            assertFlaw(file, run, "is no checkpoint");
            assertArrayEquals(before, run.weights.get("policy_head.pos_embed").toFloatArray());
        }
    }

    private static void assertFlaw(final Path file, final TinyRun run, final String expected) {
        final String message = assertThrows(
            ProfileException.class, () -> Checkpoint.load(file, run.optimizer, List.of(run.average))).getMessage();
        assertTrue(message.contains(expected) && message.contains(file.getFileName().toString()), message);
    }
}
