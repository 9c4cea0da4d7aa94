/** {@code bench franka}: the 1 kHz loop over the Franka Control Interface, beside a C program that only echoes. */
package dev.continuo.benchmarks.franka;
