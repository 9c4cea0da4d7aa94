package dev.continuo.supervision.trace;

/**
 * The way of one chunk. Times are nanoseconds of the messages' clock.
 *
 * @param chunk                    its sequence
 * @param observedAtNanos          the oldest observation that it was computed from
 * @param frame                    the picture of that observation; null if it was not seen on the bus
 * @param reasoning                the sequence of the reasoning that it follows; 0 for none
 * @param reasoningObservedAtNanos what that one was about, or {@link dev.continuo.policy.playback.ActionChunk#NO_REASONING}
 * @param begunAtNanos             when the policy began
 * @param publishedAtNanos         when the chunk went on the bus
 * @param arm                      whose command was the first
 * @param commandedAtNanos         when that was handed to the driver
 */
record ChunkWay(
    long chunk, long observedAtNanos, Frame frame, long reasoning, long reasoningObservedAtNanos, long begunAtNanos, long publishedAtNanos, String arm, long commandedAtNanos) {

    /**
     * A picture on the bus.
     *
     * @param camera           its place in the profile
     * @param observedAtNanos  when it was exposed
     * @param publishedAtNanos when it went on the bus
     */
    record Frame(int camera, long observedAtNanos, long publishedAtNanos) {
    }
}
