package dev.continuo.simulation.handwriting;

import dev.continuo.simulation.handwriting.InkMap.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Writes a line such as {@code 4+8=} with glyphs picked at random, as one hand would: a common size, slant and pen, with the small
 * irregularities of writing from glyph to glyph. The same random numbers give the same line.
 */
public final class EquationLine {
    private static final double PITCH = 0.058;
    private static final double WIDEST_PITCH = 1.12 * PITCH;

    private final Handwriting handwriting;

    /** A line in the hands of the given writers. */
    public EquationLine(final Handwriting handwriting) {
        this.handwriting = handwriting;
    }

    /**
     * A symbol of a line and where its middle stands.
     *
     * @param symbol a digit or one of {@code + - × ÷ =}
     * @param right  metres from the sheet's left edge
     * @param down   metres from the sheet's top edge
     */
    public record Written(char symbol, double right, double down) {
    }

    /** What stays the same over a line; lengths in metres. */
    private record Hand(double height, double pitch, double slant, double threshold, double strength, double climb) {
        static Hand draw(final RandomGenerator random, final int length) {
            return new Hand(
                random.nextDouble(0.057, 0.066), PITCH * random.nextDouble(0.92, length > 5 ? 1.04 : 1.12),
                random.nextDouble(-0.1, 0.2), random.nextDouble(50, 135), random.nextDouble(0.8, 1.0), random.nextDouble(-0.02, 0.02));
        }
    }

    /** How long a line of so many symbols can become between the middles of the first and the last, metres. */
    public static double longest(final int symbols) {
        return WIDEST_PITCH * (symbols - 1);
    }

    /**
     * Writes a text of digits and {@code + - × ÷ =}.
     *
     * @param sheet   what is written on
     * @param centreX the middle of the line, metres from the sheet's left edge
     * @param centreY the middle of the line, metres from the sheet's top edge
     * @return the symbols from left to right
     */
    public List<Written> write(
        final String text, final InkMap sheet, final double centreX, final double centreY, final RandomGenerator random) {
        final Hand hand = Hand.draw(random, text.length());
        final List<Written> written = new ArrayList<>(text.length());
        for (int i = 0; i < text.length(); i++) {
            final double along = (i - (text.length() - 1) / 2.0) * hand.pitch();
            final double x = centreX + along + random.nextDouble(-0.0025, 0.0025);
            final double y = centreY - hand.climb() * along + random.nextDouble(-0.003, 0.003);
            written.add(new Written(text.charAt(i), x, y));
            if (text.charAt(i) == '=') {
                final double gap = hand.height() * random.nextDouble(0.10, 0.14);
                symbol('-', sheet, x, y - gap, hand, random);
                symbol('-', sheet, x, y + gap, hand, random);
            } else {
                symbol(text.charAt(i), sheet, x, y, hand, random);
            }
        }
        return written;
    }

    /** Writes one large digit, about {@code height} metres tall, in the middle of a sheet, as on a card. */
    public void digit(final char digit, final InkMap sheet, final double height, final RandomGenerator random) {
        final Glyph glyph = handwriting.pick(digit, random);
        final double tall = height * random.nextDouble(0.94, 1.06);
        final double wide = Math.min(0.8 * sheet.widthMetres(), tall * glyph.width() / glyph.height());
        sheet.draw(glyph, new Stamp(
            sheet.widthMetres() / 2 + random.nextDouble(-0.0015, 0.0015), sheet.heightMetres() / 2 + random.nextDouble(-0.0015, 0.0015),
            wide, tall, random.nextDouble(-0.08, 0.12), random.nextDouble(-0.05, 0.05), random.nextDouble(45, 120),
            random.nextDouble(0.85, 1.0)));
    }

    private void symbol(
        final char symbol, final InkMap sheet, final double x, final double y, final Hand hand, final RandomGenerator random) {
        final Glyph glyph = handwriting.pick(symbol, random);
        final double size = hand.height() * random.nextDouble(0.94, 1.06);
        final double scale = switch (symbol) {
            case '-' -> 0.58 * size / glyph.width();
            case '+', '×', '÷' -> 0.68 * size / Math.max(glyph.width(), glyph.height());
            default -> size / glyph.height();
        };
        final double width = Math.min(glyph.width() * scale, 0.95 * hand.pitch());
        sheet.draw(glyph, new Stamp(
            x, y, width, glyph.height() * scale, hand.slant() + random.nextDouble(-0.05, 0.05), random.nextDouble(-0.06, 0.06),
            hand.threshold(), hand.strength()));
    }
}
