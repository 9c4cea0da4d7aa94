package dev.continuo.reasoning;

/** Told of each token of an answer, in order, on the thread that generates. */
@FunctionalInterface
public interface TokenListener {
    /** Listens to nothing. */
    TokenListener NONE = (id, text) -> {
    };

    /**
     * A token was chosen.
     *
     * @param id   its id; the last may be the end of the turn
     * @param text the text that it completes; may be empty
     */
    void onToken(long id, String text);
}
