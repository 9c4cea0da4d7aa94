/**
 * The stages' work: Agrona agents that can be stepped by a thread, by a scheduler or by a test under a virtual clock.
 *
 * <p>An agent reads no clock but the one that it is handed, and touches nothing that another thread owns: newest values come from
 * the bus, commands come through a proxy's bounded queue, and what others want to know stands in counts. Agents of the control path
 * do not allocate once warm.
 */
package dev.continuo.actors.agent;
