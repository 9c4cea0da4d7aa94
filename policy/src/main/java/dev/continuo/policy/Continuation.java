package dev.continuo.policy;

/**
 * How a chunk is sampled while another one plays: real-time chunking (Black and others, arXiv 2506.07339) without a gradient, and several candidates of which the one that strays least from what plays
 * is taken (after bidirectional decoding, Liu and others, arXiv 2408.17355).
 *
 * @param guidance   beta: how hard a chunk is drawn to what plays, 0 for not at all; 5 in the paper
 * @param candidates chunks that are sampled, from noise of their own each; at least 1
 */
public record Continuation(double guidance, int candidates) {
    /** Checks the numbers. */
    public Continuation {
        if (!(guidance >= 0) || candidates < 1) {
            throw new IllegalArgumentException("guidance " + guidance + ", candidates " + candidates);
        }
    }
}
