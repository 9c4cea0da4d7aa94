package dev.continuo.simulation.toys;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where a toy is to be placed, as seen from the camera. */
public enum Relation {
    /** Beside the target, on its left. */
    LEFT("left", "to the left of"),
    /** Beside the target, on its right. */
    RIGHT("right", "to the right of"),
    /** Before the target, with room between them. */
    FRONT("front", "in front of"),
    /** Beyond the target. */
    BEHIND("behind", "behind"),
    /** Upon the target. */
    TOP("top", "on top of"),
    /** At the target's foot: before it, and close to it. */
    BOTTOM("bottom", "at the bottom of");

    private final String word;
    private final String phrase;

    Relation(final String word, final String phrase) {
        this.word = word;
        this.phrase = phrase;
    }

    /** The word of the paper's instructions, for example {@code left}. */
    public String word() {
        return word;
    }

    /** How one says it before a target's name, for example {@code to the left of}. */
    public String phrase() {
        return phrase;
    }

    /** All words, for messages. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Relation::word).toList();
    }

    /** The relation that a text names: by its word, by its phrase, or as {@code to the WORD of}. */
    public static Optional<Relation> in(final String text) {
        final String plain = text.strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
            .filter(relation -> plain.equals(relation.word) || plain.equals(relation.phrase) || plain.equals("to the " + relation.word + " of"))
            .findFirst();
    }
}
