/**
 * Arms and grippers: the protocols of their motors, kinematics, and the safety envelope that every command passes.
 *
 * <p>Plain Java: no actors, no streams, no tensors. Classes that a control cycle uses do not allocate after construction, take no
 * lock and read no clock: they are handed the time.
 */
package dev.continuo.hardware;
