package dev.continuo.simulation.render;

import dev.continuo.simulation.handwriting.EquationLine;
import dev.continuo.simulation.handwriting.Handwriting;
import dev.continuo.simulation.handwriting.InkMap;
import dev.continuo.simulation.scene.CellGeometry;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Paints what is written on: the whiteboard with its equation and answer slots, and the faces of cards. */
final class SheetPainter {
    private static final double BOARD_TEXELS_PER_METRE = 1000;
    private static final double CARD_TEXELS_PER_METRE = 1500;
    private static final double FRAME = 0.005;
    private static final double LINE = 0.0024;
    private static final double[][] PENS = {
        {0.08, 0.08, 0.10}, {0.10, 0.16, 0.50}, {0.60, 0.10, 0.12}, {0.06, 0.38, 0.18}, {0.30, 0.12, 0.42}};

    private final EquationLine line;
    private final RandomGenerator random;

    SheetPainter(final Handwriting handwriting, final RandomGenerator random) {
        this.line = new EquationLine(handwriting);
        this.random = random;
    }

    /** A painted board and what is written on it. */
    record Board(Texture face, List<EquationLine.Written> line) {
    }

    /** The board, its top to +x and its left to +y. */
    Board board(final String text) {
        final InkMap ink = new InkMap(CellGeometry.BOARD_WIDTH, CellGeometry.BOARD_LENGTH, BOARD_TEXELS_PER_METRE);
        final List<EquationLine.Written> written = line.write(
            text, ink, CellGeometry.BOARD_WIDTH / 2 + random.nextDouble(-0.012, 0.012),
            CellGeometry.BOARD_LENGTH / 2 - CellGeometry.EQUATION_OFFSET_X + random.nextDouble(-0.002, 0.002), random);
        final double[] paper = paper(0.9, 1.0, 0.05);
        final double[] pen = pen();
        final double slotInk = random.nextDouble(0.35, 0.7);
        final double frame = random.nextDouble(0.45, 0.75);
        final Texture texture = new Texture(ink.width(), ink.height());
        fill(texture, 0, 0, CellGeometry.BOARD_WIDTH, CellGeometry.BOARD_LENGTH, frame, frame, frame * 1.02);
        fill(texture, FRAME, FRAME, CellGeometry.BOARD_WIDTH - FRAME, CellGeometry.BOARD_LENGTH - FRAME, paper[0], paper[1], paper[2]);
        for (int slot = 0; slot < CellGeometry.slots(); slot++) {
            final double right = CellGeometry.BOARD_WIDTH / 2 - CellGeometry.slotOffsetY(slot);
            final double down = CellGeometry.BOARD_LENGTH / 2 - CellGeometry.SLOT_OFFSET_X;
            rectangle(texture, right, down, LINE / 2, 1 - 0.8 * slotInk, paper);
            rectangle(texture, right, down, -LINE / 2, 1, paper);
        }
        write(texture, ink, pen);
        return new Board(texture, written);
    }

    /** Fills a slot's rectangle, grown by a margin, with darkened paper. */
    private static void rectangle(
        final Texture texture, final double right, final double down, final double margin, final double light, final double[] paper) {
        final double halfWidth = CellGeometry.SLOT_WIDTH / 2 + margin;
        final double halfLength = CellGeometry.SLOT_LENGTH / 2 + margin;
        fill(
            texture, right - halfWidth, down - halfLength, right + halfWidth, down + halfLength, paper[0] * light, paper[1] * light,
            paper[2] * light);
    }

    private static void fill(
        final Texture texture, final double left, final double top, final double right, final double bottom, final double red,
        final double green, final double blue) {
        final int first = (int) Math.round(left * BOARD_TEXELS_PER_METRE);
        final int end = (int) Math.round(right * BOARD_TEXELS_PER_METRE);
        final int colour = Texture.pack(red, green, blue);
        for (int v = (int) Math.round(top * BOARD_TEXELS_PER_METRE); v < Math.round(bottom * BOARD_TEXELS_PER_METRE); v++) {
            Arrays.fill(texture.texels, v * texture.width + first, v * texture.width + end, colour);
        }
    }

    private static void write(final Texture texture, final InkMap ink, final double[] pen) {
        final int colour = Texture.pack(pen[0], pen[1], pen[2]);
        for (int v = 0; v < ink.height(); v++) {
            for (int u = 0; u < ink.width(); u++) {
                final int amount = ink.at(u, v);
                if (amount > 0) {
                    final int at = v * texture.width + u;
                    texture.texels[at] = Texture.mix(texture.texels[at], colour, amount);
                }
            }
        }
    }

    /** A card's face, its top to the card's +x. */
    Texture card(final int digit, final double[] paper) {
        final InkMap ink = new InkMap(CellGeometry.CARD_WIDTH, CellGeometry.CARD_LENGTH, CARD_TEXELS_PER_METRE);
        line.digit(Character.forDigit(digit, 10), ink, CellGeometry.CARD_DIGIT_HEIGHT, random);
        final double[] pen = pen();
        final double edge = random.nextDouble(0.0015, 0.0045);
        final double edgeInk = random.nextDouble(0.15, 0.7);
        final double thickness = random.nextDouble(0.0008, 0.002);
        final int plain = Texture.pack(paper[0], paper[1], paper[2]);
        final double light = 1 - 0.8 * edgeInk;
        final int lined = Texture.pack(paper[0] * light, paper[1] * light, paper[2] * light);
        final Texture texture = new Texture(ink.width(), ink.height());
        for (int v = 0; v < ink.height(); v++) {
            for (int u = 0; u < ink.width(); u++) {
                final int inset = Math.min(Math.min(u, ink.width() - 1 - u), Math.min(v, ink.height() - 1 - v));
                final double metres = (inset + 0.5) / CARD_TEXELS_PER_METRE;
                texture.texels[v * ink.width() + u] = metres > edge && metres < edge + thickness ? lined : plain;
            }
        }
        write(texture, ink, pen);
        return texture;
    }

    /** A light paper colour between two brightnesses with a slight tint. */
    double[] paper(final double low, final double high, final double tint) {
        final double value = random.nextDouble(low, high);
        return new double[] {
            value * (1 - random.nextDouble(tint)), value * (1 - random.nextDouble(tint)), value * (1 - random.nextDouble(tint))};
    }

    private double[] pen() {
        final double[] pen = PENS[random.nextInt(10) < 4 ? 0 : random.nextInt(PENS.length)];
        final double fade = random.nextDouble(0.0, 0.12);
        return new double[] {pen[0] + fade, pen[1] + fade, pen[2] + fade};
    }
}
