/**
 * How a chunk of actions becomes a stream of setpoints: when a chunk is taken, which of its rows is due, and how one takes over from
 * another.
 *
 * <p>Part of the control path: nothing here allocates after construction, takes a lock or reads a clock.
 */
package dev.continuo.policy.playback;
