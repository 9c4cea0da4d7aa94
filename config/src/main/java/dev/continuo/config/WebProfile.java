package dev.continuo.config;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the role {@code control} can be watched and operated over HTTP.
 *
 * @param enabled      whether it listens at all
 * @param address      the address it binds to: loopback unless told otherwise
 * @param port         TCP port; 0 takes any free one
 * @param viewerToken  the file with the token of those who may watch; without one, everybody who can reach the port may
 * @param operatorToken the file with the token of those who may also give instructions and release the emergency stop; without one, those who may watch
 */
public record WebProfile(boolean enabled, InetAddress address, int port, Optional<Path> viewerToken, Optional<Path> operatorToken) {
    /** Listens nowhere. */
    public static final WebProfile OFF = new WebProfile(false, InetAddress.getLoopbackAddress(), 0, Optional.empty(), Optional.empty());
}
