package dev.continuo.reasoning.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import com.sun.management.ThreadMXBean;
import dev.continuo.reasoning.tensor.GradientMode;
import dev.continuo.reasoning.tensor.Weights;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decoding over arrays beside decoding over tensors. */
class ArrayContinuationTest {
    private static final int TOKENS = 64;
    private static final float HIDDEN_TOLERANCE = 1e-4f;
    private static final float LOGIT_TOLERANCE = 1e-3f;

    private static Prompt prompt() {
        return TinyModels.prompt(3, 5, TinyModels.image(4, 6, 1));
    }

    private static VlmConfig config(final boolean nano, final int experts, final int perToken) {
        final VlmConfig config = nano ? TinyModels.nano() : TinyModels.tiny(0);
        return config.withExperts(experts, perToken);
    }

    @ParameterizedTest
    @CsvSource({"false,0,0,ROBOT", "false,4,2,ROBOT", "false,4,3,ROBOT", "false,2,0,ROBOT", "false,2,0,LANGUAGE", "true,8,2,ROBOT", "true,0,0,ROBOT"})
    void saysAndThinksTheSame(final boolean nano, final int experts, final int perToken, final Task task) {
        final VlmConfig config = config(nano, experts, perToken);
        try (GradientMode _ = GradientMode.off(); Weights weights = Initialization.random(config, 7, Device.cpu());
            NDManager scope = weights.newScope(); KeyValueCache cache = new KeyValueCache(scope, config.layers())) {
            final VlmNetwork network = new VlmNetwork(config, weights, task);
            final Prompt prompt = prompt();
            float[] hidden = network.hidden(TinyModels.batch(scope, config, prompt), cache).get(0).get(prompt.length() - 1L).toFloatArray();
            final ArrayContinuation arrays = new PackedDecoder(config, weights, task).continuing(cache, TOKENS);
            final Continuation tensors = new TensorContinuation(network, scope, cache);
            for (int i = 0; i < TOKENS; i++) {
                final long token = tensors.strongest(hidden);
                assertEquals(token, arrays.strongest(hidden), "token " + i);
                assertArrayEquals(network.logits(scope.create(hidden)).toFloatArray(), arrays.logits(hidden), LOGIT_TOLERANCE, "logits " + i);
                hidden = tensors.feed(token, prompt.nextPosition() + i);
                assertArrayEquals(hidden, arrays.feed(token, prompt.nextPosition() + i), HIDDEN_TOLERANCE, "hidden state " + i);
            }
        }
    }

    private static ArrayContinuation continuation(final Weights weights, final VlmConfig config, final int tokens) {
        try (GradientMode _ = GradientMode.off(); NDManager scope = weights.newScope();
            KeyValueCache cache = new KeyValueCache(scope, config.layers())) {
            new VlmNetwork(config, weights).hidden(TinyModels.batch(scope, config, prompt()), cache);
            return new PackedDecoder(config, weights, Task.ROBOT).continuing(cache, tokens);
        }
    }

    @Test
    void aTokenAllocatesNothing() {
        final VlmConfig config = config(false, 4, 2);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Weights weights = Initialization.random(config, 7, Device.cpu())) {
            final ArrayContinuation continuation = continuation(weights, config, 4000);
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 4; round++) {
                final long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 1000; i++) {
                    continuation.strongest(continuation.feed(i % 60, 1000 * round + i));
                }
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertEquals(0, least, "bytes of 1000 tokens");
        }
    }

    @Test
    void moreTokensThanAnnouncedAreRefused() {
        final VlmConfig config = config(false, 0, 0);
        try (Weights weights = Initialization.random(config, 7, Device.cpu())) {
            final ArrayContinuation continuation = continuation(weights, config, 1);
            continuation.feed(1, 30);
            assertThrows(IllegalStateException.class, () -> continuation.feed(1, 31));
        }
    }
}
