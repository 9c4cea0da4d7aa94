package dev.continuo.training.optimize;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A slowly following copy of parameters, which samples better than the parameters themselves. Its decay rises with the steps,
 * {@code 1 - (1 + step)^(-3/4)} up to a maximum, so that the random beginning is soon forgotten. Not thread-safe.
 */
public final class ExponentialMovingAverage {

    private static final double POWER = -0.75;

    private final Map<String, NDArray> parameters;
    private final Map<String, NDArray> averages = new LinkedHashMap<>();
    private final double maximumDecay;

    /**
     * Starts as a copy of the parameters; the copies live as long as the parameters' manager.
     *
     * @param parameters   arrays by name
     * @param maximumDecay the decay that late steps have
     */
    public ExponentialMovingAverage(final Map<String, NDArray> parameters, final double maximumDecay) {
        this.parameters = new LinkedHashMap<>(parameters);
        this.maximumDecay = maximumDecay;
        parameters.forEach((name, parameter) -> averages.put(name, parameter.duplicate()));
    }

    /** The averages by the parameters' names: these very arrays change with every update. */
    public Map<String, NDArray> averages() {
        return Collections.unmodifiableMap(averages);
    }

    /** The decay of a step, counted from 0. */
    public double decay(final long step) {
        return Math.min(maximumDecay, 1 - Math.pow(1.0 + step, POWER));
    }

    /** Follows the parameters after a step, counted from 0. */
    public void update(final long step) {
        final double decay = decay(step);
        final boolean gradients = JniUtils.isGradMode();
        JniUtils.setGradMode(false);
        try {
            averages.forEach((name, average) -> {
                try (NDArray part = parameters.get(name).mul(1 - decay)) {
                    average.muli(decay).addi(part);
                }
            });
        } finally {
            JniUtils.setGradMode(gradients);
        }
    }
}
