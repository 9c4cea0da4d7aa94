package dev.continuo.reasoning.text;

import java.util.Arrays;

/**
 * Turns tokens into text as they come. A character whose bytes are spread over several tokens appears with the last of them, so the pieces
 * joined are the text of all tokens. For one thread.
 */
public final class StreamedText {
    private static final char REPLACEMENT = '\uFFFD';
    private static final int BYTES_OF_CHARACTER_MAX = 4;

    private final ChatTokenizer tokenizer;
    private long[] pending = new long[0];

    StreamedText(final ChatTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /** The text that a token completes; may be empty. */
    public String add(final long id) {
        pending = Arrays.copyOf(pending, pending.length + 1);
        pending[pending.length - 1] = id;
        final String text = tokenizer.decode(pending);
        // What is still no character after four bytes never will be one.
        if (!text.isEmpty() && text.charAt(text.length() - 1) == REPLACEMENT && pending.length < BYTES_OF_CHARACTER_MAX) {
            return "";
        }
        pending = new long[0];
        return text;
    }

    /** What is left when no token follows. */
    public String end() {
        final String text = tokenizer.decode(pending);
        pending = new long[0];
        return text;
    }
}
