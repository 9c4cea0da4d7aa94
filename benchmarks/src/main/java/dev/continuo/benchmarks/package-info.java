/**
 * Measurements of Continuo beside its peers, the verb {@code bench}: how fast messages travel, whether the control loops keep their time,
 * how long the model computes. What is measured, and what the figures mean, is told in {@code docs/measure.md}.
 */
package dev.continuo.benchmarks;
