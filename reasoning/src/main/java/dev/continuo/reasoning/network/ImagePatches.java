package dev.continuo.reasoning.network;

/**
 * An image as the vision tower takes it: one row of normalised values for each patch, in merged order (the patches of one token lie
 * together), inside a row by channel, frame, y, x.
 *
 * @param values      {@code gridRows·gridColumns} rows one after the other; not copied, do not change it
 * @param gridRows    rows of patches
 * @param gridColumns columns of patches
 */
public record ImagePatches(float[] values, int gridRows, int gridColumns) {
    /** Refuses values that do not fill the grid. */
    public ImagePatches {
        if (gridRows <= 0 || gridColumns <= 0 || values.length == 0 || values.length % (gridRows * gridColumns) != 0) {
            throw new IllegalArgumentException(values.length + " values do not fill a grid of " + gridRows + " by " + gridColumns + " patches");
        }
    }

    /** Tokens that the image becomes where squares of that side are merged. */
    public int tokens(final int mergeSize) {
        return gridRows / mergeSize * (gridColumns / mergeSize);
    }
}
