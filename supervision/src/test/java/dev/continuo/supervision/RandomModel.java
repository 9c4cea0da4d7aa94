package dev.continuo.supervision;

import ai.djl.Device;
import dev.continuo.config.ActionSpace;
import dev.continuo.config.ArmProfile;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileReader;
import dev.continuo.hardware.kinematics.ArmChains;
import dev.continuo.hardware.kinematics.Pose;
import dev.continuo.hardware.kinematics.PoseFollower;
import dev.continuo.hardware.kinematics.PoseRow;
import dev.continuo.policy.ActionExpert;
import dev.continuo.policy.NormalizationStatistics;
import dev.continuo.policy.PolicyConfig;
import dev.continuo.policy.ScaleDpInitialization;
import dev.continuo.reasoning.network.Initialization;
import dev.continuo.reasoning.network.TensorLayout;
import dev.continuo.reasoning.network.VlmConfig;
import dev.continuo.reasoning.tensor.TensorType;
import dev.continuo.reasoning.tensor.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A model of the nano size that was never trained: everything that runs can be tried with it, only not well. */
public final class RandomModel {
    private static final List<String> SETTINGS = List.of("config.json", "preprocessor_config.json", "tokenizer.json", "policy_config.json");
    private static final double SWAY_RADIANS = 0.15;
    private static final double SWAY_METRES = 0.01;

    private RandomModel() {
    }

    /**
     * Writes a model.
     *
     * @param settings a folder with the nano model's settings and tokenizer
     * @param target   receives the model; its chunks stay near the profile's ready poses
     */
    public static void write(final Path settings, final Path target, final Profile profile, final long seed) throws IOException {
        Files.createDirectories(target);
        for (final String name : SETTINGS) {
            Files.copy(settings.resolve(name), target.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        final VlmConfig vlm = VlmConfig.load(target);
        try (Weights weights = Initialization.random(vlm, seed, Device.cpu())) {
            TensorLayout.save(vlm, weights, target.resolve("model.safetensors"), TensorType.F32, Map.of());
        }
        final Path expert = Files.createDirectories(target.resolve(profile.model().policy()));
        final PolicyConfig policy = sized(PolicyConfig.load(target.resolve(PolicyConfig.FILE)), profile);
        policy.save(expert.resolve(PolicyConfig.FILE));
        try (Weights weights = ScaleDpInitialization.random(policy, seed, Device.cpu())) {
            weights.save(expert.resolve(ActionExpert.WEIGHTS_FILE), TensorType.F32, Map.of());
        }
        statistics(profile).save(expert.resolve(NormalizationStatistics.FILE));
    }

    private static PolicyConfig sized(final PolicyConfig config, final Profile profile) {
        return new PolicyConfig(config.blocks(), config.width(), config.heads(), profile.playback().chunkRows(), profile.columns(),
            profile.columns(), config.conditionSize(), config.trainTimesteps(), config.inferenceSteps(), config.prediction(), config.conditioning());
    }

    private static NormalizationStatistics statistics(final Profile profile) {
        final double[] centre = new double[profile.columns()];
        final double[] low = new double[centre.length];
        final double[] high = new double[centre.length];
        int column = 0;
        for (final ArmProfile arm : profile.arms()) {
            final double[] ready = columns(arm);
            for (int own = 0; own < ready.length; own++, column++) {
                final double sway = own == ready.length - 1 || arm.actions() == ActionSpace.POSE ? SWAY_METRES : SWAY_RADIANS;
                centre[column] = ready[own];
                low[column] = centre[column] - sway;
                high[column] = centre[column] + sway;
            }
        }
        final double[] deviation = new double[centre.length];
        Arrays.fill(deviation, SWAY_RADIANS);
        return new NormalizationStatistics(low, high, centre, deviation);
    }

    /** The ready pose as the columns of an arm's actions. */
    private static double[] columns(final ArmProfile arm) {
        final double[] ready = arm.readyPose().toArray();
        if (arm.actions() == ActionSpace.JOINTS) {
            return ready;
        }
        final Pose pose = new Pose();
        new PoseFollower(ArmChains.of(arm.driver()), arm.base(), ready).toolPose(ready, pose);
        final double[] row = new double[ActionSpace.POSE_COLUMNS];
        PoseRow.write(pose, ready[ready.length - 1], row, 0);
        return row;
    }

    /** Writes a model from a shell: settings folder, target folder, profile. */
    public static void main(final String[] arguments) throws IOException {
        write(Path.of(arguments[0]), Path.of(arguments[1]), ProfileReader.read(arguments[2]), 1);
    }
}
