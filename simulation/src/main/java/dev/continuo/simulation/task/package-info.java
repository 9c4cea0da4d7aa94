/**
 * The math-matching task: equations and their splits, trials laid out from seeds, the reasoning text that a demonstration carries,
 * and the judge that scores a trial as the paper does.
 */
package dev.continuo.simulation.task;
