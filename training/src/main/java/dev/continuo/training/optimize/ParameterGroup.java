package dev.continuo.training.optimize;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Parameters that are optimised alike.
 *
 * @param parameters        arrays by name
 * @param learningRateScale what the schedule's learning rate is multiplied by
 * @param weightDecay       decoupled decay per step, before the learning rate is applied to it
 */
public record ParameterGroup(Map<String, NDArray> parameters, double learningRateScale, double weightDecay) {

    /** Takes a copy of the map; the arrays are the same. */
    public ParameterGroup {
        parameters = new LinkedHashMap<>(parameters);
        if (!(learningRateScale >= 0) || !(weightDecay >= 0)) {
            throw new IllegalArgumentException("learning rate scale " + learningRateScale + " and weight decay " + weightDecay
                + " must not be negative");
        }
    }

    /** Parameters with the schedule's own learning rate, and decay on those of at least two axes: on weights, not on biases and norms. */
    public static ParameterGroup[] of(final Map<String, NDArray> parameters, final double weightDecay) {
        final Map<String, NDArray> decaying = new LinkedHashMap<>();
        final Map<String, NDArray> plain = new LinkedHashMap<>();
        parameters.forEach((name, array) -> (array.getShape().dimension() > 1 ? decaying : plain).put(name, array));
        return new ParameterGroup[] {new ParameterGroup(decaying, 1, weightDecay), new ParameterGroup(plain, 1, 0)};
    }
}
