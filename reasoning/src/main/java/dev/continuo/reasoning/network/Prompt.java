package dev.continuo.reasoning.network;

import java.util.List;

/**
 * What the model is asked: tokens with a placeholder for each image token, their positions, and the images.
 *
 * @param ids       token ids
 * @param positions by axis (time, row, column), by token
 * @param images    the images in the order of their placeholders
 */
public record Prompt(long[] ids, int[][] positions, List<ImagePatches> images) {
    /** Refuses positions that do not match the tokens. */
    public Prompt {
        images = List.copyOf(images);
        if (positions.length != 3 || positions[0].length != ids.length || positions[1].length != ids.length
            || positions[2].length != ids.length) {
            throw new IllegalArgumentException("a prompt of " + ids.length + " tokens needs as many positions on each of three axes");
        }
    }

    /**
     * Places tokens: text advances all three axes together, an image stands still in time and spreads over rows and columns, and what
     * follows it starts after the largest position used.
     *
     * @param ids        token ids
     * @param imageToken the placeholder's id
     * @param mergeSize  side of the square of patches behind one placeholder
     * @param images     the images in the order of their placeholders
     */
    public static Prompt of(final long[] ids, final long imageToken, final int mergeSize, final List<ImagePatches> images) {
        final int[][] positions = new int[3][ids.length];
        int next = 0;
        int image = 0;
        for (int i = 0; i < ids.length; ) {
            if (ids[i] != imageToken) {
                positions[0][i] = positions[1][i] = positions[2][i] = next++;
                i++;
                continue;
            }
            if (image == images.size()) {
                throw new IllegalArgumentException("more image placeholders than the " + images.size() + " images fill");
            }
            final int columns = images.get(image).gridColumns() / mergeSize;
            final int tokens = images.get(image++).tokens(mergeSize);
            for (int t = 0; t < tokens; t++, i++) {
                if (i == ids.length || ids[i] != imageToken) {
                    throw new IllegalArgumentException("fewer image placeholders than the images need");
                }
                positions[0][i] = next;
                positions[1][i] = next + t / columns;
                positions[2][i] = next + t % columns;
            }
            next += Math.max(tokens / columns, columns);
        }
        if (image != images.size()) {
            throw new IllegalArgumentException("fewer image placeholders than the " + images.size() + " images need");
        }
        return new Prompt(ids, positions, images);
    }

    /** How many tokens there are. */
    public int length() {
        return ids.length;
    }

    /** The position of the first token after the prompt, on all three axes. */
    public int nextPosition() {
        int next = 0;
        for (final int[] axis : positions) {
            for (final int position : axis) {
                next = Math.max(next, position + 1);
            }
        }
        return next;
    }
}
