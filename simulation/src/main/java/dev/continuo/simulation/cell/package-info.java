/**
 * The whole simulated cell in one object, stepped by its owner's clock, and the host that runs it in real time.
 */
package dev.continuo.simulation.cell;
