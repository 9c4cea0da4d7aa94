package dev.continuo.benchmarks.model;

import ai.djl.Device;
import dev.continuo.policy.ActionExpert;
import dev.continuo.policy.ExpertNetwork;
import dev.continuo.policy.NormalizationStatistics;
import dev.continuo.policy.PolicyConfig;
import dev.continuo.policy.ScaleDpInitialization;
import dev.continuo.reasoning.network.Initialization;
import dev.continuo.reasoning.network.PackedDecoder;
import dev.continuo.reasoning.network.Task;
import dev.continuo.reasoning.network.TensorLayout;
import dev.continuo.reasoning.network.VlmConfig;
import dev.continuo.reasoning.network.VlmNetwork;
import dev.continuo.reasoning.tensor.Weights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The networks that are timed. The times do not depend on what the weights are, so random ones do where none are shipped.
 *
 * @param network       of the vision-language model
 * @param decoder       of the same, for one token at a time
 * @param vlmWeights    its weights
 * @param expert        the action expert
 * @param expertNetwork the same as it is trained
 * @param expertWeights the weights of both, which the former closes
 * @param shipped       whether the weights are those of the model's folder
 */
record MeasuredModel(VlmNetwork network, PackedDecoder decoder, Weights vlmWeights, ActionExpert expert, ExpertNetwork expertNetwork,
    Weights expertWeights, boolean shipped) implements AutoCloseable {
    private static final long SEED = 1;
    private static final List<String> FILES =
        List.of("model.safetensors", ActionExpert.WEIGHTS_FILE, NormalizationStatistics.FILE);

    /** The model of a folder: its weights if it has any, random ones otherwise. */
    static MeasuredModel of(final Path folder) {
        return FILES.stream().allMatch(file -> Files.exists(folder.resolve(file))) ? shipped(folder) : random(folder);
    }

    private static MeasuredModel shipped(final Path folder) {
        final VlmConfig config = VlmConfig.load(folder);
        final Weights weights = TensorLayout.load(config, folder.resolve(FILES.getFirst()), Device.cpu());
        final PolicyConfig policy = PolicyConfig.load(folder.resolve(PolicyConfig.FILE));
        final Weights expertWeights = Weights.load(folder.resolve(ActionExpert.WEIGHTS_FILE), Device.cpu());
        final NormalizationStatistics statistics = NormalizationStatistics.load(folder.resolve(NormalizationStatistics.FILE));
        return new MeasuredModel(
            new VlmNetwork(config, weights), new PackedDecoder(config, weights, Task.ROBOT), weights, new ActionExpert(policy, statistics, expertWeights),
            new ExpertNetwork(policy, expertWeights), expertWeights, true);
    }

    /** Random weights of the sizes that a folder configures. */
    static MeasuredModel random(final Path folder) {
        final VlmConfig config = VlmConfig.load(folder);
        final Weights weights = Initialization.random(config, SEED, Device.cpu());
        final PolicyConfig policy = PolicyConfig.load(folder.resolve(PolicyConfig.FILE));
        final Weights expertWeights = ScaleDpInitialization.random(policy, SEED, Device.cpu());
        final NormalizationStatistics unit = new NormalizationStatistics(filled(policy.actionSize(), -1), filled(policy.actionSize(), 1),
            filled(policy.stateSize(), 0), filled(policy.stateSize(), 1));
        return new MeasuredModel(
            new VlmNetwork(config, weights), new PackedDecoder(config, weights, Task.ROBOT), weights, new ActionExpert(policy, unit, expertWeights),
            new ExpertNetwork(policy, expertWeights), expertWeights, false);
    }

    private static double[] filled(final int size, final double value) {
        final double[] values = new double[size];
        Arrays.fill(values, value);
        return values;
    }

    @Override
    public void close() {
        vlmWeights.close();
        expert.close();
    }
}
