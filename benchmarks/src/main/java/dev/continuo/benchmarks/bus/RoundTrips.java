package dev.continuo.benchmarks.bus;

import dev.continuo.benchmarks.Percentiles;

/**
 * The round trips of one message size over one transport.
 *
 * @param transport how
 * @param bytes     length of the message
 * @param latency   from before sending to after receiving, in the asking process
 * @param p50Ratio  the median over that of the bus
 * @param p99Ratio  the 99th percentile over that of the bus
 */
public record RoundTrips(Transport transport, int bytes, Percentiles latency, double p50Ratio, double p99Ratio) {
}
