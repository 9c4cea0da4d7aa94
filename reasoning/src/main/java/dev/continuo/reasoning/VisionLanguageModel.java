package dev.continuo.reasoning;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.continuo.reasoning.network.Continuation;
import dev.continuo.reasoning.network.ImagePatches;
import dev.continuo.reasoning.network.KeyValueCache;
import dev.continuo.reasoning.network.PackedDecoder;
import dev.continuo.reasoning.network.Prompt;
import dev.continuo.reasoning.network.Task;
import dev.continuo.reasoning.network.TensorContinuation;
import dev.continuo.reasoning.network.TensorLayout;
import dev.continuo.reasoning.network.TokenBatch;
import dev.continuo.reasoning.network.VlmConfig;
import dev.continuo.reasoning.network.VlmNetwork;
import dev.continuo.reasoning.tensor.GradientMode;
import dev.continuo.reasoning.tensor.Weights;
import dev.continuo.reasoning.text.ChatTokenizer;
import dev.continuo.reasoning.text.StreamedText;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * A vision-language model ready to be asked: network, weights and tokenizer of one folder.
 *
 * <p>A prompt is read by the tensor library; on a CPU, the tokens of an answer are computed over plain arrays ({@link PackedDecoder}).
 * Any number of threads may ask at once; each computes in a scope of its own and releases it. Close it when none does any more.
 */
public final class VisionLanguageModel implements AutoCloseable {
    private final VlmNetwork network;
    /** Null on a GPU, where tensors are as quick. */
    private final PackedDecoder decoder;
    private final Weights weights;
    private final ChatTokenizer tokenizer;
    private final LongSupplier nanoClock;

    /**
     * Puts a model together; it closes weights and tokenizer when it is closed. On a CPU the decoder's weights are copied now: who changes them
     * later makes another model. {@code nanoClock} is read to time answers.
     */
    public VisionLanguageModel(
        final VlmNetwork network, final Weights weights, final ChatTokenizer tokenizer, final LongSupplier nanoClock) {
        this.network = network;
        decoder = weights.device().isGpu() ? null : new PackedDecoder(network.config(), weights, network.task());
        this.weights = weights;
        this.tokenizer = tokenizer;
        this.nanoClock = nanoClock;
    }

    /**
     * Reads {@code config.json}, {@code tokenizer.json} and {@code model.safetensors} (or its shards) of a folder. What is missing, damaged
     * or does not fit is a {@link dev.continuo.config.ProfileException} of one line.
     *
     * @param task what it will be asked about; only a model whose experts are chosen by the task answers otherwise for the other
     */
    public static VisionLanguageModel load(final Path folder, final Task task, final Device device, final LongSupplier nanoClock) {
        final VlmConfig config = VlmConfig.load(folder);
        final ChatTokenizer tokenizer = ChatTokenizer.load(folder);
        Weights weights = null;
        try {
            weights = TensorLayout.load(config, folder, device);
            return new VisionLanguageModel(new VlmNetwork(config, weights, task), weights, tokenizer, nanoClock);
        } catch (final RuntimeException failure) {
            tokenizer.close();
            if (null != weights) {
                weights.close();
            }
            throw failure;
        }
    }

    /** Sizes. */
    public VlmConfig config() {
        return network.config();
    }

    /** The network, for training and for a look inside. */
    public VlmNetwork network() {
        return network;
    }

    /** The packed weights. */
    public Weights weights() {
        return weights;
    }

    /** The tokenizer. */
    public ChatTokenizer tokenizer() {
        return tokenizer;
    }

    /** The prompt of an instruction about images, in the chat template that the model was trained with. */
    public Prompt prompt(final List<ImagePatches> images, final String instruction) {
        return tokenizer.prompt(config().chat(), images, instruction, config().vision().mergeSize());
    }

    /** The observation condition {@code o} of a prompt: the mean of its normed hidden states. */
    public float[] observation(final Prompt prompt) {
        try (GradientMode _ = GradientMode.off(); NDManager scope = weights.newScope()) {
            final TokenBatch batch = batch(scope, prompt);
            return batch.promptMean(network.hidden(batch)).toFloatArray();
        }
    }

