package dev.continuo.policy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Fresh weights for an action expert that is trained from scratch (the initialisation routine of chatvla2.md section 2.2): linear
 * layers Xavier-uniform with bias 0, embeddings normal with deviation 0.02, and zero for what makes each block the identity at first
 * (all AdaLN layers and the last linear layer).
 */
public final class ScaleDpInitialization {

    private static final double DEVIATION = 0.02;

    private final NDManager manager;
    private final RandomGenerator random;
    private final Map<String, NDArray> weights = new LinkedHashMap<>();

    private ScaleDpInitialization(final NDManager manager, final RandomGenerator random) {
        this.manager = manager;
        this.random = random;
    }

    /** All tensors of the network and of its two projections, in the order in which they are used; they belong to the manager. */
    public static Map<String, NDArray> weights(final PolicyConfig config, final NDManager manager, final RandomGenerator random) {
        final ScaleDpInitialization initialization = new ScaleDpInitialization(manager, random);
        initialization.projection(ConditionProjection.OBSERVATION, config);
        if (config.conditioning().usesReasoning()) {
            initialization.projection(ConditionProjection.REASONING, config);
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
        normal(prefix + "pos_embed", 1, config.chunkRows(), width);
        normalDense(prefix + "t_embedder.mlp.0", width, ScaleDp.FREQUENCY_SIZE);
        normalDense(prefix + "t_embedder.mlp.2", width, width);
        weights.put(prefix + "norm_after_pool.weight", manager.ones(new Shape(config.conditionSize())));
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
        final double bound = Math.sqrt(6.0 / (in + out));
        final float[] values = new float[out * in];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (bound * (2 * random.nextDouble() - 1));
        }
        weights.put(name + ".weight", manager.create(values, new Shape(out, in)));
        zero(name + ".bias", out);
    }

    private void normalDense(final String name, final int out, final int in) {
        normal(name + ".weight", out, in);
        zero(name + ".bias", out);
    }

    private void zeroDense(final String name, final int out, final int in) {
        zero(name + ".weight", out, in);
        zero(name + ".bias", out);
    }

    private void normal(final String name, final long... shape) {
        final Shape full = new Shape(shape);
        final float[] values = new float[Math.toIntExact(full.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (DEVIATION * random.nextGaussian());
        }
        weights.put(name, manager.create(values, full));
    }

    private void zero(final String name, final long... shape) {
        weights.put(name, manager.zeros(new Shape(shape)));
    }
}
