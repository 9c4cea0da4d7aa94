package dev.continuo.policy;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import dev.continuo.reasoning.tensor.Weights;

/**
 * What brings a mean-pooled hidden state of the vision-language model into the space of the action expert: linear, GELU, linear
 * (chatvla2.md section 1.4, step 3). One for the prompt, one for the reasoning.
 */
final class ConditionProjection {

    /** Name of the projection of the prompt's hidden state. */
    static final String OBSERVATION = "input_action_proj";

    /** Name of the projection of the reasoning's hidden state. */
    static final String REASONING = "reasoning_action_proj";

    private final Dense first;
    private final Dense second;

    ConditionProjection(final String name, final Weights weights, final int size) {
        first = Dense.of(weights, name + ".mlps.0", size, size);
        second = Dense.of(weights, name + ".mlps.2", size, size);
    }

    /** Projects [B, d]. */
    NDArray apply(final NDArray pooled) {
        return second.apply(Activation.gelu(first.apply(pooled)));
    }
}
