package dev.continuo.training.data;

import dev.continuo.simulation.handwriting.Handwriting;
import dev.continuo.simulation.handwriting.InkMap;
import dev.continuo.simulation.handwriting.WriterSplit;
import java.util.random.RandomGenerator;

/** Paints one handwritten symbol on plain paper, as large as it is seen on a card: the first thing that is learned to be read. */
final class GlyphPainter {
    private static final double SLANT = 0.15;
    private static final double TURN = 0.2;
    private static final double OFF_CENTRE = 0.14;

    private final Handwriting handwriting = Handwriting.of(WriterSplit.TRAINING);
    private final int side;

    /** A painter of square pictures with a side in pixels. */
    GlyphPainter(final int side) {
        this.side = side;
    }

    /** Red, green, blue of each pixel, row by row. */
    byte[] paint(final char symbol, final RandomGenerator random) {
        final InkMap sheet = new InkMap(1, 1, side);
        final var glyph = handwriting.pick(symbol, random);
        final double size = random.nextDouble(0.42, 0.72);
        final double longest = Math.max(glyph.width(), glyph.height());
        sheet.draw(glyph, new InkMap.Stamp(
            0.5 + random.nextDouble(-OFF_CENTRE, OFF_CENTRE), 0.5 + random.nextDouble(-OFF_CENTRE, OFF_CENTRE),
            size * glyph.width() / longest, size * glyph.height() / longest, random.nextDouble(-SLANT, SLANT),
            random.nextDouble(-TURN, TURN), random.nextDouble(45, 130), random.nextDouble(0.8, 1.0)));
        final double[] paper = new double[3];
        final double[] ink = new double[3];
        final double light = random.nextDouble(0.5, 1.0);
        for (int i = 0; i < 3; i++) {
            paper[i] = 255 * light * random.nextDouble(0.85, 1.0);
            ink[i] = 255 * light * random.nextDouble(0.0, 0.55);
        }
        final byte[] rgb = new byte[3 * side * side];
        for (int pixel = 0; pixel < side * side; pixel++) {
            final double alpha = sheet.at(pixel % side, pixel / side) / 255.0;
            for (int i = 0; i < 3; i++) {
                rgb[3 * pixel + i] = (byte) Math.clamp(Math.round(paper[i] + alpha * (ink[i] - paper[i])), 0, 255);
            }
        }
        return rgb;
    }
}
