package dev.continuo.policy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.continuo.reasoning.tensor.Weights;
import java.util.Random;

/**
 * Fresh weights for an action expert that is trained from scratch (the initialisation routine of chatvla2.md section 2.2): linear
 * layers Xavier-uniform with bias 0, embeddings normal with deviation 0.02, and zero for what makes each block the identity at first
 * (all AdaLN layers and the last linear layer). The same seed gives the same weights on every machine.
 */
public final class ScaleDpInitialization {

    private static final double DEVIATION = 0.02;
    private static final long SEED_MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final long seed;
    private final Weights weights;

    private ScaleDpInitialization(final long seed, final Device device) {
        this.seed = seed;
        weights = Weights.empty("action expert of seed " + seed, device);
    }

    /** All tensors of the network and of its projections; the caller closes them. */
    public static Weights random(final PolicyConfig config, final long seed, final Device device) {
        final ScaleDpInitialization initialization = new ScaleDpInitialization(seed, device);
        initialization.projection(ConditionProjection.OBSERVATION, config);
        if (config.conditioning().hearsReasoning()) {
            initialization.projection(ConditionProjection.REASONING, config);
        }
        if (config.conditioning().reasoningModulates()) {
            initialization.zeroDense(FeatureWiseModulation.SCALE, config.conditionSize(), config.conditionSize());
            initialization.zeroDense(FeatureWiseModulation.SHIFT, config.conditionSize(), config.conditionSize());
        }
        initialization.network(config, ScaleDp.PREFIX);
        return initialization.weights;
    }

    private void projection(final String name, final PolicyConfig config) {
        xavier(name + ".mlps.0", config.conditionSize(), config.conditionSize());
        xavier(name + ".mlps.2", config.conditionSize(), config.conditionSize());
    }

    private void network(final PolicyConfig config, final String prefix) {
        final int width = config.width();
        xavier(prefix + "x_embedder", width, config.actionSize());
        weights.putNormal(prefix + "pos_embed", DEVIATION, seed, 1, config.chunkRows(), width);
        normalDense(prefix + "t_embedder.mlp.0", width, ScaleDp.FREQUENCY_SIZE);
        normalDense(prefix + "t_embedder.mlp.2", width, width);
        weights.putConstant(prefix + "norm_after_pool.weight", 1, config.conditionSize());
        zero(prefix + "norm_after_pool.bias", config.conditionSize());
        normalDense(prefix + "cond_obs_emb", width, config.conditionSize() + config.stateSize());
        if (config.conditioning().usesReasoning()) {
            normalDense(prefix + "cond_reasoning_emb", width, config.conditionSize() + config.stateSize());
        }
        for (int i = 0; i < config.blocks(); i++) {
            final String block = prefix + "blocks." + i + ".";
            xavier(block + "attn.qkv", 3 * width, width);
            xavier(block + "attn.proj", width, width);
            xavier(block + "mlp.fc1", 4 * width, width);
            xavier(block + "mlp.fc2", width, 4 * width);
            zeroDense(block + "adaLN_modulation.1", 6 * width, width);
        }
        zeroDense(prefix + "final_layer.adaLN_modulation.1", 2 * width, width);
        zeroDense(prefix + "final_layer.linear", config.actionSize(), width);
    }

    private void xavier(final String name, final int out, final int in) {
        final Random random = new Random(seed * SEED_MULTIPLIER + name.hashCode());
        final double bound = Math.sqrt(6.0 / (in + out));
        final float[] values = new float[out * in];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (bound * (2 * random.nextDouble() - 1));
        }
        try (NDManager scope = weights.newScope(); NDArray borrowed = scope.create(values, new Shape(out, in))) {
            weights.put(name + ".weight", borrowed.duplicate());
        }
        zero(name + ".bias", out);
    }

    private void normalDense(final String name, final int out, final int in) {
        weights.putNormal(name + ".weight", DEVIATION, seed, out, in);
        zero(name + ".bias", out);
    }

    private void zeroDense(final String name, final int out, final int in) {
        zero(name + ".weight", out, in);
        zero(name + ".bias", out);
    }

    private void zero(final String name, final long... shape) {
        weights.putConstant(name, 0, shape);
    }
}
