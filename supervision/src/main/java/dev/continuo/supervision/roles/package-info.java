/**
 * What runs in each process: the guardian and the arms in {@code control}, the stages in {@code brain}, the simulated cell in
 * {@code cell}.
 */
package dev.continuo.supervision.roles;
