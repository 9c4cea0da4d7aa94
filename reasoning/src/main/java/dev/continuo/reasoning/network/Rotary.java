package dev.continuo.reasoning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Rotary position embedding for one set of positions: the first and second half of a head's features are turned against each other by an
 * angle that is the product of a position and a frequency.
 *
 * @param cosine cosines, broadcastable to {@code [..., tokens, headWidth]}
 * @param sine   sines of the same shape, the first half negated
 */
public record Rotary(NDArray cosine, NDArray sine) {
    static final double VISION_THETA = 10_000.0;

    /**
     * Angles of the decoder: each frequency is driven by the time, the row or the column of a position.
     *
     * @param positions by axis (time, row, column), by sample, by token
     */
    public static Rotary multimodal(final NDManager manager, final VlmConfig config, final int[][][] positions) {
        final int samples = positions[0].length;
        final int tokens = positions[0][0].length;
        final int frequencies = config.headWidth() / 2;
        final float[] inverse = inverseFrequencies(frequencies, config.ropeTheta());
        final float[] angles = new float[samples * tokens * frequencies];
        int index = 0;
        for (int sample = 0; sample < samples; sample++) {
            for (int token = 0; token < tokens; token++) {
                for (int frequency = 0; frequency < frequencies; frequency++) {
                    angles[index++] = positions[config.mropeSection().axis(frequency)][sample][token] * inverse[frequency];
                }
            }
        }
        return of(manager, angles, frequencies, new Shape(samples, 1, tokens, config.headWidth()));
    }

    /** Angles of the vision tower for a grid of patches in merged order: half of the frequencies turn with the row, half with the column. */
    public static Rotary grid(final NDManager manager, final VisionConfig config, final int rows, final int columns) {
        final int perAxis = config.headWidth() / 4;
        final int merge = config.mergeSize();
        final float[] inverse = inverseFrequencies(perAxis, VISION_THETA);
        final float[] angles = new float[rows * columns * 2 * perAxis];
        int index = 0;
        for (int cell = 0; cell < rows * columns; cell++) {
            final int square = cell / (merge * merge);
            final int inSquare = cell % (merge * merge);
            final int row = square / (columns / merge) * merge + inSquare / merge;
            final int column = square % (columns / merge) * merge + inSquare % merge;
            for (int frequency = 0; frequency < perAxis; frequency++) {
                angles[index + frequency] = row * inverse[frequency];
                angles[index + perAxis + frequency] = column * inverse[frequency];
            }
            index += 2 * perAxis;
        }
        return of(manager, angles, 2 * perAxis, new Shape(rows * (long) columns, config.headWidth()));
    }

    /** Turns the heads in {@code x [..., tokens, headWidth]}. */
    public NDArray apply(final NDArray x) {
        final Shape shape = x.getShape();
        final long width = shape.get(shape.dimension() - 1);
        final NDArray swapped = x.reshape(new Shape(-1, 2, width / 2)).flip(1).reshape(shape);
        return x.mul(cosine).add(swapped.mul(sine));
    }

    /** In single precision, step by step as the published code rounds. */
    static float[] inverseFrequencies(final int count, final double theta) {
        final float[] inverse = new float[count];
        for (int i = 0; i < count; i++) {
            inverse[i] = 1.0f / (float) Math.pow(theta, (float) i / count);
        }
        return inverse;
    }

    private static Rotary of(final NDManager manager, final float[] angles, final int perToken, final Shape shape) {
        final float[] cosine = new float[2 * angles.length];
        final float[] sine = new float[2 * angles.length];
        for (int i = 0; i < angles.length; i++) {
            final int first = i / perToken * 2 * perToken + i % perToken;
            cosine[first] = (float) Math.cos(angles[i]);
            cosine[first + perToken] = cosine[first];
            sine[first + perToken] = (float) Math.sin(angles[i]);
            sine[first] = -sine[first + perToken];
        }
        return new Rotary(manager.create(cosine, shape), manager.create(sine, shape));
    }
}
