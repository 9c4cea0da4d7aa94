/**
 * Real handwriting for whiteboards and cards: images of digits and operators by many writers, split into those that training may
 * see and those that are held out for evaluation, and lines composed of them.
 */
package dev.continuo.simulation.handwriting;
