package dev.continuo.config;

import java.nio.file.Path;

/**
 * The data plane.
 *
 * @param directory      the folder of the Aeron media driver, best on {@code /dev/shm}
 * @param channel        the channel of the streams, {@code aeron:ipc} on one machine
 * @param termLengthBytes the length of one term buffer: a power of two, more than eight times the largest message
 */
public record BusProfile(Path directory, String channel, int termLengthBytes) {
}
