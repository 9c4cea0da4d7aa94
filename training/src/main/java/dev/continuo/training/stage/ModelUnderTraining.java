package dev.continuo.training.stage;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import dev.continuo.policy.ActionExpert;
import dev.continuo.policy.NormalizationStatistics;
import dev.continuo.policy.PolicyConfig;
import dev.continuo.policy.ScaleDpInitialization;
import dev.continuo.reasoning.network.Initialization;
import dev.continuo.reasoning.network.TensorLayout;
import dev.continuo.reasoning.network.VlmConfig;
import dev.continuo.reasoning.network.VlmNetwork;
import dev.continuo.reasoning.tensor.GradientMode;
import dev.continuo.reasoning.tensor.SafetensorsWriter;
import dev.continuo.reasoning.tensor.TensorType;
import dev.continuo.reasoning.tensor.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The vision-language model and the action expert while they are trained, in memory and as a folder between stages. For one thread. */
final class ModelUnderTraining implements AutoCloseable {
    private static final String VLM_FILE = "model.safetensors";
    /** Parts of the names of tensors between the conditions and the expert. */
    private static final List<String> CONDITIONING =
        List.of("input_action_proj", "reasoning_action_proj", "norm_after_pool", "cond_obs_emb", "cond_reasoning_emb");

    private final VlmConfig vlmConfig;
    private final Weights vlmWeights;
    private final Weights expertWeights;
    private final VlmNetwork network;
    private final ActionExpert expert;

    private ModelUnderTraining(final VlmConfig vlmConfig, final Weights vlmWeights, final PolicyConfig policyConfig,
        final Weights expertWeights, final NormalizationStatistics statistics) {
        this.vlmConfig = vlmConfig;
        this.vlmWeights = vlmWeights;
        this.expertWeights = expertWeights;
        network = new VlmNetwork(vlmConfig, vlmWeights);
        expert = new ActionExpert(policyConfig, statistics, expertWeights);
    }

    /** Random weights for the sizes that the model's folder gives. */
    static ModelUnderTraining random(final Path sizes, final NormalizationStatistics statistics, final long seed) {
        final VlmConfig vlm = VlmConfig.load(sizes);
        final PolicyConfig policy = PolicyConfig.load(sizes.resolve(PolicyConfig.FILE));
        return new ModelUnderTraining(vlm, Initialization.random(vlm, seed, Device.cpu()), policy,
            ScaleDpInitialization.random(policy, seed + 1, Device.cpu()), statistics);
    }

    /** The weights that a stage left in {@code folder}. */
    static ModelUnderTraining load(final Path sizes, final Path folder, final NormalizationStatistics statistics) {
        final VlmConfig vlm = VlmConfig.load(sizes);
        final PolicyConfig policy = PolicyConfig.load(sizes.resolve(PolicyConfig.FILE));
        final Weights weights = Weights.load(folder.resolve(VLM_FILE), Device.cpu());
        TensorLayout.pack(vlm, weights);
        return new ModelUnderTraining(
            vlm, weights, policy, Weights.load(folder.resolve(ActionExpert.WEIGHTS_FILE), Device.cpu()), statistics);
    }

    /**
     * The vision-language model of one stage with the expert of another. What the expert makes of its conditions is drawn anew: it was
     * trained on conditions of another kind, as the paper's expert was.
     */
    static ModelUnderTraining join(final Path sizes, final Path vlmFolder, final Path expertFolder,
        final NormalizationStatistics statistics, final long seed) {
        final ModelUnderTraining model = load(sizes, vlmFolder, statistics);
        model.expertWeights.close();
        final PolicyConfig policy = PolicyConfig.load(sizes.resolve(PolicyConfig.FILE));
        final Weights expert = Weights.load(expertFolder.resolve(ActionExpert.WEIGHTS_FILE), Device.cpu());
        try (Weights fresh = ScaleDpInitialization.random(policy, seed + 2, Device.cpu())) {
            for (final String name : fresh.names()) {
                if (CONDITIONING.stream().anyMatch(name::contains)) {
                    expert.put(name, fresh.get(name).duplicate());
                }
            }
        }
        return new ModelUnderTraining(model.vlmConfig, model.vlmWeights, policy, expert, statistics);
    }

    VlmNetwork network() {
        return network;
    }

    VlmConfig vlmConfig() {
        return vlmConfig;
    }

    ActionExpert expert() {
        return expert;
    }

    Weights vlmWeights() {
        return vlmWeights;
    }

    Weights expertWeights() {
        return expertWeights;
    }

    /** Names that no two parameters share. */
    static Map<String, NDArray> prefixed(final String prefix, final Weights weights) {
        final Map<String, NDArray> named = new TreeMap<>();
        weights.arrays().forEach((name, array) -> named.put(prefix + name, array));
        return named;
    }

    /**
     * Rounds the vision-language model to half precision, in which it is published. The expert stands on small differences between
     * conditions: it has to learn on the very weights that it will be used with.
     */
    void roundVlm() {
        try (GradientMode _ = GradientMode.off(); NDManager scope = vlmWeights.newScope()) {
            vlmWeights.arrays().values().forEach(array -> {
                try (NDArray half = array.toType(DataType.FLOAT16, true); NDArray rounded = half.toType(DataType.FLOAT32, true)) {
                    half.attach(scope);
                    rounded.attach(scope);
                    array.set(new NDIndex("..."), rounded);
                }
            });
        }
    }

    /** Writes what ships: the vision-language model in half precision, see {@link #roundVlm}, the expert in single. */
    void publish(final Path folder, final Map<String, String> metadata) {
        save(folder, vlmWeights, TensorType.F16, expertWeights, metadata);
    }

    /**
     * Writes weights in the published layout, in single precision.
     *
     * @param vlm    this model's or their averages
     * @param expert this model's or their averages
     */
    void save(final Path folder, final Weights vlm, final Weights expert, final Map<String, String> metadata) {
        save(folder, vlm, TensorType.F32, expert, metadata);
    }

    private void save(
        final Path folder, final Weights vlm, final TensorType vlmType, final Weights expert, final Map<String, String> metadata) {
        try {
            Files.createDirectories(folder);
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
        try (NDManager scope = vlm.newScope()) {
            SafetensorsWriter.write(folder.resolve(VLM_FILE), TensorLayout.publish(vlmConfig, vlm, scope), vlmType, metadata);
        }
        expert.save(folder.resolve(ActionExpert.WEIGHTS_FILE), TensorType.F32, metadata);
    }

    @Override
    public void close() {
        vlmWeights.close();
        expertWeights.close();
    }
}
