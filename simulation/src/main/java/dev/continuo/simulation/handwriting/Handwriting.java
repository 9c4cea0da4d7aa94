package dev.continuo.simulation.handwriting;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The glyphs of one split of writers, by symbol. Symbols are the digits and {@code + - × ÷}; an equals sign is written with two
 * minus strokes by {@link EquationLine}.
 *
 * <p>Immutable and shared between threads.
 */
public final class Handwriting {
    /** Every symbol that can be picked; its place is its label in the files. */
    public static final String SYMBOLS = "0123456789+-×÷";

    private final WriterSplit split;
    private final Map<Character, List<List<Glyph>>> glyphsBySymbol = new HashMap<>();

    private Handwriting(final WriterSplit split, final Set<ByteBuffer> excluded) {
        this.split = split;
        final Map<String, IdxFile> files = new LinkedHashMap<>();
        for (int label = 0; label < SYMBOLS.length(); label++) {
            final char symbol = SYMBOLS.charAt(label);
            final List<List<Glyph>> sets = new ArrayList<>();
            for (final String name : split.setsOf(symbol)) {
                sets.add(glyphs(symbol, label, files.computeIfAbsent(name, IdxFile::resource), excluded));
            }
            glyphsBySymbol.put(symbol, sets);
        }
    }

    /** The handwriting of a split, read once. */
    public static Handwriting of(final WriterSplit split) {
        return split == WriterSplit.TRAINING ? Training.INSTANCE : HeldOut.INSTANCE;
    }

    /** Whose handwriting this is. */
    public WriterSplit split() {
        return split;
    }

    /** Any glyph of a symbol; each data set of the split is equally likely, whatever its size. */
    public Glyph pick(final char symbol, final RandomGenerator random) {
        final List<List<Glyph>> sets = sets(symbol);
        final List<Glyph> glyphs = sets.get(random.nextInt(sets.size()));
        return glyphs.get(random.nextInt(glyphs.size()));
    }

    /** All glyphs of a symbol. */
    public List<Glyph> all(final char symbol) {
        return sets(symbol).stream().flatMap(List::stream).toList();
    }

    private List<List<Glyph>> sets(final char symbol) {
        final List<List<Glyph>> sets = glyphsBySymbol.get(symbol);
        if (sets == null) {
            throw new IllegalArgumentException("no handwriting of '" + symbol + "'; there is " + SYMBOLS);
        }
        return sets;
    }

    private static List<Glyph> glyphs(final char symbol, final int label, final IdxFile file, final Set<ByteBuffer> excluded) {
        final List<Glyph> glyphs = new ArrayList<>();
        for (int i = 0; i < file.labels().length; i++) {
            if (file.labels()[i] == label && !excluded.contains(image(file, i))) {
                glyphs.add(Glyph.measure(symbol, file.pixels(), i * IdxFile.IMAGE_BYTES));
            }
        }
        return List.copyOf(glyphs);
    }

    private static ByteBuffer image(final IdxFile file, final int index) {
        return ByteBuffer.wrap(file.pixels(), index * IdxFile.IMAGE_BYTES, IdxFile.IMAGE_BYTES);
    }

    private static final class Training {
        private static final Handwriting INSTANCE = new Handwriting(WriterSplit.TRAINING, Set.of());
    }

    /** The operators' held-out file repeats a few images of its training file; those are left out. */
    private static final class HeldOut {
        private static final Handwriting INSTANCE = new Handwriting(WriterSplit.HELD_OUT, images(IdxFile.resource("mdas-train")));

        private static Set<ByteBuffer> images(final IdxFile file) {
            final Set<ByteBuffer> images = new HashSet<>();
            for (int i = 0; i < file.labels().length; i++) {
                images.add(image(file, i));
            }
            return images;
        }
    }
}
