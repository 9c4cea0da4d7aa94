package dev.continuo.reasoning.network;

/** A sequence that is continued token by token. For one thread. */
public interface Continuation {

    /**
     * Feeds a token.
     *
     * @param token    its id
     * @param position its position, the same on all three axes
     * @return its normed hidden state, {@code [hiddenSize]}: valid until the next token is fed
     */
    float[] feed(long token, int position);

    /** The token that most likely follows a normed hidden state. */
    long strongest(float[] hidden);
}
