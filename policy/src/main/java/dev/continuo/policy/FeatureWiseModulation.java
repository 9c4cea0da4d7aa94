package dev.continuo.policy;

import ai.djl.ndarray.NDArray;
import dev.continuo.reasoning.tensor.Weights;

/**
 * FiLM as DexVLA wires it (chatvla2.md section 2.4): {@code h = o·(1 + scale(r)) + shift(r) + raw}, where o and r are the projected
 * conditions and {@code raw} is the observation before its projection. At first scale and shift are 0.
 */
final class FeatureWiseModulation {

    /** Name of the layer that scales. */
    static final String SCALE = "film.scale";

    /** Name of the layer that shifts. */
    static final String SHIFT = "film.shift";

    private final Dense scale;
    private final Dense shift;

    FeatureWiseModulation(final Weights weights, final int size) {
        scale = Dense.of(weights, SCALE, size, size);
        shift = Dense.of(weights, SHIFT, size, size);
    }

    /** Conditions [B, d] to what the layers are conditioned on, [B, d]. */
    NDArray apply(final NDArray observation, final NDArray reasoning, final NDArray raw) {
        return observation.mul(scale.apply(reasoning).add(1)).add(shift.apply(reasoning)).add(raw);
    }
}
