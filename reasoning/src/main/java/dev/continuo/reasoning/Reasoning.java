package dev.continuo.reasoning;

/**
 * What the model said, and the condition {@code r} that it leaves to the policy.
 *
 * @param text            the answer without its end token
 * @param embedding       mean of the normed hidden states of all tokens of the answer, the end token included: the same positions that training
 *                        averages over; zeros if there is no token
 * @param tokens          ids of the answer's tokens, the end token included
 * @param complete        whether the answer ended by itself, not by the limit or by being cancelled
 * @param firstTokenNanos from the call to the first token
 * @param totalNanos      from the call to the end
 */
public record Reasoning(String text, float[] embedding, long[] tokens, boolean complete, long firstTokenNanos, long totalNanos) {
}
