package dev.continuo.simulation.handwriting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HandwritingTest {
    @Test
    void noImageIsInBothSplits() {
        final Set<ByteBuffer> training = new HashSet<>();
        for (final char symbol : Handwriting.SYMBOLS.toCharArray()) {
            Handwriting.of(WriterSplit.TRAINING).all(symbol).forEach(glyph -> training.add(image(glyph)));
        }
        for (final char symbol : Handwriting.SYMBOLS.toCharArray()) {
            for (final Glyph glyph : Handwriting.of(WriterSplit.HELD_OUT).all(symbol)) {
                assertFalse(training.contains(image(glyph)), "a held-out " + symbol + " is also a training image");
            }
        }
    }

    @Test
    void everySymbolHasManyWritings() {
        for (final WriterSplit split : WriterSplit.values()) {
            for (final char symbol : Handwriting.SYMBOLS.toCharArray()) {
                assertTrue(Handwriting.of(split).all(symbol).size() >= 80, split + " " + symbol);
            }
        }
    }

    @Test
    void sameSeedPicksTheSameGlyph() {
        final Handwriting writers = Handwriting.of(WriterSplit.TRAINING);
        assertEquals(writers.pick('4', new SplittableRandom(3)), writers.pick('4', new SplittableRandom(3)));
        assertEquals('4', writers.pick('4', new SplittableRandom(4)).symbol());
    }

    @Test
    void unknownSymbolIsRefusedByName() {
        final Handwriting writers = Handwriting.of(WriterSplit.TRAINING);
        final var refusal = assertThrows(IllegalArgumentException.class, () -> writers.pick('x', new SplittableRandom(1)));
        assertTrue(refusal.getMessage().contains("'x'"));
    }

    @Test
    void aLineIsWrittenAboutItsCentreWithinTheSheet() {
        final InkMap sheet = new InkMap(0.42, 0.24, 500);
        new EquationLine(Handwriting.of(WriterSplit.HELD_OUT)).write("12×7=", sheet, 0.21, 0.065, new SplittableRandom(9));
        long ink = 0;
        double momentX = 0;
        double momentY = 0;
        for (int y = 0; y < sheet.height(); y++) {
            for (int x = 0; x < sheet.width(); x++) {
                ink += sheet.at(x, y);
                momentX += sheet.at(x, y) * (x + 0.5);
                momentY += sheet.at(x, y) * (y + 0.5);
            }
        }
        assertEquals(0.21, momentX / ink / 500, 0.025);
        assertEquals(0.065, momentY / ink / 500, 0.008);
        assertTrue(ink / 255 > 200, "five symbols cover a visible area, not " + ink / 255 + " pixels");
    }

    @Test
    void anEqualsSignIsTwoSeparateStrokes() {
        final InkMap sheet = new InkMap(0.06, 0.06, 1000);
        new EquationLine(Handwriting.of(WriterSplit.TRAINING)).write("=", sheet, 0.03, 0.03, new SplittableRandom(5));
        int strokes = 0;
        boolean inside = false;
        for (int y = 0; y < sheet.height(); y++) {
            final boolean dark = sheet.at(sheet.width() / 2, y) > 100;
            strokes += dark && !inside ? 1 : 0;
            inside = dark;
        }
        assertEquals(2, strokes);
    }

    private static ByteBuffer image(final Glyph glyph) {
        return ByteBuffer.wrap(glyph.pixels(), glyph.offset(), Glyph.SIZE * Glyph.SIZE);
    }
}
