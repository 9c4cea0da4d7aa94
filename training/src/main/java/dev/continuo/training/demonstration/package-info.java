/** Demonstrations of the task: a scripted expert moves the arms of the simulated cell and what happens is recorded. */
package dev.continuo.training.demonstration;
