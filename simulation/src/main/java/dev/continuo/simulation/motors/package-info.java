/**
 * Motors of an ARX arm as they look from a CAN bus, and the bus between them and a host.
 *
 * <p>They pack and unpack frames by their own code, written from the protocol's description and not shared with the driver, so that a
 * mistake in one of the two shows as a disagreement. Nothing is allocated after construction; one thread; time is handed in.
 */
package dev.continuo.simulation.motors;
