/**
 * Where an arm's links are and which torques move them: forward and inverse kinematics, dynamics, and planned joint motions.
 *
 * <p>Angles in radians, lengths in metres, masses in kilograms. Rotation matrices are nine doubles, row by row, whose columns are the
 * axes of the described frame. Objects hold scratch memory: each belongs to one thread, and no method allocates after construction
 * unless it says so.
 */
package dev.continuo.hardware.kinematics;
