/**
 * Toy placement, the second task of ChatVLA-2 (chatvla2.md section 1.8): what toys there are, what is asked for, how they lie, and who judges.
 *
 * <p>Directions are those of somebody who looks from where the camera is, at the robot's right side: left is towards the robot's base (-x), right away from it (+x), front nearer (-y),
 * behind farther (+y).
 */
package dev.continuo.simulation.toys;
