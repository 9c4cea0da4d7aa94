/** From demonstrations and scenes to batches: every batch is a pure function of a seed and its number, so that training resumes exactly. */
package dev.continuo.training.data;
