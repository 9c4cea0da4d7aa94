/** {@code bench faults}: faults of every kind in the real service, whose cell stands here so that its cameras, buses and joints can be got at. */
package dev.continuo.benchmarks.faults;
