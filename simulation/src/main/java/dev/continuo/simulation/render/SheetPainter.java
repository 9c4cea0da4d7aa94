package dev.continuo.simulation.render;

import dev.continuo.simulation.handwriting.EquationLine;
import dev.continuo.simulation.handwriting.Handwriting;
import dev.continuo.simulation.handwriting.InkMap;
import dev.continuo.simulation.scene.CellGeometry;
import java.util.random.RandomGenerator;

/** Paints what is written on: the whiteboard with its equation and answer slots, and the faces of cards. */
final class SheetPainter {
    private static final double BOARD_TEXELS_PER_METRE = 1000;
    private static final double CARD_TEXELS_PER_METRE = 1500;
    private static final double FRAME = 0.005;
    private static final double[][] PENS = {
        {0.08, 0.08, 0.10}, {0.10, 0.16, 0.50}, {0.60, 0.10, 0.12}, {0.06, 0.38, 0.18}, {0.30, 0.12, 0.42}};

    private final EquationLine line;
    private final RandomGenerator random;

    SheetPainter(final Handwriting handwriting, final RandomGenerator random) {
        this.line = new EquationLine(handwriting);
        this.random = random;
    }

    /** The board, its top to +x and its left to +y. */
    Texture board(final String text) {
        final InkMap ink = new InkMap(CellGeometry.BOARD_WIDTH, CellGeometry.BOARD_LENGTH, BOARD_TEXELS_PER_METRE);
        line.write(
            text, ink, CellGeometry.BOARD_WIDTH / 2 + random.nextDouble(-0.012, 0.012),
            CellGeometry.BOARD_LENGTH / 2 - CellGeometry.EQUATION_OFFSET_X + random.nextDouble(-0.004, 0.004), random);
        final double[] paper = paper(0.9, 1.0, 0.05);
        final double[] pen = pen();
        final double slotInk = random.nextDouble(0.35, 0.7);
        final double frame = random.nextDouble(0.45, 0.75);
        final Texture texture = new Texture(ink.width(), ink.height());
        for (int v = 0; v < ink.height(); v++) {
            for (int u = 0; u < ink.width(); u++) {
                final double right = (u + 0.5) / BOARD_TEXELS_PER_METRE - CellGeometry.BOARD_WIDTH / 2;
                final double down = (v + 0.5) / BOARD_TEXELS_PER_METRE - CellGeometry.BOARD_LENGTH / 2;
                final boolean border = Math.abs(right) > CellGeometry.BOARD_WIDTH / 2 - FRAME
                    || Math.abs(down) > CellGeometry.BOARD_LENGTH / 2 - FRAME;
                final double outline = border ? 0 : onSlotOutline(-down, -right) ? slotInk : 0;
                texture.texels[v * ink.width() + u] =
                    border ? Texture.pack(frame, frame, frame * 1.02) : blend(paper, pen, ink.at(u, v) / 255.0, outline);
            }
        }
        return texture;
    }

    /** A card's face, its top to the card's +x. */
    Texture card(final int digit, final double[] paper) {
        final InkMap ink = new InkMap(CellGeometry.CARD_WIDTH, CellGeometry.CARD_LENGTH, CARD_TEXELS_PER_METRE);
        line.digit(Character.forDigit(digit, 10), ink, CellGeometry.CARD_DIGIT_HEIGHT, random);
        final double[] pen = pen();
        final double edge = random.nextDouble(0.0015, 0.0045);
        final double edgeInk = random.nextDouble(0.15, 0.7);
        final double thickness = random.nextDouble(0.0008, 0.002);
        final Texture texture = new Texture(ink.width(), ink.height());
        for (int v = 0; v < ink.height(); v++) {
            for (int u = 0; u < ink.width(); u++) {
                final double right = Math.min(u + 0.5, ink.width() - u - 0.5) / CARD_TEXELS_PER_METRE;
                final double down = Math.min(v + 0.5, ink.height() - v - 0.5) / CARD_TEXELS_PER_METRE;
                final double inset = Math.min(right, down);
                final double line = inset > edge && inset < edge + thickness ? edgeInk : 0;
                texture.texels[v * ink.width() + u] = blend(paper, pen, ink.at(u, v) / 255.0, line);
            }
        }
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

    private static boolean onSlotOutline(final double x, final double y) {
        for (int slot = 0; slot < CellGeometry.slots(); slot++) {
            final double dx = Math.abs(x - CellGeometry.SLOT_OFFSET_X) - CellGeometry.SLOT_LENGTH / 2;
            final double dy = Math.abs(y - CellGeometry.slotOffsetY(slot)) - CellGeometry.SLOT_WIDTH / 2;
            if (Math.abs(Math.max(dx, dy)) < 0.0012) {
                return true;
            }
        }
        return false;
    }

    private static int blend(final double[] paper, final double[] pen, final double ink, final double line) {
        final double lined = 1 - 0.8 * line;
        return Texture.pack(
            mix(paper[0] * lined, pen[0], ink), mix(paper[1] * lined, pen[1], ink), mix(paper[2] * lined, pen[2], ink));
    }

    private static double mix(final double first, final double second, final double fraction) {
        return first + (second - first) * fraction;
    }
}
