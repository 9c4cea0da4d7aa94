package dev.continuo.perception;

/**
 * What the Qwen2-VL vision tower is shown of a picture: resized to whole cells of 2×2 patches of 14×14 pixels, normalised, and cut
 * into one row of 1176 values per patch.
 *
 * <p>Rows are in the order of merge cells: cell by cell in rows of cells, within a cell the four patches row by row. Inside a row:
 * channel, frame (a still picture is shown as two equal ones), y, x. The same values as the Python processor gives, to the last bit of
 * the resized 8-bit picture. Made for one picture size; no allocation after construction. One thread at a time.
 */
public final class QwenImageProcessor {
    /** Side of a patch in pixels. */
    public static final int PATCH = 14;
    /** Side of a merge cell in patches. */
    public static final int MERGE = 2;
    /** Frames of one patch. */
    public static final int FRAMES = 2;
    /** Values of one patch. */
    public static final int PATCH_VALUES = Frame.CHANNELS * FRAMES * PATCH * PATCH;
    /** Least pixels of a resized picture. */
    public static final int MIN_PIXELS = 56 * 56;
    /** Most pixels of a resized picture. */
    public static final int MAX_PIXELS = 16_384 * 28 * 28;

    private static final int FACTOR = PATCH * MERGE;
    private static final int MAX_ASPECT = 200;
    private static final float[] MEAN = {0.48145466f, 0.4578275f, 0.40821073f};
    private static final float[] DEVIATION = {0.26862954f, 0.26130258f, 0.27577711f};

    private final Resampler resampler;
    private final byte[] resized;
    private final int gridRows;
    private final int gridColumns;
    private final float[][] normalised = new float[Frame.CHANNELS][256];

    /**
     * A width and a height in pixels.
     *
     * @param width  pixels
     * @param height pixels
     */
    public record Size(int width, int height) {
    }

    /** A processor of pictures of the given size, as the policy's pictures are processed: 320×240 becomes 308×252. */
    public QwenImageProcessor(final int width, final int height) {
        this(width, height, MIN_PIXELS, MAX_PIXELS);
    }

    /** A processor of pictures of the given size with limits on the pixels that the tower is shown. */
    public QwenImageProcessor(final int width, final int height, final int minPixels, final int maxPixels) {
        final Size size = smartResize(width, height, minPixels, maxPixels);
        resampler = new Resampler(width, height, size.width(), size.height());
        resized = new byte[Frame.CHANNELS * size.width() * size.height()];
        gridRows = size.height() / PATCH;
        gridColumns = size.width() / PATCH;
        for (int channel = 0; channel < Frame.CHANNELS; channel++) {
            for (int value = 0; value < 256; value++) {
                normalised[channel][value] = ((float) (value * (1 / 255.0)) - MEAN[channel]) / DEVIATION[channel];
            }
        }
    }

    /**
     * The size that a picture is resized to: sides that are multiples of 28, near the original, with the pixels within limits.
     *
     * @throws IllegalArgumentException if a side is shorter than 28 pixels or more than 200 times the other
     */
    public static Size smartResize(final int width, final int height, final int minPixels, final int maxPixels) {
        if (width < FACTOR || height < FACTOR) {
            throw new IllegalArgumentException("a picture of " + width + "x" + height + " is smaller than " + FACTOR + " pixels");
        }
        if (Math.max(width, height) > MAX_ASPECT * Math.min(width, height)) {
            throw new IllegalArgumentException("a picture of " + width + "x" + height + " is more than 200 times as long as wide");
        }
        // Python's round: half to even.
        long across = (long) Math.rint((double) width / FACTOR) * FACTOR;
        long down = (long) Math.rint((double) height / FACTOR) * FACTOR;
        if (across * down > maxPixels) {
            final double beta = Math.sqrt((double) height * width / maxPixels);
            across = (long) Math.floor(width / beta / FACTOR) * FACTOR;
            down = (long) Math.floor(height / beta / FACTOR) * FACTOR;
        } else if (across * down < minPixels) {
            final double beta = Math.sqrt(minPixels / ((double) height * width));
            across = (long) Math.ceil(width * beta / FACTOR) * FACTOR;
            down = (long) Math.ceil(height * beta / FACTOR) * FACTOR;
        }
        return new Size((int) across, (int) down);
    }

    /** Rows of patches. */
    public int gridRows() {
        return gridRows;
    }

    /** Columns of patches. */
    public int gridColumns() {
        return gridColumns;
    }

    /** Number of patches: rows of the result. */
    public int patchCount() {
        return gridRows * gridColumns;
    }

    /** Number of language-model tokens that the picture becomes. */
    public int tokenCount() {
        return patchCount() / (MERGE * MERGE);
    }

    /** Number of values that {@link #process} writes. */
    public int valueCount() {
        return patchCount() * PATCH_VALUES;
    }

    /**
     * Processes a picture.
     *
     * @param rgb     red, green, blue of each pixel, row by row
     * @param patches receives {@link #valueCount()} values from {@code offset} on
     */
    public void process(final byte[] rgb, final float[] patches, final int offset) {
        resampler.resample(rgb, resized);
        int at = offset;
        for (int cellRow = 0; cellRow < gridRows; cellRow += MERGE) {
            for (int cellColumn = 0; cellColumn < gridColumns; cellColumn += MERGE) {
                for (int patch = 0; patch < MERGE * MERGE; patch++) {
                    cut(cellRow + patch / MERGE, cellColumn + patch % MERGE, patches, at);
                    at += PATCH_VALUES;
                }
            }
        }
    }

    private void cut(final int row, final int column, final float[] patches, final int at) {
        final int stride = Frame.CHANNELS * resampler.width();
        final int first = row * PATCH * stride + column * PATCH * Frame.CHANNELS;
        final int plane = PATCH * PATCH;
        for (int channel = 0; channel < Frame.CHANNELS; channel++) {
            final float[] values = normalised[channel];
            final int to = at + channel * FRAMES * plane;
            for (int y = 0; y < PATCH; y++) {
                int from = first + y * stride + channel;
                for (int x = 0; x < PATCH; x++) {
                    patches[to + y * PATCH + x] = values[resized[from] & 255];
                    from += Frame.CHANNELS;
                }
            }
            System.arraycopy(patches, to, patches, to + plane, plane);
        }
    }
}
