package dev.continuo.reasoning.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.continuo.config.ProfileException;
import dev.continuo.reasoning.tensor.GradientMode;
import dev.continuo.reasoning.tensor.SafetensorsWriter;
import dev.continuo.reasoning.tensor.TensorType;
import dev.continuo.reasoning.tensor.Weights;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * The two layouts of the weights. Files keep the published one: a tensor per projection and expert. In memory, projections that are computed
 * together lie in one tensor: query, key and value; gate and up; all experts of a layer.
 *
 * <p>Packing joins and publishing splits, without arithmetic, so a file that is loaded and saved keeps every bit.
 */
public final class TensorLayout {
    /** Where a layer's mixture lies below the layer's name. */
    static final String ROUTED = "share_moe_expert.routed_experts.";
    /** Where the router lies below {@link #ROUTED}. */
    static final String ROUTER = "router.topkroute_linear.";

    private TensorLayout() {
    }

    /** The published name of a tensor that a newer writer has renamed. */
    public static String publishedName(final String name) {
        if (name.startsWith("model.language_model.")) {
            return "model." + name.substring("model.language_model.".length());
        }
        return name.startsWith("model.visual.") ? name.substring("model.".length()) : name;
    }

    /** Reads a published file or folder as packed weights; a missing tensor, a wrong shape or a value that is not finite is a {@link ProfileException}. */
    public static Weights load(final VlmConfig config, final Path fileOrFolder, final Device device) {
        final Weights weights = Weights.load(fileOrFolder, device, TensorLayout::publishedName);
        try {
            // Before they are joined: the name in the message is then the one in the file.
            weights.requireFinite();
            pack(config, weights);
            return weights;
        } catch (final RuntimeException failure) {
            weights.close();
            throw failure;
        }
    }

    /** Writes packed weights as a published file. */
    public static void save(
        final VlmConfig config, final Weights weights, final Path file, final TensorType floating, final Map<String, String> metadata) {
        try (NDManager scope = weights.newScope()) {
            SafetensorsWriter.write(file, publish(config, weights, scope), floating, metadata);
        }
    }

    /** Joins published weights in place, checking every shape; tensors of no known name stay as they are. */
    public static void pack(final VlmConfig config, final Weights weights) {
        try (GradientMode _ = GradientMode.off()) {
            flattenPatchEmbedding(config.vision(), weights);
            if (weights.contains("lm_head.weight")) {
                weights.remove("lm_head.weight").close();
            }
            for (int i = 0; i < config.layers(); i++) {
                packLayer(config, weights, "model.layers." + i + '.');
            }
            if (weights.contains("model.layers." + config.layers() + ".input_layernorm.weight")) {
                throw new ProfileException(weights.source() + ": holds more decoder layers than the " + config.layers() + " configured");
            }
        }
    }

    /** Published tensors of packed weights, as arrays of the scope. */
    public static Map<String, NDArray> publish(final VlmConfig config, final Weights weights, final NDManager scope) {
        final Map<String, NDArray> published = new TreeMap<>();
        try (GradientMode _ = GradientMode.off()) {
            weights.arrays().forEach((name, array) -> split(config, name, array, published));
        }
        published.values().forEach(array -> array.attach(scope));
        return published;
    }

    private static void flattenPatchEmbedding(final VisionConfig vision, final Weights weights) {
        final String name = "visual.patch_embed.proj.weight";
        final NDArray kernel = weights.get(name, vision.width(), vision.channels(), vision.temporalPatchSize(),
            vision.patchSize(), vision.patchSize());
        weights.put(name, own(kernel.reshape(vision.width(), vision.patchValues())));
    }

