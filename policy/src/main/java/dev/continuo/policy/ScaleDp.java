package dev.continuo.policy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import dev.continuo.reasoning.tensor.Scalar;
import dev.continuo.reasoning.tensor.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * ScaleDP, the diffusion transformer over an action chunk, with the reasoning-following conditioning of ChatVLA-2
 * (chatvla2.md sections 1.4 and 2.2).
 *
 * <p>The forward pass is in two halves. {@link #modulation} turns the conditions and the diffusion timestep into the adaptive layer
 * norm vectors of every layer. {@link #denoise} runs the tokens through the blocks. The first half does not depend on the noisy
 * actions, so sampling takes it once for all timesteps, in one batch.
 *
 * <p>The tensors given are used as they are, never copied: who trains them changes them in place. Results belong to the manager of
 * {@code noisy} or {@code timesteps}. May be used by several threads at once as long as nobody trains.
 */
public final class ScaleDp {

    /** What the names of the published checkpoints begin with. */
    public static final String PREFIX = "policy_head.";

    /** Width of the sinusoidal timestep embedding. */
    static final int FREQUENCY_SIZE = 256;

    private static final double LONGEST_PERIOD = 10_000;
    private static final int VECTORS = 6;
    static final float BLOCK_NORM_EPSILON = 1e-6f;
    static final float CONDITION_NORM_EPSILON = 1e-5f;

    private record Block(Dense qkv, Dense projection, Dense expand, Dense contract, Dense modulation) {
    }

    /**
     * Adaptive layer norm vectors. For a batch the vectors are [B, 1, n]; for one sample [n].
     *
     * @param blocks for each block: shift, 1 + scale and gate of the attention, then of the MLP
     * @param last   shift and 1 + scale of the final layer
     */
    record Modulation(List<NDArray[]> blocks, NDArray[] last) {
    }

    private final PolicyConfig config;
    private final Dense tokens;
    private final NDArray positions;
    private final NDArray timestepTable;
    private final Dense timestepIn;
    private final Dense timestepOut;
    private final NDArray conditionScale;
    private final NDArray conditionShift;
    private final Dense observationIn;
    private final Dense reasoningIn;
    private final List<Block> blocks = new ArrayList<>();
    private final Dense lastModulation;
    private final Dense lastLinear;
    private final NDArray ones;
    private final NDArray zeros;

    /**
     * Takes the network's tensors out of a set of weights.
     *
     * @param config  sizes and wiring
     * @param weights tensors by their published names, prefix {@value #PREFIX}
     * @throws dev.continuo.config.ProfileException when a tensor is missing or has another shape
     */
    public ScaleDp(final PolicyConfig config, final Weights weights) {
        final int width = config.width();
        final int conditionSize = config.conditionSize();
        this.config = config;
        tokens = Dense.of(weights, PREFIX + "x_embedder", width, config.actionSize());
        positions = weights.get(PREFIX + "pos_embed", 1, config.chunkRows(), width);
        timestepIn = Dense.of(weights, PREFIX + "t_embedder.mlp.0", width, FREQUENCY_SIZE);
        timestepOut = Dense.of(weights, PREFIX + "t_embedder.mlp.2", width, width);
        conditionScale = weights.get(PREFIX + "norm_after_pool.weight", conditionSize);
        conditionShift = weights.get(PREFIX + "norm_after_pool.bias", conditionSize);
        observationIn = Dense.of(weights, PREFIX + "cond_obs_emb", width, conditionSize + config.stateSize());
        reasoningIn = config.conditioning().usesReasoning()
            ? Dense.of(weights, PREFIX + "cond_reasoning_emb", width, conditionSize + config.stateSize()) : null;
        for (int i = 0; i < config.blocks(); i++) {
            final String block = PREFIX + "blocks." + i + ".";
            blocks.add(new Block(
                Dense.of(weights, block + "attn.qkv", 3L * width, width),
                Dense.of(weights, block + "attn.proj", width, width),
                Dense.of(weights, block + "mlp.fc1", 4L * width, width),
                Dense.of(weights, block + "mlp.fc2", width, 4L * width),
                Dense.of(weights, block + "adaLN_modulation.1", (long) VECTORS * width, width)));
        }
        lastModulation = Dense.of(weights, PREFIX + "final_layer.adaLN_modulation.1", 2L * width, width);
        lastLinear = Dense.of(weights, PREFIX + "final_layer.linear", config.actionSize(), width);
        final NDManager constants = weights.newScope();
        ones = constants.ones(new Shape(width));
        zeros = constants.zeros(new Shape(width));
        timestepTable = constants.create(sinusoids(config.trainTimesteps()), new Shape(config.trainTimesteps(), FREQUENCY_SIZE));
    }

    /** Row t: the cosines of t at 128 frequencies, then the sines. */
    static float[] sinusoids(final int rows) {
        final int half = FREQUENCY_SIZE / 2;
        final float[] table = new float[rows * FREQUENCY_SIZE];
        for (int t = 0; t < rows; t++) {
            for (int k = 0; k < half; k++) {
                final double angle = t * Math.exp(-Math.log(LONGEST_PERIOD) * k / half);
                table[t * FREQUENCY_SIZE + k] = (float) Math.cos(angle);
                table[t * FREQUENCY_SIZE + half + k] = (float) Math.sin(angle);
            }
        }
        return table;
    }

    /** Sizes and wiring. */
    public PolicyConfig config() {
        return config;
    }

    /**
     * The noise in a batch of noisy chunks.
     *
     * @param noisy       [B, H, A], normalised
     * @param timesteps   [B], int64, the diffusion timestep of each chunk
     * @param observation [B, d], the projected observation
     * @param reasoning   [B, d], the projected reasoning
     * @param state       [B, S], normalised
     * @return the predicted noise [B, H, A]
     */
    public NDArray forward(
        final NDArray noisy, final NDArray timesteps, final NDArray observation, final NDArray reasoning, final NDArray state) {
        return denoise(noisy, modulation(timesteps, observation, reasoning, state));
    }

    /**
     * The modulation of K timesteps. The conditions have K rows, or one row that stands for all.
     */
    Modulation modulation(final NDArray timesteps, final NDArray observation, final NDArray reasoning, final NDArray state) {
        final NDArray sinusoid = Embedding.embedding(timesteps, timestepTable, SparseFormat.DENSE).singletonOrThrow();
        final NDArray time = timestepOut.apply(Kernels.silu(timestepIn.apply(sinusoid)));
        final Conditioning conditioning = config.conditioning();
        final NDArray seen = conditioning.reasoningInObservation() ? observation.add(reasoning) : observation;
        final NDArray byObservation = condition(time, observationIn, seen, state);
        final NDArray byReasoning = conditioning.usesReasoning() ? condition(time, reasoningIn, reasoning, state) : null;
        final List<NDArray[]> vectors = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            final NDArray condition = conditioning.reasoningAt(i) ? byReasoning : byObservation;
            vectors.add(vectors(blocks.get(i).modulation().apply(condition), VECTORS));
        }
        return new Modulation(
            vectors, vectors(lastModulation.apply(conditioning.reasoningAtEnd() ? byReasoning : byObservation), 2));
    }

    /** SiLU(t + W [LN(pooled) | state]): what every AdaLN layer of this condition starts from, [K, n]. */
    private NDArray condition(final NDArray time, final Dense in, final NDArray pooled, final NDArray state) {
        final NDArray normal = Kernels.layerNorm(pooled, conditionScale, conditionShift, CONDITION_NORM_EPSILON);
        return Kernels.silu(time.add(in.apply(normal.concat(state, -1))));
    }

    /** Cuts [K, count n] into vectors [K, 1, n]; each second one of three, the scale, gets 1 added. */
    private NDArray[] vectors(final NDArray flat, final int count) {
        final NDList parts = flat.expandDims(1).split(count, 2);
        final NDArray[] vectors = parts.toArray(new NDArray[0]);
        for (int i = 1; i < count; i += 3) {
            vectors[i] = vectors[i].add(1);
        }
        return vectors;
    }

    /** The modulation of each of the K timesteps on its own, with vectors [n]. */
    List<Modulation> rows(final Modulation batch, final int count) {
        final List<Modulation> rows = new ArrayList<>();
        final List<NDArray[]> last = rows(batch.last(), count);
        final List<List<NDArray[]>> byBlock = batch.blocks().stream().map(vectors -> rows(vectors, count)).toList();
        for (int k = 0; k < count; k++) {
            final int row = k;
            rows.add(new Modulation(byBlock.stream().map(block -> block.get(row)).toList(), last.get(k)));
        }
        return rows;
    }

    private List<NDArray[]> rows(final NDArray[] vectors, final int count) {
        final List<NDArray[]> rows = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            rows.add(new NDArray[vectors.length]);
        }
        for (int v = 0; v < vectors.length; v++) {
            final NDArray flat = vectors[v].reshape(count, config.width());
            for (int k = 0; k < count; k++) {
                rows.get(k)[v] = flat.get(k);
            }
        }
        return rows;
    }

    /** The noise in noisy chunks [B, H, A] under a modulation of B rows, or of one row when its vectors are [n]. */
    NDArray denoise(final NDArray noisy, final Modulation modulation) {
        NDArray x = tokens.apply(noisy).addi(positions);
        for (int i = 0; i < blocks.size(); i++) {
            final Block block = blocks.get(i);
            final NDArray[] vectors = modulation.blocks().get(i);
            x = attention(block, modulatedNorm(x, vectors[0], vectors[1])).mul(vectors[2]).addi(x);
            final NDArray expanded = block.expand().apply(modulatedNorm(x, vectors[3], vectors[4]));
            x = block.contract().apply(Kernels.geluTanh(expanded)).mul(vectors[5]).addi(x);
        }
        return lastLinear.apply(modulatedNorm(x, modulation.last()[0], modulation.last()[1]));
    }

    /** LN(x) scale + shift; with one row for the whole batch that is what an affine layer norm computes in one pass. */
    private NDArray modulatedNorm(final NDArray x, final NDArray shift, final NDArray scale) {
        if (scale.getShape().dimension() == 1) {
            return Kernels.layerNorm(x, scale, shift, BLOCK_NORM_EPSILON);
        }
        return Kernels.layerNorm(x, ones, zeros, BLOCK_NORM_EPSILON).mul(scale).addi(shift);
    }

    /** Multi-head self-attention over the rows of the chunk; each row sees all rows. */
    private NDArray attention(final Block block, final NDArray x) {
        final long batch = x.getShape().get(0);
        final long rows = x.getShape().get(1);
        final int heads = config.heads();
        final int headSize = config.width() / heads;
        final NDArray qkv = block.qkv().apply(x).reshape(batch, rows, 3, heads, headSize).transpose(2, 0, 3, 1, 4);
        final NDArray scores = qkv.get(0).mul(Scalar.of(qkv.get(0), 1 / Math.sqrt(headSize))).matMul(qkv.get(1).swapAxes(2, 3));
        final NDArray mixed = scores.softmax(-1).matMul(qkv.get(2));
        return block.projection().apply(mixed.transpose(0, 2, 1, 3).reshape(batch, rows, config.width()));
    }
}
