/** How well and how smoothly a task is played under each way that chunks can follow each other, when chunks take their time. */
package dev.continuo.benchmarks.stutter;
