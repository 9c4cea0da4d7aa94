/** The physical cell of toy placement: a Franka, its hand, and blocks that are pushed, held and stacked. */
package dev.continuo.simulation.toys.cell;
