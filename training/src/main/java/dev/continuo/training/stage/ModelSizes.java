package dev.continuo.training.stage;

import dev.continuo.policy.PolicyConfig;
import dev.continuo.reasoning.network.VlmConfig;
import dev.continuo.training.data.Robot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * The sizes of a vision-language model and of its action experts.
 *
 * @param vlm      the former's
 * @param policies the latter's
 */
record ModelSizes(VlmConfig vlm, Map<Robot, PolicyConfig> policies) {
    /** Those that a model's folder gives: an expert is trained for each robot whose configuration is there, and always for {@link Robot#ARX}. */
    static ModelSizes load(final Path folder) {
        final Map<Robot, PolicyConfig> policies = new EnumMap<>(Robot.class);
        for (final Robot robot : Robot.values()) {
            final Path file = robot.in(folder).resolve(PolicyConfig.FILE);
            if (robot == Robot.ARX || Files.isRegularFile(file)) {
                policies.put(robot, PolicyConfig.load(file));
            }
        }
        return new ModelSizes(VlmConfig.load(folder), policies);
    }

    /** Those of the model that the stages before co-training make: dense, as the model that the paper starts from. */
    ModelSizes pretrained() {
        return new ModelSizes(vlm.withExperts(0, 0), policies);
    }
}
