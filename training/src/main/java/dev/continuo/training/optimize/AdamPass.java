package dev.continuo.training.optimize;

import ai.djl.pytorch.engine.PtNDArray;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * One step of {@link AdamW} for a parameter in a single pass over the memory where the engine keeps it: piece by piece through arrays that stay in
 * the first cache. The engine's own operations pass over the same memory a dozen times. For parameters in the computer's memory; for one thread.
 */
final class AdamPass {
    private static final int PIECE = 2048;

    private final float[] parameters = new float[PIECE];
    private final float[] gradients = new float[PIECE];
    private final float[] firstMoments = new float[PIECE];
    private final float[] secondMoments = new float[PIECE];

    /**
     * The numbers of a step, bias corrections included.
     *
     * @param gradientScale what gradients are multiplied by first
     * @param firstDecay    beta 1
     * @param secondDecay   beta 2
     * @param keep          what parameters are multiplied by: 1 less learning rate times weight decay
     * @param rate          what the quotient of the moments is multiplied by
     * @param epsilon       keeps the division finite
     */
    record Numbers(float gradientScale, float firstDecay, float secondDecay, float keep, float rate, float epsilon) {
    }

    /**
     * The floats of an array where they lie: what is written there is in the array.
     *
     * @throws IllegalArgumentException when the array is a view whose floats do not lie one after the other, so that only a copy can be had
     */
    static FloatBuffer floatsOf(final PtNDArray array) {
        final FloatBuffer floats = read(array);
        // Of a copy, a second one would lie elsewhere.
        if (floats.capacity() > 0 && MemorySegment.ofBuffer(floats).address() != MemorySegment.ofBuffer(read(array)).address()) {
            throw new IllegalArgumentException("a parameter of shape " + array.getShape() + " does not lie in one piece");
        }
        return floats;
    }

    private static FloatBuffer read(final PtNDArray array) {
        return array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    /** Moves a parameter and its moments; the gradient is only read. All have as many floats. */
    void move(final FloatBuffer parameter, final PtNDArray gradient, final FloatBuffer firstMoment, final FloatBuffer secondMoment,
        final Numbers numbers) {
        final FloatBuffer slope = read(gradient);
        for (int begin = 0; begin < parameter.capacity(); begin += PIECE) {
            final int count = Math.min(PIECE, parameter.capacity() - begin);
            parameter.get(begin, parameters, 0, count);
            slope.get(begin, gradients, 0, count);
            firstMoment.get(begin, firstMoments, 0, count);
            secondMoment.get(begin, secondMoments, 0, count);
            move(parameters, gradients, firstMoments, secondMoments, count, numbers);
            parameter.put(begin, parameters, 0, count);
            firstMoment.put(begin, firstMoments, 0, count);
            secondMoment.put(begin, secondMoments, 0, count);
        }
    }

    private static void move(final float[] parameter, final float[] gradient, final float[] firstMoment, final float[] secondMoment,
        final int count, final Numbers numbers) {
        final float scale = numbers.gradientScale;
        final float firstDecay = numbers.firstDecay;
        final float secondDecay = numbers.secondDecay;
        final float keep = numbers.keep;
        final float rate = numbers.rate;
        final float epsilon = numbers.epsilon;
        for (int i = 0; i < count; i++) {
            final float slope = gradient[i] * scale;
            final float first = firstDecay * firstMoment[i] + (1 - firstDecay) * slope;
            final float second = secondDecay * secondMoment[i] + (1 - secondDecay) * slope * slope;
            firstMoment[i] = first;
            secondMoment[i] = second;
            parameter[i] = keep * parameter[i] - rate * first / ((float) Math.sqrt(second) + epsilon);
        }
    }
}
