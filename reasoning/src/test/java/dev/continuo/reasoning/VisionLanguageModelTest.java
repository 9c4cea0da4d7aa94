package dev.continuo.reasoning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.continuo.config.ProfileException;
import dev.continuo.reasoning.network.Initialization;
import dev.continuo.reasoning.network.Prompt;
import dev.continuo.reasoning.network.Task;
import dev.continuo.reasoning.network.TensorLayout;
import dev.continuo.reasoning.network.TinyModels;
import dev.continuo.reasoning.network.TokenBatch;
import dev.continuo.reasoning.network.VlmConfig;
import dev.continuo.reasoning.network.VlmNetwork;
import dev.continuo.reasoning.tensor.GradientMode;
import dev.continuo.reasoning.tensor.TensorType;
import dev.continuo.reasoning.tensor.Weights;
import dev.continuo.reasoning.text.ChatTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VisionLanguageModelTest {
    /** The libraries sum in another order where memory is aligned otherwise or processors are taken. */
    private static final float ROUNDING = 1e-5f;
    private static final int MAX_TOKENS = 12;

    @TempDir
    private static Path folder;
    private static VisionLanguageModel model;
    private static Prompt prompt;

    @BeforeAll
    static void loadATinyModelFromItsFolder() throws IOException {
        Files.writeString(folder.resolve("config.json"), """
            {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2, "intermediate_size": 48,
             "num_experts": 4, "num_experts_per_tok": 2, "vocab_size": 640, "system_prompt": "",
             "rope_scaling": {"mrope_section": [1, 1, 2]}, "vision_config": {"depth": 2, "embed_dim": 32, "num_heads": 4, "mlp_ratio": 2}}
            """);
        Files.copy(Path.of("../models/nano/tokenizer.json"), folder.resolve("tokenizer.json"));
        final VlmConfig config = VlmConfig.load(folder);
        try (Weights weights = Initialization.random(config, 3, Device.cpu())) {
            TensorLayout.save(config, weights, folder.resolve("model.safetensors"), TensorType.F16, Map.of());
        }
        final AtomicLong clock = new AtomicLong();
        model = VisionLanguageModel.load(folder, Task.ROBOT, Device.cpu(), () -> clock.getAndAdd(1000));
        prompt = model.prompt(List.of(TinyModels.image(4, 6, 1)), "Pick the card.");
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void theReasoningEmbeddingIsTheMeanThatTrainingTakes() {
        final Reasoning reasoning = model.generate(prompt, MAX_TOKENS, TokenListener.NONE, () -> false);
        assertTrue(reasoning.tokens().length > 0);
        try (GradientMode _ = GradientMode.off(); NDManager scope = model.weights().newScope()) {
            final TokenBatch batch = TokenBatch.of(scope, model.config(), model.tokenizer().imageToken(),
                List.of(new TokenBatch.Sample(prompt, reasoning.tokens())));
            final NDArray hidden = model.network().hidden(batch);
            assertArrayEquals(batch.answerMean(hidden).toFloatArray(), reasoning.embedding(), 1e-5f);
            assertArrayEquals(batch.promptMean(hidden).toFloatArray(), model.observation(prompt), 1e-5f);
            assertArrayEquals(reasoning.tokens(), model.network().logits(batch.predictors(hidden)).argMax(1).toLongArray());
        }
    }

    @Test
    void theEmbeddingOfGivenWordsIsThatOfTheSameWordsSaid() {
        final String words = "take 3 from left";
        try (GradientMode _ = GradientMode.off(); NDManager scope = model.weights().newScope()) {
            final TokenBatch batch = TokenBatch.of(scope, model.config(), model.tokenizer().imageToken(),
                List.of(new TokenBatch.Sample(prompt, model.tokenizer().answer(words))));
            assertArrayEquals(
                batch.answerMean(model.network().hidden(batch)).toFloatArray(), model.embedding(prompt, words), 1e-5f);
        }
        assertFalse(Arrays.equals(model.embedding(prompt, words), model.embedding(prompt, "take 4 from right")));
    }

    @Test
    void anAnswerThatEndsByItselfFeedsItsEndTokenToo() {
        final int end = (int) model.tokenizer().turnEnd();
        final float[] row;
        try (Prefill prefill = model.prefill(prompt)) {
            row = prefill.last();
        }
        final Weights weights = TensorLayout.load(model.config(), folder, Device.cpu());
        final NDArray table = weights.get("model.embed_tokens.weight");
        final float[] changed = table.toFloatArray();
        // An end token that points where the prompt ends is chosen at once.
        System.arraycopy(row, 0, changed, end * row.length, row.length);
        try (NDManager scope = weights.newScope(); NDArray borrowed = scope.create(changed, table.getShape())) {
            weights.put("model.embed_tokens.weight", borrowed.duplicate());
        }
        try (VisionLanguageModel ending = new VisionLanguageModel(
            new VlmNetwork(model.config(), weights), weights, ChatTokenizer.load(folder), () -> 0)) {
            final List<String> pieces = new ArrayList<>();
            final Reasoning reasoning = ending.generate(prompt, MAX_TOKENS, (id, text) -> pieces.add(text), () -> false);
            assertArrayEquals(new long[]{end}, reasoning.tokens());
            assertTrue(reasoning.complete());
            assertEquals("", reasoning.text());
            assertEquals(List.of(""), pieces);
            assertTrue(reasoning.embedding()[0] != 0);
        }
    }

    @Test
    void tokensAreStreamedAndTheirPiecesJoinToTheText() {
        final StringBuilder pieces = new StringBuilder();
        final List<Long> ids = new ArrayList<>();
        final Reasoning reasoning = model.generate(prompt, MAX_TOKENS, (id, text) -> {
            ids.add(id);
            pieces.append(text);
        }, () -> false);
        assertEquals(reasoning.tokens().length, ids.size());
        assertTrue(reasoning.text().startsWith(pieces.toString()));
        assertEquals(model.tokenizer().decode(reasoning.tokens()), reasoning.text());
        assertEquals(1000, reasoning.firstTokenNanos());
        assertEquals(2000, reasoning.totalNanos());
    }

    @Test
    void aCancelledAnswerKeepsWhatItHas() {
        final List<Long> ids = new ArrayList<>();
        final Reasoning reasoning = model.generate(prompt, MAX_TOKENS, (id, text) -> ids.add(id), () -> ids.size() == 3);
        assertEquals(3, reasoning.tokens().length);
        assertFalse(reasoning.complete());
        final Reasoning none = model.generate(prompt, MAX_TOKENS, TokenListener.NONE, () -> true);
        assertEquals(0, none.tokens().length);
        assertArrayEquals(new float[32], none.embedding());
    }

    @Test
    void fiftyAnswersLeaveNothingBehind() {
        try (NDManager probe = model.weights().newScope()) {
            model.generate(prompt, MAX_TOKENS, TokenListener.NONE, () -> false);
            model.observation(prompt);
            final int before = probe.getParentManager().getManagedArrays().size();
            for (int i = 0; i < 50; i++) {
                model.generate(prompt, MAX_TOKENS, TokenListener.NONE, () -> false);
                model.observation(prompt);
            }
            assertEquals(before, probe.getParentManager().getManagedArrays().size());
        }
    }

    @Test
    void threadsThatAskAtOnceGetTheSameAnswers() throws Exception {
        final Reasoning expected = model.generate(prompt, MAX_TOKENS, TokenListener.NONE, () -> false);
        final float[] observation = model.observation(prompt);
        try (var threads = Executors.newFixedThreadPool(3)) {
            final List<Future<Reasoning>> answers = new ArrayList<>();
            final List<Future<float[]>> observations = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                answers.add(threads.submit(() -> model.generate(prompt, MAX_TOKENS, TokenListener.NONE, () -> false)));
                observations.add(threads.submit(() -> model.observation(prompt)));
            }
            for (int i = 0; i < 12; i++) {
                assertArrayEquals(expected.tokens(), answers.get(i).get().tokens());
                assertArrayEquals(expected.embedding(), answers.get(i).get().embedding(), ROUNDING);
                assertArrayEquals(observation, observations.get(i).get(), ROUNDING);
            }
        }
    }

    @Test
    void aDamagedFolderIsRefusedInOneLine(@TempDir final Path damaged) throws IOException {
        Files.copy(folder.resolve("config.json"), damaged.resolve("config.json"));
        assertRefused(damaged, "tokenizer.json: the tokenizer is missing");
        Files.copy(folder.resolve("tokenizer.json"), damaged.resolve("tokenizer.json"));
        assertRefused(damaged, "model.safetensors: weights are missing");
        final byte[] weights = Files.readAllBytes(folder.resolve("model.safetensors"));
        Files.write(damaged.resolve("model.safetensors"), java.util.Arrays.copyOf(weights, weights.length / 2));
        assertRefused(damaged, "model.safetensors: truncated: tensor");
    }

    private static void assertRefused(final Path damaged, final String reason) {
        final String message = assertThrows(ProfileException.class,
            () -> VisionLanguageModel.load(damaged, Task.ROBOT, Device.cpu(), () -> 0L)).getMessage();
        assertTrue(message.contains(reason) && message.lines().count() == 1, message);
    }
}
