/**
 * What stands between any source of setpoints and the motors: the safety envelope that every command passes, and the emergency stop.
 *
 * <p>Axes 0 to 5 are joints in radians, axis 6 is the gripper in metres of opening. Nothing here allocates after construction, takes a
 * lock or reads a clock.
 */
package dev.continuo.hardware.safety;
