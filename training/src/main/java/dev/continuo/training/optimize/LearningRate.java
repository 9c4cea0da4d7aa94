package dev.continuo.training.optimize;

/** The learning rate as a function of the step, counted from 0. */
@FunctionalInterface
public interface LearningRate {

    /** The rate of a step. */
    double at(long step);

    /** The same rate at every step. */
    static LearningRate constant(final double rate) {
        return step -> rate;
    }

    /**
     * A linear rise to the peak, then half a cosine down to the floor, where it stays.
     *
     * @param peak        highest rate
     * @param floor       last rate
     * @param warmUpSteps steps of the rise; step {@code warmUpSteps - 1} is the first at the peak
     * @param totalSteps  steps of rise and fall together
     */
    static LearningRate warmUpAndCosine(final double peak, final double floor, final long warmUpSteps, final long totalSteps) {
        if (warmUpSteps < 0 || totalSteps <= warmUpSteps || !(floor >= 0) || !(peak >= floor)) {
            throw new IllegalArgumentException(
                "no schedule from " + peak + " to " + floor + " with " + warmUpSteps + " of " + totalSteps + " steps warm-up");
        }
        return step -> {
            if (step < warmUpSteps) {
                return peak * (step + 1) / warmUpSteps;
            }
            final double done = Math.min(1, (double) (step - warmUpSteps) / (totalSteps - warmUpSteps));
            return floor + (peak - floor) * (1 + Math.cos(Math.PI * done)) / 2;
        };
    }
}
