/**
 * What stands where in the math-matching cell: fixed measures, and the state of a scene at one instant, which physics writes and
 * renderer and judge read.
 *
 * <p>World frame: x away from the robots, y to the left, z up, origin on the table top between the arms' bases. Metres, radians.
 */
package dev.continuo.simulation.scene;
