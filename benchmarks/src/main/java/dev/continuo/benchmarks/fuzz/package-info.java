/** {@code bench fuzz}: coverage-guided fuzzing of everything that takes bytes from outside. */
package dev.continuo.benchmarks.fuzz;
