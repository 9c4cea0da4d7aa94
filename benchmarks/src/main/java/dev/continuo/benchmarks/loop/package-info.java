/** The control loops of both arms against the simulated cell's motors: ticks kept, ticks missed, bytes allocated. */
package dev.continuo.benchmarks.loop;