    /**
     * The reasoning condition {@code r} of an answer that someone else gives: what {@link #generate} would have returned with these words.
     *
     * @param answer the words, without the end of the turn
     */
    public float[] embedding(final Prompt prompt, final String answer) {
        try (GradientMode _ = GradientMode.off(); NDManager scope = weights.newScope()) {
            final TokenBatch batch = TokenBatch.of(
                scope, config(), tokenizer.imageToken(), List.of(new TokenBatch.Sample(prompt, tokenizer.answer(answer))));
            return batch.answerMean(network.hidden(batch)).toFloatArray();
        }
    }

    /** Reads a prompt, ready to be continued; the caller closes the result. */
    public Prefill prefill(final Prompt prompt) {
        final NDManager scope = weights.newScope();
        try (GradientMode _ = GradientMode.off(); NDManager temporary = scope.newSubManager()) {
            final KeyValueCache cache = new KeyValueCache(scope, config().layers());
            final NDArray hidden = network.hidden(batch(temporary, prompt), cache).squeeze(0);
            hidden.attach(scope);
            return new Prefill(scope, hidden, cache, prompt.nextPosition());
        } catch (final RuntimeException failure) {
            scope.close();
            throw failure;
        }
    }

    /**
     * Answers a prompt greedily, token by token.
     *
     * <p>Every chosen token is fed back, the last one too, so that {@link Reasoning#embedding()} averages over the same positions as
     * training does.
     *
     * @param maxTokens where the answer is cut off
     * @param listener  told of each token
     * @param cancelled asked before each token; the answer ends where it is true
     */
    public Reasoning generate(
        final Prompt prompt, final int maxTokens, final TokenListener listener, final BooleanSupplier cancelled) {
        final long begin = nanoClock.getAsLong();
        final double[] sum = new double[config().hiddenSize()];
        final long[] tokens = new long[maxTokens];
        final StringBuilder text = new StringBuilder();
        final StreamedText stream = tokenizer.stream();
        int count = 0;
        boolean complete = false;
        long firstTokenNanos = 0;
        try (GradientMode _ = GradientMode.off(); Prefill prefill = prefill(prompt)) {
            final Continuation continuation = continuation(prefill, maxTokens);
            long token = continuation.strongest(prefill.last());
            while (count < maxTokens && !complete && !cancelled.getAsBoolean()) {
                if (count == 0) {
                    firstTokenNanos = nanoClock.getAsLong() - begin;
                }
                tokens[count] = token;
                complete = tokenizer.isEnd(token);
                final String piece = stream.add(token);
                text.append(piece);
                listener.onToken(token, piece);
                final float[] hidden = continuation.feed(token, prefill.nextPosition() + count);
                add(sum, hidden);
                token = continuation.strongest(hidden);
                count++;
            }
        }
        text.append(stream.end());
        final float[] embedding = new float[sum.length];
        for (int i = 0; i < sum.length && count > 0; i++) {
            embedding[i] = (float) (sum[i] / count);
        }
        return new Reasoning(
            text.toString(), embedding, Arrays.copyOf(tokens, count), complete, firstTokenNanos, nanoClock.getAsLong() - begin);
    }

    @Override
    public void close() {
        weights.close();
        tokenizer.close();
    }

    private Continuation continuation(final Prefill prefill, final int maxTokens) {
        return null == decoder ? new TensorContinuation(network, prefill.scope(), prefill.cache())
            : decoder.continuing(prefill.cache(), maxTokens);
    }

    private static void add(final double[] sum, final float[] hidden) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += hidden[i];
        }
    }

    private TokenBatch batch(final NDManager scope, final Prompt prompt) {
        return TokenBatch.of(
            scope, config(), tokenizer.imageToken(), List.of(new TokenBatch.Sample(prompt, new long[0])));
    }
}
