package dev.continuo.reasoning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import dev.continuo.reasoning.tensor.Weights;

/**
 * The whole network over packed weights: images and tokens to hidden states, hidden states to logits. One code for inference and training;
 * whether a graph is recorded is decided by the thread's gradient mode and by which weights are leaves.
 *
 * <p>Immutable; for any number of threads. The weights stay the caller's.
 */
public final class VlmNetwork {
    private final VlmConfig config;
    private final Task task;
    private final NDArray embedding;
    private final VisionTower tower;
    private final PatchMerger merger;
    private final Decoder decoder;

    /** As the other, for a robot's scenes. */
    public VlmNetwork(final VlmConfig config, final Weights packed) {
        this(config, packed, Task.ROBOT);
    }

    /** Finds and checks all weights; see {@link TensorLayout#pack}. */
    public VlmNetwork(final VlmConfig config, final Weights packed, final Task task) {
        this.config = config;
        this.task = task;
        embedding = packed.get("model.embed_tokens.weight", config.vocabularySize(), config.hiddenSize());
        tower = new VisionTower(config.vision(), packed);
        merger = new PatchMerger(config, packed);
        decoder = new Decoder(config, packed, task);
    }

    /** Sizes. */
    public VlmConfig config() {
        return config;
    }

    /** What it is asked about. */
    public Task task() {
        return task;
    }

    /** The vision tower alone. */
    public VisionTower tower() {
        return tower;
    }

    /** The decoder alone. */
    public Decoder decoder() {
        return decoder;
    }

    /** Image tokens of images of one grid, {@code [images·tokens, hiddenSize]}. */
    public NDArray imageTokens(final NDArray patches, final int gridRows, final int gridColumns) {
        return merger.forward(tower.forward(patches, gridRows, gridColumns));
    }

    /** Normed hidden states of the last layer, {@code [samples, tokens, hiddenSize]}. */
    public NDArray hidden(final TokenBatch batch) {
        return hidden(batch, see(batch));
    }

    /** As {@link #hidden(TokenBatch)}, leaving keys and values in a cache; for one sample. */
    public NDArray hidden(final TokenBatch batch, final KeyValueCache cache) {
        return decoder.forward(embed(batch, see(batch)), batch.rotary(), cache);
    }

    /** As {@link #hidden(TokenBatch)}, with the image tokens that {@link #see} gave for the same batch. */
    public NDArray hidden(final TokenBatch batch, final NDList seen) {
        return decoder.forward(embed(batch, seen), batch.rotary(), null);
    }

    /** The image tokens of a batch, {@code [images·tokens, hiddenSize]} for each group of images; empty without images. */
    public NDList see(final TokenBatch batch) {
        final NDList seen = new NDList();
        for (final TokenBatch.ImageGroup group : batch.images()) {
            seen.add(imageTokens(group.patches(), group.gridRows(), group.gridColumns()));
        }
        return seen;
    }

    /**
     * Continues a cached sequence.
     *
     * @param ids    {@code [1, tokens]}, 64-bit
     * @param rotary the positions of these tokens
     * @param cache  what came before, extended
     * @return {@code [1, tokens, hiddenSize]}
     */
    public NDArray next(final NDArray ids, final Rotary rotary, final KeyValueCache cache) {
        return decoder.forward(embed(ids), rotary, cache);
    }

    /** Logits of the token that follows each hidden state: {@code [..., hiddenSize]} to {@code [..., vocabularySize]}. */
    public NDArray logits(final NDArray hidden) {
        return Functions.linear(hidden, embedding, null);
    }

    private NDArray embed(final NDArray ids) {
        return Functions.rows(embedding, ids);
    }

    /** Embedded tokens, with the image tokens in the places of their placeholders. */
    private NDArray embed(final TokenBatch batch, final NDList seen) {
        final NDArray text = embed(batch.ids());
        if (null == batch.sources()) {
            return text;
        }
        final NDList rows = new NDList(text.reshape(-1, config.hiddenSize()));
        rows.addAll(seen);
        return Functions.rows(NDArrays.concat(rows, 0), batch.sources()).reshape(text.getShape());
    }
}
