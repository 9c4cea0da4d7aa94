package dev.continuo.config;

import java.util.Optional;

/**
 * The control plane's addresses. Everything binds to loopback unless told otherwise.
 *
 * @param host        the address that all roles bind to
 * @param controlPort port of the role {@code control}: UDP, with TLS it is TCP
 * @param brainPort   port of the role {@code brain}
 * @param cellPort    port of the role {@code cell}
 * @param tls         what the roles prove to each other who they are with, always with an authority; empty for none, where everybody who can reach a port is believed
 */
public record ClusterProfile(String host, int controlPort, int brainPort, int cellPort, Optional<TlsProfile> tls) {
}
