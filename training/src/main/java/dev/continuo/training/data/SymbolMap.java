package dev.continuo.training.data;

import dev.continuo.perception.QwenImageProcessor;
import dev.continuo.simulation.handwriting.Handwriting;
import java.util.Arrays;

/**
 * Which symbol is seen where in a picture: for the left and the right half of each image token, the symbol whose middle is in it.
 *
 * <p>Symbols on the board stand half as far again apart as such a half is wide, so two seldom share one.
 */
public final class SymbolMap {
    /** Halves of a token. */
    public static final int HALVES = 2;
    /** Kinds of symbols, and 0 for none. */
    public static final int KINDS = Handwriting.SYMBOLS.length() + 2;

    /** Side of what an image token covers. */
    static final int TOKEN_PIXELS = 2 * QwenImageProcessor.PATCH;
    private static final int HALF_PIXELS = TOKEN_PIXELS / HALVES;

    private final int columns;
    private final int rows;
    private final int[] kinds;

    /** An empty map of a picture of a size in pixels, a multiple of a token's. */
    SymbolMap(final int width, final int height) {
        columns = width / TOKEN_PIXELS;
        rows = height / TOKEN_PIXELS;
        kinds = new int[columns * rows * HALVES];
    }

    /** Puts what is of a kind, from 1, where its middle is seen, if that is inside the picture. */
    void put(final int kind, final double x, final double y) {
        final int half = (int) Math.floor(x / HALF_PIXELS);
        final int row = (int) Math.floor(y / TOKEN_PIXELS);
        if (half >= 0 && half < columns * HALVES && row >= 0 && row < rows) {
            kinds[row * columns * HALVES + half] = kind;
        }
    }

    /** The kind of a symbol, from 1. */
    static int kind(final char symbol) {
        final int index = symbol == '=' ? Handwriting.SYMBOLS.length() : Handwriting.SYMBOLS.indexOf(symbol);
        if (index < 0) {
            throw new IllegalArgumentException("no symbol " + symbol);
        }
        return index + 1;
    }

    /** The kinds of all halves: tokens in the model's order, the left half first; a copy. */
    int[] kinds() {
        return Arrays.copyOf(kinds, kinds.length);
    }
}
