/** {@code bench watching}: what it costs to watch and to record. */
package dev.continuo.benchmarks.watching;
