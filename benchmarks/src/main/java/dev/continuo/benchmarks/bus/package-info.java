/** Round trips between two processes over the bus, and over what one would use without it. */
package dev.continuo.benchmarks.bus;
