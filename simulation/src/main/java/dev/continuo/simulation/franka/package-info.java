/**
 * A simulated Franka that speaks the Franka Control Interface: to whoever connects it is a robot. {@link dev.continuo.simulation.franka.FciServer} is the protocol,
 * {@link dev.continuo.simulation.franka.SimulatedFranka} the robot behind it.
 */
package dev.continuo.simulation.franka;
