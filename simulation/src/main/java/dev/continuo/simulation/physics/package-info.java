/**
 * What gives way and what falls: the dynamics of the arms and the rigid bodies on the table.
 *
 * <p>Written from the published tables and independent of the driver's kinematics and gravity model, so that a mistake in one of
 * the two shows as an arm that sags or misses instead of cancelling out. Everything is stepped by its owner, in one thread; the same
 * commands give the same motion bit for bit.
 */
package dev.continuo.simulation.physics;
