/**
 * What the runtime measures of itself: single-writer counts and latency histograms. Recording never allocates, locks or logs;
 * reading and writing files happens elsewhere.
 */
package dev.continuo.actors.latency;
