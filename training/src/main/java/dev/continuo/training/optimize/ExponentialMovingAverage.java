package dev.continuo.training.optimize;

import ai.djl.ndarray.NDArray;
import dev.continuo.reasoning.tensor.GradientMode;
import dev.continuo.reasoning.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A slowly following copy of parameters, which samples better than the parameters themselves. Its decay rises with the steps,
 * {@code 1 - (1 + step)^(-3/4)} up to a maximum, so that the random beginning is soon forgotten. Not thread-safe.
 */
public final class ExponentialMovingAverage implements AutoCloseable {

    private static final double POWER = -0.75;

    private final Weights parameters;
    private final Weights averages;
    private final List<String> following = new ArrayList<>();
    private final double maximumDecay;
    private final String prefix;

    /**
     * Starts as a copy of the parameters, all of which are followed.
     *
     * @param parameters   what is followed
     * @param maximumDecay the decay that late steps have
     */
    public ExponentialMovingAverage(final Weights parameters, final double maximumDecay) {
        this("", parameters, maximumDecay, _ -> true);
    }

    /**
     * Starts as a copy of the parameters.
     *
     * @param prefix       what their names begin with in a checkpoint, so that no two averages have one of the same name
     * @param parameters   what is followed
     * @param maximumDecay the decay that late steps have
     * @param learning     the names of the parameters that change; the others stay copies
     */
    public ExponentialMovingAverage(
        final String prefix, final Weights parameters, final double maximumDecay, final Predicate<String> learning) {
        this.prefix = prefix;
        this.parameters = parameters;
        this.maximumDecay = maximumDecay;
        averages = Weights.empty("average of " + parameters.source(), parameters.device());
        parameters.arrays().forEach((name, parameter) -> {
            averages.put(name, parameter.duplicate());
            if (learning.test(name)) {
                following.add(name);
            }
        });
    }

    /** The averages by the parameters' names: these very arrays change with every update. */
    public Weights averages() {
        return averages;
    }

    /** What the names of the averages begin with in a checkpoint. */
    String prefix() {
        return prefix;
    }

    /** The decay of a step, counted from 0. */
    public double decay(final long step) {
        return Math.min(maximumDecay, 1 - Math.pow(1.0 + step, POWER));
    }

    /** Follows the parameters after a step, counted from 0. */
    public void update(final long step) {
        final double decay = decay(step);
        try (GradientMode _ = GradientMode.off()) {
            for (final String name : following) {
                try (NDArray part = parameters.get(name).mul(1 - decay)) {
                    averages.get(name).muli(decay).addi(part);
                }
            }
        }
    }

    @Override
    public void close() {
        averages.close();
    }
}
