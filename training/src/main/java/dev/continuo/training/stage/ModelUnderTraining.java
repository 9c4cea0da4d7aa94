package dev.continuo.training.stage;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import dev.continuo.policy.ActionExpert;
import dev.continuo.policy.ExpertNetwork;
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
import dev.continuo.training.data.Robot;
import dev.continuo.training.optimize.ExponentialMovingAverage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** The vision-language model and the action experts while they are trained, in memory and as a folder between stages. For one thread. */
final class ModelUnderTraining implements AutoCloseable {
    private static final String VLM_FILE = "model.safetensors";
    /** Parts of the names of tensors between the conditions and the expert. */
    private static final List<String> CONDITIONING =
        List.of("input_action_proj", "reasoning_action_proj", "norm_after_pool", "cond_obs_emb", "cond_reasoning_emb", "film.");

    private final VlmConfig vlmConfig;
    private final Weights vlmWeights;
    private final Map<Robot, Weights> expertWeights;
    private final Map<Task, VlmNetwork> networks = new EnumMap<>(Task.class);
    private final Map<Robot, ExpertNetwork> experts = new EnumMap<>(Robot.class);

    private ModelUnderTraining(final ModelSizes sizes, final Weights vlmWeights, final Function<Robot, Weights> expertOf) {
        vlmConfig = sizes.vlm();
        this.vlmWeights = vlmWeights;
        for (final Task task : Task.values()) {
            networks.put(task, new VlmNetwork(vlmConfig, vlmWeights, task));
        }
        expertWeights = new EnumMap<>(Robot.class);
        sizes.policies().forEach((robot, policy) -> {
            expertWeights.put(robot, expertOf.apply(robot));
            experts.put(robot, new ExpertNetwork(policy, expertWeights.get(robot)));
        });
    }

    /** Random weights. */
    static ModelUnderTraining random(final ModelSizes sizes, final long seed) {
        return new ModelUnderTraining(sizes, Initialization.random(sizes.vlm(), seed, Device.cpu()), robot -> random(sizes, robot, seed + 1));
    }

    private static Weights random(final ModelSizes sizes, final Robot robot, final long seed) {
        return ScaleDpInitialization.random(sizes.policies().get(robot), seed, Device.cpu());
    }

    /** The weights that a stage left in {@code folder}. */
    static ModelUnderTraining load(final ModelSizes sizes, final Path folder) {
        return new ModelUnderTraining(sizes, vlm(sizes, folder), robot -> expert(robot, folder));
    }

    /** The weights in a folder that somebody gives; experts that it has none of are random. */
    static ModelUnderTraining given(final ModelSizes sizes, final Path folder, final long seed) {
        return new ModelUnderTraining(sizes, vlm(sizes, folder), robot ->
            Files.isRegularFile(robot.in(folder).resolve(ActionExpert.WEIGHTS_FILE)) ? expert(robot, folder) : random(sizes, robot, seed + 1));
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
        return new ModelUnderTraining(sizes, language, robot -> {
            final Weights expert = expert(robot, expertFolder);
            try (Weights fresh = random(sizes, robot, seed + 2)) {
                for (final String name : fresh.names()) {
                    if (CONDITIONING.stream().anyMatch(name::contains)) {
                        expert.put(name, fresh.get(name).duplicate());
                    }
                }
            }
            return expert;
        });
    }

    private static Weights vlm(final ModelSizes sizes, final Path folder) {
        return TensorLayout.load(sizes.vlm(), folder.resolve(VLM_FILE), Device.cpu());
    }

    private static Weights expert(final Robot robot, final Path folder) {
        return Weights.load(robot.in(folder).resolve(ActionExpert.WEIGHTS_FILE), Device.cpu());
    }

    VlmNetwork network(final Task task) {
        return networks.get(task);
    }

    VlmConfig vlmConfig() {
        return vlmConfig;
    }

    /** The robots that have an expert. */
    Set<Robot> robots() {
        return experts.keySet();
    }

    ExpertNetwork expert(final Robot robot) {
        return experts.get(robot);
    }

    Weights vlmWeights() {
        return vlmWeights;
    }

    Weights expertWeights(final Robot robot) {
        return expertWeights.get(robot);
    }

    /** What the names of an expert's parameters begin with. */
    static String prefix(final Robot robot) {
        return robot.prefix('-') + "expert/";
    }

    /** An average of an expert's weights, whose names in a checkpoint are those of no other expert's. */
    static ExponentialMovingAverage average(final Robot robot, final Weights weights, final double decay, final Predicate<String> learning) {
        return new ExponentialMovingAverage(robot.prefix('/'), weights, decay, learning);
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

    /** Writes what ships: the vision-language model in half precision, see {@link #roundVlm}, the experts in single. */
    void publish(final Path folder, final Map<String, String> metadata) {
        saveVlm(folder, vlmWeights, TensorType.F16, metadata);
        saveExperts(folder, expertWeights, metadata);
    }

    /**
     * Writes weights in the published layout, in single precision.
     *
     * @param vlm     this model's or their averages
     * @param experts this model's or their averages
     */
    void save(final Path folder, final Weights vlm, final Map<Robot, Weights> experts, final Map<String, String> metadata) {
        saveVlm(folder, vlm, TensorType.F32, metadata);
        saveExperts(folder, experts, metadata);
    }

    /** Writes this vision-language model in single precision. */
    void saveVlm(final Path folder, final Map<String, String> metadata) {
        saveVlm(folder, vlmWeights, TensorType.F32, metadata);
    }

    /** Writes the vision-language model as it ships. */
    void publishVlm(final Path folder, final Map<String, String> metadata) {
        saveVlm(folder, vlmWeights, TensorType.F16, metadata);
    }

    private static void saveExperts(final Path folder, final Map<Robot, Weights> experts, final Map<String, String> metadata) {
        experts.forEach((robot, weights) -> {
            create(robot.in(folder));
            weights.save(robot.in(folder).resolve(ActionExpert.WEIGHTS_FILE), TensorType.F32, metadata);
        });
    }

    private static void create(final Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void saveVlm(final Path folder, final Weights vlm, final TensorType type, final Map<String, String> metadata) {
        create(folder);
        try (NDManager scope = vlm.newScope()) {
            SafetensorsWriter.write(folder.resolve(VLM_FILE), TensorLayout.publish(vlmConfig, vlm, scope), type, metadata);
        }
    }

    @Override
    public void close() {
        vlmWeights.close();
        expertWeights.values().forEach(Weights::close);
    }
}
