package dev.continuo.training.stage;

import dev.continuo.policy.PolicyConfig;
import dev.continuo.reasoning.network.VlmConfig;
import java.nio.file.Path;

/**
 * The sizes of a vision-language model and of its action expert.
 *
 * @param vlm    the former's
 * @param policy the latter's
 */
record ModelSizes(VlmConfig vlm, PolicyConfig policy) {
    /** Those that a model's folder gives. */
    static ModelSizes load(final Path folder) {
        return new ModelSizes(VlmConfig.load(folder), PolicyConfig.load(folder.resolve(PolicyConfig.FILE)));
    }

    /** Those of the model that the stages before co-training make: dense, as the model that the paper starts from. */
    ModelSizes pretrained() {
        return new ModelSizes(vlm.withExperts(0, 0), policy);
    }
}
