package dev.continuo.training.stage;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import dev.continuo.policy.ActionExpert;
import dev.continuo.policy.ExpertNetwork;
import dev.continuo.policy.PolicyConfig;
import dev.continuo.policy.ScaleDpInitialization;
import dev.continuo.reasoning.network.Initialization;
import dev.continuo.reasoning.network.Task;
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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The vision-language model and the action expert while they are trained, in memory and as a folder between stages. For one thread. */
final class ModelUnderTraining implements AutoCloseable {
    private static final String VLM_FILE = "model.safetensors";
    /** Parts of the names of tensors between the conditions and the expert. */
    private static final List<String> CONDITIONING =
        List.of("input_action_proj", "reasoning_action_proj", "norm_after_pool", "cond_obs_emb", "cond_reasoning_emb", "film.");

    private final VlmConfig vlmConfig;
    private final Weights vlmWeights;
    private final Weights expertWeights;
    private final Map<Task, VlmNetwork> networks = new EnumMap<>(Task.class);
    private final ExpertNetwork expert;

    private ModelUnderTraining(final VlmConfig vlmConfig, final Weights vlmWeights, final PolicyConfig policyConfig,
        final Weights expertWeights) {
        this.vlmConfig = vlmConfig;
        this.vlmWeights = vlmWeights;
        this.expertWeights = expertWeights;
        for (final Task task : Task.values()) {
            networks.put(task, new VlmNetwork(vlmConfig, vlmWeights, task));
        }
        expert = new ExpertNetwork(policyConfig, expertWeights);
    }

    /** Random weights. */
    static ModelUnderTraining random(final ModelSizes sizes, final long seed) {
        return new ModelUnderTraining(sizes.vlm(), Initialization.random(sizes.vlm(), seed, Device.cpu()), sizes.policy(),
            ScaleDpInitialization.random(sizes.policy(), seed + 1, Device.cpu()));
    }

    /** The weights that a stage left in {@code folder}. */
    static ModelUnderTraining load(final ModelSizes sizes, final Path folder) {
        return new ModelUnderTraining(sizes.vlm(), vlm(sizes, folder), sizes.policy(), expert(folder));
    }

    /**
     * The pretrained vision-language model with the pretrained expert. Where the model is a mixture, each of its experts begins as a copy of the
     * dense layer (chatvla2.md section 1.3). What the action expert makes of its conditions is drawn anew: it was trained on conditions of another
     * kind, as the paper's was.
     */
    static ModelUnderTraining join(final ModelSizes sizes, final Path vlmFolder, final Path expertFolder, final long seed) {
        final Weights language = vlm(sizes.pretrained(), vlmFolder);
        if (sizes.vlm().mixture()) {
            Initialization.expertsFromDense(sizes.vlm(), language, seed);
        }
        final Weights expert = expert(expertFolder);
        try (Weights fresh = ScaleDpInitialization.random(sizes.policy(), seed + 2, Device.cpu())) {
            for (final String name : fresh.names()) {
                if (CONDITIONING.stream().anyMatch(name::contains)) {
                    expert.put(name, fresh.get(name).duplicate());
                }
            }
        }
        return new ModelUnderTraining(sizes.vlm(), language, sizes.policy(), expert);
    }

    private static Weights vlm(final ModelSizes sizes, final Path folder) {
        return TensorLayout.load(sizes.vlm(), folder.resolve(VLM_FILE), Device.cpu());
    }

    private static Weights expert(final Path folder) {
        return Weights.load(folder.resolve(ActionExpert.WEIGHTS_FILE), Device.cpu());
    }

    VlmNetwork network(final Task task) {
        return networks.get(task);
    }

    VlmConfig vlmConfig() {
        return vlmConfig;
    }

    ExpertNetwork expert() {
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

    /** Writes the vision-language model as it ships. */
    void publishVlm(final Path folder, final Map<String, String> metadata) {
        saveVlm(folder, vlmWeights, TensorType.F16, metadata);
    }

    private void save(
        final Path folder, final Weights vlm, final TensorType vlmType, final Weights expert, final Map<String, String> metadata) {
        saveVlm(folder, vlm, vlmType, metadata);
        expert.save(folder.resolve(ActionExpert.WEIGHTS_FILE), TensorType.F32, metadata);
    }

    private void saveVlm(final Path folder, final Weights vlm, final TensorType type, final Map<String, String> metadata) {
        try {
            Files.createDirectories(folder);
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
        try (NDManager scope = vlm.newScope()) {
            SafetensorsWriter.write(folder.resolve(VLM_FILE), TensorLayout.publish(vlmConfig, vlm, scope), type, metadata);
        }
    }

    @Override
    public void close() {
        vlmWeights.close();
        expertWeights.close();
    }
}
