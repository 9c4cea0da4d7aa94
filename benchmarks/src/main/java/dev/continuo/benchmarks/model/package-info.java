/** The parts of the model timed one by one, beside PyTorch with a network of the same sizes. */
package dev.continuo.benchmarks.model;
