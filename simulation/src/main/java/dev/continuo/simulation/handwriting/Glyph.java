package dev.continuo.simulation.handwriting;

/**
 * One handwritten symbol: a 28×28 image within a larger array, with the bounds of its ink.
 *
 * @param symbol the character that it shows
 * @param pixels the array that holds the image; not to be written
 * @param offset where the image begins
 * @param left   first column with ink
 * @param top    first row with ink
 * @param right  column past the last one with ink
 * @param bottom row past the last one with ink
 */
public record Glyph(char symbol, byte[] pixels, int offset, int left, int top, int right, int bottom) {
    /** Width and height of an image in pixels. */
    public static final int SIZE = 28;
    private static final int FAINT = 64;

    /** The glyph at an offset, its bounds measured. */
    static Glyph measure(final char symbol, final byte[] pixels, final int offset) {
        int left = SIZE;
        int top = SIZE;
        int right = 0;
        int bottom = 0;
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                if ((pixels[offset + y * SIZE + x] & 0xff) > FAINT) {
                    left = Math.min(left, x);
                    right = Math.max(right, x + 1);
                    top = Math.min(top, y);
                    bottom = Math.max(bottom, y + 1);
                }
            }
        }
        return right == 0
            ? new Glyph(symbol, pixels, offset, 0, 0, SIZE, SIZE)
            : new Glyph(symbol, pixels, offset, left, top, right, bottom);
    }

    /** Width of the ink in pixels. */
    public int width() {
        return right - left;
    }

    /** Height of the ink in pixels. */
    public int height() {
        return bottom - top;
    }

    /** Ink at a place between pixel centres, 0 to 255, bilinear; no ink outside. Pixel (0, 0) has its centre at (0.5, 0.5). */
    float sample(final float x, final float y) {
        final float px = x - 0.5f;
        final float py = y - 0.5f;
        final int column = (int) Math.floor(px);
        final int row = (int) Math.floor(py);
        final float fx = px - column;
        final float fy = py - row;
        final float upper = at(column, row) * (1 - fx) + at(column + 1, row) * fx;
        final float lower = at(column, row + 1) * (1 - fx) + at(column + 1, row + 1) * fx;
        return upper * (1 - fy) + lower * fy;
    }

    private int at(final int x, final int y) {
        return x < 0 || y < 0 || x >= SIZE || y >= SIZE ? 0 : pixels[offset + y * SIZE + x] & 0xff;
    }
}
