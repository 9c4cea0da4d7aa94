package dev.continuo.actors.latency;

import org.HdrHistogram.Histogram;

/**
 * What one stage measured of one duration since the start.
 *
 * @param source    the stage's name
 * @param latency   which duration
 * @param histogram a copy, nanoseconds
 */
public record LatencyTotal(String source, Latency latency, Histogram histogram) {
}
