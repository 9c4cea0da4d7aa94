package dev.continuo.reasoning.network;

/**
 * Sizes of the vision tower.
 *
 * @param depth             transformer blocks
 * @param width             features of a patch inside the tower
 * @param heads             attention heads
 * @param mlpRatio          hidden features of a block's feed-forward layer, as a multiple of the width
 * @param channels          colours of a pixel
 * @param patchSize         side of a patch, pixels
 * @param temporalPatchSize frames of a patch
 * @param mergeSize         side of the square of patches that becomes one token
 */
public record VisionConfig(
    int depth, int width, int heads, int mlpRatio, int channels, int patchSize, int temporalPatchSize, int mergeSize) {
    /** Epsilon of the layer norms; the published models do not configure it. */
    public static final float NORM_EPSILON = 1e-6f;

    /** Values of one patch: what a row of the input holds. */
    public int patchValues() {
        return channels * temporalPatchSize * patchSize * patchSize;
    }

    /** Patches that become one token. */
    public int patchesPerToken() {
        return mergeSize * mergeSize;
    }

    /** Features of one head. */
    public int headWidth() {
        return width / heads;
    }
}
