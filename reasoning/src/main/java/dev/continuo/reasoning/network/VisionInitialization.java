package dev.continuo.reasoning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.continuo.reasoning.tensor.Weights;

/**
 * First weights that spare a small vision tower what a large one learns from hundreds of millions of pictures: patches begin as their
 * cosine transform, and each head of the attention begins by looking at one neighbour of its own patch. Both are a place to start from;
 * training moves them as it does any weight.
 */
final class VisionInitialization {
    /** Share of the filters that see brightness; the others see colour. */
    private static final double BRIGHTNESS_SHARE = 0.875;
    private static final int COLOURS = 3;
    /** How strongly attention prefers its neighbour, per frequency of the rotary embedding: sharp, middle, wide; before the softmax. */
    private static final double[] PREFERENCE = {4, 6, 2};
    /** Neighbours, (rows, columns), that the heads of even and of odd layers look at. */
    private static final int[][][] NEIGHBOURS = {{{0, -1}, {0, 1}, {-1, 0}, {1, 0}}, {{-1, -1}, {-1, 1}, {1, -1}, {1, 1}}};

    private VisionInitialization() {
    }

    /**
     * The patch embedding: cosine functions over a patch, the slow ones first; most of the brightness without its constant part, since how
     * bright paper is tells nothing about what is written on it; the rest of single colours.
     */
    static void patchEmbedding(final VisionConfig vision, final Weights weights) {
        final int side = vision.patchSize();
        final int filters = vision.width();
        final int bright = (int) Math.round(BRIGHTNESS_SHARE * filters);
        final float[] values = new float[filters * vision.patchValues()];
        for (int filter = 0; filter < filters; filter++) {
            final int order = filter < bright ? filter + 1 : (filter - bright) / COLOURS;
            final int[] frequency = frequency(order, side);
            final int colour = filter < bright ? -1 : (filter - bright) % COLOURS;
            int at = filter * vision.patchValues();
            for (int channel = 0; channel < vision.channels(); channel++) {
                for (int frame = 0; frame < vision.temporalPatchSize(); frame++) {
                    for (int y = 0; y < side; y++) {
                        for (int x = 0; x < side; x++, at++) {
                            final double share = colour < 0 ? 1.0 / vision.channels() : colour == channel ? 1 : 0;
                            values[at] = (float) (share / vision.temporalPatchSize()
                                * wave(frequency[0], y, side) * wave(frequency[1], x, side));
                        }
                    }
                }
            }
        }
        try (NDManager scope = weights.newScope()) {
            weights.put("visual.patch_embed.proj.weight", scope.create(values, new Shape(filters, vision.patchValues())).duplicate());
        }
    }

    /** An orthonormal cosine function. */
    private static double wave(final int frequency, final int at, final int side) {
        return Math.sqrt((frequency == 0 ? 1.0 : 2.0) / side) * Math.cos(Math.PI * frequency * (at + 0.5) / side);
    }

    /** The pair of frequencies at a place of the order by their sum, 0 the constant. */
    private static int[] frequency(final int place, final int side) {
        int left = place;
        for (int sum = 0; sum < 2 * side; sum++) {
            for (int row = Math.max(0, sum - side + 1); row <= Math.min(sum, side - 1); row++, left--) {
                if (left == 0) {
                    return new int[] {row, sum - row};
                }
            }
        }
        return new int[] {0, 0};
    }

    /**
     * The bias of a layer's queries and keys, as one vector {@code [3·width]}: with the rotary embedding the product of two constant
     * vectors depends on the distance of their patches alone, and turning one of them against the other moves where it is largest.
     */
    static void attentionBias(final VisionConfig vision, final Weights weights, final String name, final int layer) {
        final int width = vision.width();
        final int headWidth = vision.headWidth();
        final int pairs = headWidth / 2;
        final int perAxis = pairs / 2;
        final float[] bias = new float[3 * width];
        for (int head = 0; head < vision.heads(); head++) {
            final int[][] neighbours = NEIGHBOURS[layer % NEIGHBOURS.length];
            final int[] neighbour = neighbours[head % neighbours.length];
            for (int axis = 0; axis < 2; axis++) {
                for (int i = 0; i < Math.min(PREFERENCE.length, perAxis); i++) {
                    final double length = Math.sqrt(PREFERENCE[i] * Math.sqrt(headWidth));
                    final double angle = -neighbour[axis] * Math.pow(Rotary.VISION_THETA, -(double) i / perAxis);
                    final int pair = head * headWidth + axis * perAxis + i;
                    bias[pair] = (float) length;
                    bias[width + pair] = (float) (length * Math.cos(angle));
                    bias[width + pair + pairs] = (float) (length * Math.sin(angle));
                }
            }
        }
        try (NDManager scope = weights.newScope()) {
            final NDArray vector = scope.create(bias);
            weights.put(name + ".bias", vector.duplicate());
        }
    }
}
