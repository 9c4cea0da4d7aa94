package dev.continuo.config;

/**
 * The control plane's addresses. Everything binds to loopback unless told otherwise.
 *
 * @param host        the address that all roles bind to
 * @param controlPort UDP port of the role {@code control}
 * @param brainPort   UDP port of the role {@code brain}
 * @param cellPort    UDP port of the role {@code cell}
 */
public record ClusterProfile(String host, int controlPort, int brainPort, int cellPort) {
}
