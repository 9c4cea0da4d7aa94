package dev.continuo.policy;

import dev.continuo.reasoning.kernel.Elementwise;
import dev.continuo.reasoning.kernel.PackedMatrix;
import dev.continuo.reasoning.tensor.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * The weights of an action expert, copied to plain arrays for {@link Denoiser}: {@link ScaleDp} with the projections of its conditions.
 *
 * <p>Immutable; for any number of threads.
 */
final class PackedExpert {

    /** Adaptive layer norm vectors of a block: shift, scale and gate of the attention, then of the MLP. */
    static final int BLOCK_VECTORS = 6;

    /** Adaptive layer norm vectors of the final layer: shift and scale. */
    static final int LAST_VECTORS = 2;

    /**
     * Linear, GELU, linear: {@link ConditionProjection}.
     *
     * @param first  from the hidden state
     * @param second to the condition
     */
    record Projection(PackedMatrix first, PackedMatrix second) {
    }

    /**
     * One block.
     *
     * @param queryKeyValue to queries, keys and values of all heads
     * @param projection    of what the heads mixed
     * @param expand        into the MLP
     * @param contract      out of the MLP
     * @param modulation    from the condition to each of the {@link #BLOCK_VECTORS} vectors
     */
    record Block(
        PackedMatrix queryKeyValue, PackedMatrix projection, PackedMatrix expand, PackedMatrix contract, PackedMatrix[] modulation) {
    }

    final PolicyConfig config;
    final DdimSchedule schedule;
    final Projection observation;
    final Projection reasoning;
    final PackedMatrix filmScale;
    final PackedMatrix filmShift;
    final float[] conditionScale;
    final float[] conditionShift;
    final PackedMatrix observationIn;
    final PackedMatrix reasoningIn;
    final PackedMatrix tokens;
    final float[][] positions;
    final List<Block> blocks = new ArrayList<>();
    final PackedMatrix[] lastModulation;
    final PackedMatrix lastLinear;
    /** The embedding of the timestep of each inference step, [K, n]. */
    final float[][] times;

    /**
     * Copies the weights.
     *
     * @throws dev.continuo.config.ProfileException when a tensor is missing or has another shape
     */
    PackedExpert(final PolicyConfig config, final Weights weights) {
        final int width = config.width();
        final int conditionSize = config.conditionSize();
        final int conditionIn = conditionSize + config.stateSize();
        final Conditioning conditioning = config.conditioning();
        final String head = ScaleDp.PREFIX;
        this.config = config;
        schedule = DdimSchedule.of(config);
        observation = projection(weights, ConditionProjection.OBSERVATION, conditionSize);
        reasoning = conditioning.hearsReasoning() ? projection(weights, ConditionProjection.REASONING, conditionSize) : null;
        final boolean film = conditioning.reasoningModulates();
        filmScale = film ? pack(weights, FeatureWiseModulation.SCALE, conditionSize, conditionSize) : null;
        filmShift = film ? pack(weights, FeatureWiseModulation.SHIFT, conditionSize, conditionSize) : null;
        conditionScale = weights.get(head + "norm_after_pool.weight", conditionSize).toFloatArray();
        conditionShift = weights.get(head + "norm_after_pool.bias", conditionSize).toFloatArray();
        observationIn = pack(weights, head + "cond_obs_emb", width, conditionIn);
        reasoningIn = conditioning.usesReasoning() ? pack(weights, head + "cond_reasoning_emb", width, conditionIn) : null;
        tokens = pack(weights, head + "x_embedder", width, config.actionSize());
        positions = rows(weights.get(head + "pos_embed", 1, config.chunkRows(), width).toFloatArray(), config.chunkRows());
        for (int i = 0; i < config.blocks(); i++) {
            final String block = head + "blocks." + i + ".";
            blocks.add(new Block(pack(weights, block + "attn.qkv", 3 * width, width), pack(weights, block + "attn.proj", width, width),
                pack(weights, block + "mlp.fc1", 4 * width, width), pack(weights, block + "mlp.fc2", width, 4 * width),
                vectors(weights, block + "adaLN_modulation.1", BLOCK_VECTORS)));
        }
        lastModulation = vectors(weights, head + "final_layer.adaLN_modulation.1", LAST_VECTORS);
        lastLinear = pack(weights, head + "final_layer.linear", config.actionSize(), width);
        times = times(weights);
    }

    private static Projection projection(final Weights weights, final String name, final int size) {
        return new Projection(pack(weights, name + ".mlps.0", size, size), pack(weights, name + ".mlps.2", size, size));
    }

    private static PackedMatrix pack(final Weights weights, final String name, final int out, final int in) {
        final Dense dense = Dense.of(weights, name, out, in);
        return PackedMatrix.of(dense.weight().toFloatArray(), dense.bias().toFloatArray(), in);
    }

    /** One matrix for each vector, so that each vector becomes an array. */
    private PackedMatrix[] vectors(final Weights weights, final String name, final int count) {
        final int width = config.width();
        final Dense dense = Dense.of(weights, name, (long) count * width, width);
        final float[] weight = dense.weight().toFloatArray();
        final float[] bias = dense.bias().toFloatArray();
        final PackedMatrix[] vectors = new PackedMatrix[count];
        for (int v = 0; v < count; v++) {
            vectors[v] = PackedMatrix.of(weight, bias, width, v * width, (v + 1) * width);
        }
        return vectors;
    }

    private float[][] times(final Weights weights) {
        final int width = config.width();
        final int steps = schedule.inferenceSteps();
        final PackedMatrix in = pack(weights, ScaleDp.PREFIX + "t_embedder.mlp.0", width, ScaleDp.FREQUENCY_SIZE);
        final PackedMatrix out = pack(weights, ScaleDp.PREFIX + "t_embedder.mlp.2", width, width);
        final float[][] sinusoids = rows(ScaleDp.sinusoids(config.trainTimesteps()), config.trainTimesteps());
        final float[] inner = new float[width];
        final float[][] embedded = new float[steps][width];
        for (int step = 0; step < steps; step++) {
            in.apply(sinusoids[schedule.timestep(step)], inner);
            Elementwise.silu(inner, width);
            out.apply(inner, embedded[step]);
        }
        return embedded;
    }

    private static float[][] rows(final float[] flat, final int count) {
        final float[][] rows = new float[count][flat.length / count];
        for (int i = 0; i < count; i++) {
            System.arraycopy(flat, i * rows[i].length, rows[i], 0, rows[i].length);
        }
        return rows;
    }
}
