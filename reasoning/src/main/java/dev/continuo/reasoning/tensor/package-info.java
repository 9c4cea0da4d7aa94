/** Weights: the safetensors format, named sets of arrays on a device, and the switch that keeps inference out of the autograd graph. */
package dev.continuo.reasoning.tensor;
