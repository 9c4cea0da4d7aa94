package dev.continuo.training.optimize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.continuo.reasoning.tensor.GradientMode;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Adam with decoupled weight decay, in place; the same numbers as {@code torch.optim.AdamW}. On a CPU in one pass over the memory of each
 * parameter, elsewhere by the engine.
 *
 * <p>A parameter that a step did not reach counts as one with gradient zero, whether or not an earlier step has reached it: a run that is
 * resumed goes on as if it had never stopped. Not thread-safe.
 */
public final class AdamW {

    private record Slot(PtNDArray parameter, PtNDArray firstMoment, PtNDArray secondMoment, ParameterGroup group, Optional<Floats> floats) {
        static Slot of(final PtNDArray parameter, final ParameterGroup group) {
            final PtNDArray first = (PtNDArray) parameter.zerosLike();
            final PtNDArray second = (PtNDArray) parameter.zerosLike();
            return new Slot(parameter, first, second, group,
                parameter.getDevice().isGpu() ? Optional.empty() : Optional.of(Floats.of(parameter, first, second)));
        }
    }

    private record Floats(FloatBuffer parameter, FloatBuffer firstMoment, FloatBuffer secondMoment) {
        static Floats of(final PtNDArray parameter, final PtNDArray firstMoment, final PtNDArray secondMoment) {
            return new Floats(AdamPass.floatsOf(parameter), AdamPass.floatsOf(firstMoment), AdamPass.floatsOf(secondMoment));
        }
    }

    private final AdamPass pass = new AdamPass();
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final double firstDecay;
    private final double secondDecay;
    private final double epsilon;
    private long steps;

    /**
     * Makes each parameter a leaf of the gradients, and its moments, which live as long as the parameter's manager.
     *
     * @param groups      the parameters; no name twice
     * @param firstDecay  beta 1
     * @param secondDecay beta 2
     * @param epsilon     keeps the division finite
     */
    public AdamW(final List<ParameterGroup> groups, final double firstDecay, final double secondDecay, final double epsilon) {
        this.firstDecay = firstDecay;
        this.secondDecay = secondDecay;
        this.epsilon = epsilon;
        for (final ParameterGroup group : groups) {
            group.parameters().forEach((name, parameter) -> {
                parameter.setRequiresGradient(true);
                if (slots.put(name, Slot.of((PtNDArray) parameter, group)) != null) {
                    throw new IllegalArgumentException("parameter " + name + " is in two groups");
                }
            });
        }
    }

    /** All parameters. */
    public Collection<NDArray> parameters() {
        final List<NDArray> parameters = new ArrayList<>(slots.size());
        slots.values().forEach(slot -> parameters.add(slot.parameter()));
        return Collections.unmodifiableList(parameters);
    }

    /** Steps taken so far. */
    public long steps() {
        return steps;
    }

    /**
     * Moves all parameters by their gradients, and sets the gradients to zero.
     *
     * @param learningRate  of the schedule; groups scale it
     * @param gradientScale what gradients are multiplied by first, as {@link GradientClipping} says
     */
    public void step(final double learningRate, final double gradientScale) {
        steps++;
        final double firstCorrection = 1 - Math.pow(firstDecay, steps);
        final double secondCorrection = Math.sqrt(1 - Math.pow(secondDecay, steps));
        try (GradientMode _ = GradientMode.off()) {
            for (final Slot slot : slots.values()) {
                final float rate = (float) (learningRate * slot.group().learningRateScale());
                // Dividing by sqrt(v) + epsilon instead of its corrected form: with both corrections moved out, epsilon must shrink with them.
                final AdamPass.Numbers numbers = new AdamPass.Numbers((float) gradientScale, (float) firstDecay, (float) secondDecay,
                    (float) (1 - rate * slot.group().weightDecay()), (float) (rate * secondCorrection / firstCorrection),
                    (float) (epsilon * secondCorrection));
                move(slot, rate, numbers);
            }
        }
        discardGradients();
    }

    private void move(final Slot slot, final float rate, final AdamPass.Numbers numbers) {
        // A gradient that does not lie in one piece is copied by the engine, which must not outlive the step.
        try (NDManager scope = slot.parameter().getManager().newSubManager()) {
            final PtNDArray gradient = gradientOrZero(slot.parameter());
            gradient.attach(scope);
            slot.floats().ifPresentOrElse(
                floats -> pass.move(floats.parameter(), gradient, floats.firstMoment(), floats.secondMoment(), numbers),
                () -> JniUtils.adamUpdate(
                    slot.parameter(), gradient, slot.firstMoment(), slot.secondMoment(), rate, numbers.rate(),
                    (float) slot.group().weightDecay(), numbers.gradientScale(), -1, numbers.firstDecay(), numbers.secondDecay(),
                    numbers.epsilon(), true));
        }
    }

    private static PtNDArray gradientOrZero(final PtNDArray parameter) {
        final PtNDArray gradient = JniUtils.getGradient(parameter);
        return gradient == null ? (PtNDArray) parameter.zerosLike() : gradient;
    }

    /** Sets the gradients to zero without a step: what to do when they are not finite. */
    public void discardGradients() {
        slots.values().forEach(slot -> JniUtils.zeroGrad(slot.parameter()));
    }

    /** The parameters and both moments by the names that a checkpoint gives them. */
    Map<String, NDArray> state() {
        final Map<String, NDArray> state = new LinkedHashMap<>();
        slots.forEach((name, slot) -> {
            state.put("parameter/" + name, slot.parameter());
            state.put("moment1/" + name, slot.firstMoment());
            state.put("moment2/" + name, slot.secondMoment());
        });
        return state;
    }

    /** Goes on as after so many steps. */
    void resumeAt(final long stepsTaken) {
        steps = stepsTaken;
        discardGradients();
    }
}
