/**
 * The streams between stages: Aeron between processes and threads, and an in-memory twin for stepping everything in one thread.
 *
 * <p>A publisher never waits: what cannot be delivered is refused and counted. A subscriber that wants the newest value keeps it in
 * a {@link dev.continuo.actors.bus.NewestValue}. Nothing here allocates once streams are set up.
 */
package dev.continuo.actors.bus;
