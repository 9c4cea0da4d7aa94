/** Trials in closed loop, faster than real time: the agents of the runtime stepped in one thread against the simulated cell. */
package dev.continuo.training.evaluation;
