/**
 * Dense arithmetic over plain arrays, for inference on a CPU: no allocation, no native call, one thread.
 *
 * <p>The just-in-time compiler turns a loop into vector instructions when it can tell that what is stored never overlaps what is loaded later.
 * It can for different arrays that are read and written at the <em>same</em> index, and not for two places in one array. So a matrix is an array
 * of rows here, never a flat array with offsets, and every inner loop runs over {@code j} alone. That is worth a factor of five.
 */
package dev.continuo.reasoning.kernel;