    private static void packLayer(final VlmConfig config, final Weights weights, final String layer) {
        final long hidden = config.hiddenSize();
        final long inner = config.intermediateSize();
        final String attention = layer + "self_attn.";
        final long query = (long) config.heads() * config.headWidth();
        final long keys = (long) config.keyValueHeads() * config.headWidth();
        join(weights, attention + "qkv_proj.weight", take(weights, attention + "q_proj.weight", query, hidden),
            take(weights, attention + "k_proj.weight", keys, hidden), take(weights, attention + "v_proj.weight", keys, hidden));
        join(weights, attention + "qkv_proj.bias", take(weights, attention + "q_proj.bias", query),
            take(weights, attention + "k_proj.bias", keys), take(weights, attention + "v_proj.bias", keys));
        if (!config.mixture()) {
            join(weights, layer + "mlp.gate_up_proj.weight", take(weights, layer + "mlp.gate_proj.weight", inner, hidden),
                take(weights, layer + "mlp.up_proj.weight", inner, hidden));
            return;
        }
        final String experts = layer + ROUTED + "experts.";
        if (weights.contains(experts + config.experts() + ".gate_proj.weight")) {
            throw new ProfileException(weights.source() + ": " + layer + " holds more experts than the " + config.experts() + " configured");
        }
        stack(weights, experts + "gate_up_proj.weight", config.experts(), expert -> concat(
            take(weights, experts + expert + ".gate_proj.weight", inner, hidden),
            take(weights, experts + expert + ".up_proj.weight", inner, hidden)));
        stack(weights, experts + "down_proj.weight", config.experts(),
            expert -> take(weights, experts + expert + ".down_proj.weight", hidden, inner));
    }

    private static void split(final VlmConfig config, final String name, final NDArray array, final Map<String, NDArray> published) {
        final VisionConfig vision = config.vision();
        if (name.equals("visual.patch_embed.proj.weight")) {
            published.put(name, array.reshape(vision.width(), vision.channels(), vision.temporalPatchSize(), vision.patchSize(),
                vision.patchSize()));
        } else if (name.contains(".self_attn.qkv_proj.")) {
            final long query = (long) config.heads() * config.headWidth();
            final NDList parts = array.split(new long[]{query, query + (long) config.keyValueHeads() * config.headWidth()}, 0);
            published.put(name.replace("qkv_proj", "q_proj"), parts.get(0));
            published.put(name.replace("qkv_proj", "k_proj"), parts.get(1));
            published.put(name.replace("qkv_proj", "v_proj"), parts.get(2));
        } else if (name.contains(".experts.gate_up_proj.") || name.contains(".experts.down_proj.")) {
            final NDList experts = array.split(config.experts(), 0);
            for (int expert = 0; expert < experts.size(); expert++) {
                split(config, name.replace(".experts.", ".experts." + expert + '.'), experts.get(expert).squeeze(0), published);
            }
        } else if (name.contains(".gate_up_proj.")) {
            final NDList parts = array.split(2, 0);
            published.put(name.replace("gate_up_proj", "gate_proj"), parts.get(0));
            published.put(name.replace("gate_up_proj", "up_proj"), parts.get(1));
        } else {
            // A second handle: the caller's scope may close it and leave the weights alone.
            published.put(name, array.reshape(array.getShape()));
        }
    }

    private static NDArray take(final Weights weights, final String name, final long... shape) {
        weights.get(name, shape);
        return weights.remove(name);
    }

    private static void join(final Weights weights, final String name, final NDArray... parts) {
        weights.put(name, concat(parts));
    }

    private static NDArray concat(final NDArray... parts) {
        final NDArray joined = NDArrays.concat(new NDList(parts), 0);
        for (final NDArray part : parts) {
            part.close();
        }
        return joined;
    }

    private static void stack(final Weights weights, final String name, final int count, final IntFunction<NDArray> part) {
        final NDList parts = new NDList(count);
        for (int i = 0; i < count; i++) {
            parts.add(part.apply(i));
        }
        weights.put(name, NDArrays.stack(parts, 0));
        parts.close();
    }

    /** A copy that shares no memory with what it is a view of. */
    private static NDArray own(final NDArray view) {
        try (view) {
            return view.duplicate();
        }
    }
}
