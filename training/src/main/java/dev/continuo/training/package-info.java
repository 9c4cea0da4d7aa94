/**
 * Demonstrations, data sets, the stages of training, and the evaluation of a trained policy.
 *
 * <p>Nothing here runs on a robot: it produces the weights that {@code reasoning} and {@code policy} load, and measures them in the
 * simulated cell through the same agents that a robot would run.
 */
package dev.continuo.training;
