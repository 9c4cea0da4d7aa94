/** The stages of training: what each learns from which data, and how a run goes on after it was interrupted. */
package dev.continuo.training.stage;
