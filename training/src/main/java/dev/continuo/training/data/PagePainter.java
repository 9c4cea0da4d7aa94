package dev.continuo.training.data;

import dev.continuo.simulation.handwriting.EquationLine;
import dev.continuo.simulation.handwriting.Handwriting;
import dev.continuo.simulation.handwriting.InkMap;
import java.util.random.RandomGenerator;

/**
 * Paints small pages of handwritten symbols, about as large as they are seen on board and cards: many more symbols in a picture, and
 * in a second, than a scene has. For one thread.
 */
public final class PagePainter {
    private static final int FINER = 2;
    /** Between the middles of two lines, in heights of a digit. */
    private static final double LINE_SPACING = 1.15;
    private static final int LONGEST_LINE = 4;
    /** Between a line and the edge of its picture, in heights of a digit. */
    private static final double MARGIN = 0.7;
    private static final int PATCHES = 3;
    private static final double GLYPH_METRES = 0.0615;

    private final EquationLine line;
    private final int width;
    private final int height;

    /** A painter of pages of a size in pixels, in the hands of some writers. */
    public PagePainter(final Handwriting writers, final int width, final int height) {
        line = new EquationLine(writers);
        this.width = width;
        this.height = height;
    }

    /**
     * A page or a line, painted.
     *
     * @param rgb     red, green, blue of each pixel, row by row
     * @param symbols what stands on it
     */
    public record Page(byte[] rgb, SymbolMap symbols) {
    }

    /**
     * Paints a page full of symbols.
     *
     * @param glyphPixels height of a digit
     */
    Page page(final double glyphPixels, final RandomGenerator random) {
        final double pixelsPerMetre = glyphPixels / GLYPH_METRES;
        final double wide = width / pixelsPerMetre;
        final double high = height / pixelsPerMetre;
        final InkMap ink = new InkMap(wide, high, FINER * pixelsPerMetre);
        final SymbolMap symbols = new SymbolMap(width, height);
        final int rows = Math.max(1, (int) (high / (LINE_SPACING * GLYPH_METRES)));
        final double first = random.nextDouble(-0.4, 0.4);
        for (int row = 0; row < rows; row++) {
            final double y = high * (row + 0.5 + first) / rows + random.nextDouble(-0.006, 0.006);
            write(ReadText.symbols(1, LONGEST_LINE, random), ink, wide * random.nextDouble(0.3, 0.7), y, pixelsPerMetre, symbols, random);
        }
        return new Page(colours(ink, random), symbols);
    }

    /**
     * Paints one line that is seen whole.
     *
     * @param text        digits and {@code + - × ÷ =}
     * @param glyphPixels height of a digit
     */
    public Page line(final String text, final double glyphPixels, final RandomGenerator random) {
        final double pixelsPerMetre = glyphPixels / GLYPH_METRES;
        final double wide = width / pixelsPerMetre;
        final double high = height / pixelsPerMetre;
        final InkMap ink = new InkMap(wide, high, FINER * pixelsPerMetre);
        final double middle = Math.min(wide / 2, EquationLine.longest(text.length()) / 2 + MARGIN * GLYPH_METRES);
        final SymbolMap symbols = new SymbolMap(width, height);
        write(text, ink, between(middle, wide - middle, random), between(MARGIN * GLYPH_METRES, high - MARGIN * GLYPH_METRES, random),
            pixelsPerMetre, symbols, random);
        return new Page(colours(ink, random), symbols);
    }

    private void write(
        final String text, final InkMap ink, final double x, final double y, final double pixelsPerMetre, final SymbolMap symbols,
        final RandomGenerator random) {
        for (final EquationLine.Written written : line.write(text, ink, x, y, random)) {
            symbols.put(SymbolMap.kind(written.symbol()), written.right() * pixelsPerMetre, written.down() * pixelsPerMetre);
        }
    }

    private static double between(final double low, final double high, final RandomGenerator random) {
        return low + random.nextDouble() * Math.max(0, high - low);
    }

    private byte[] colours(final InkMap ink, final RandomGenerator random) {
        final float[] paper = background(random);
        final double light = random.nextDouble(0.55, 1.0);
        final double noise = random.nextDouble(0.5, 3.5);
        final double[] pen = new double[3];
        for (int i = 0; i < 3; i++) {
            pen[i] = random.nextDouble(0.0, 0.45);
        }
        final byte[] rgb = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int covered = 0;
                for (int sub = 0; sub < FINER * FINER; sub++) {
                    covered += ink.at(Math.min(ink.width() - 1, FINER * x + sub % FINER), Math.min(ink.height() - 1, FINER * y + sub / FINER));
                }
                final double alpha = covered / (255.0 * FINER * FINER);
                final int at = 3 * (y * width + x);
                for (int i = 0; i < 3; i++) {
                    final double colour = paper[at + i] + alpha * (Math.min(pen[i], 0.7 * paper[at + i]) - paper[at + i]);
                    rgb[at + i] = (byte) Math.clamp(Math.round(255 * light * colour + noise * random.nextGaussian()), 0, 255);
                }
            }
        }
        return rgb;
    }

    /** Paper with some sheets of other brightness on it, so that edges are no symbols. */
    private float[] background(final RandomGenerator random) {
        final float[] colours = new float[3 * width * height];
        fill(colours, 0, 0, width, height, random);
        for (int patch = 0; patch < PATCHES; patch++) {
            final int left = random.nextInt(width);
            final int top = random.nextInt(height);
            fill(colours, left, top, Math.min(width, left + random.nextInt(8, width)), Math.min(height, top + random.nextInt(8, height)), random);
        }
        return colours;
    }

    private void fill(
        final float[] colours, final int left, final int top, final int right, final int bottom, final RandomGenerator random) {
        final double value = random.nextDouble(0.6, 1.0);
        final double slope = random.nextDouble(-0.1, 0.1) / width;
        final double[] tint = {value * random.nextDouble(0.85, 1), value * random.nextDouble(0.85, 1), value * random.nextDouble(0.85, 1)};
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                for (int i = 0; i < 3; i++) {
                    colours[3 * (y * width + x) + i] = (float) (tint[i] + slope * (x - left));
                }
            }
        }
    }
}
