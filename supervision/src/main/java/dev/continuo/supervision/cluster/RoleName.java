package dev.continuo.supervision.cluster;

import dev.continuo.config.ClusterProfile;
import java.util.Locale;

/** The processes that make up the service. */
public enum RoleName {
    /** Guardian, arms, safety, latencies; the parent of the others. */
    CONTROL,
    /** Cameras, reasoning and policy. */
    BRAIN,
    /** The simulated cell. */
    CELL;

    /** The name in command lines, logs and addresses. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The port that the role's control plane listens on: UDP, with TLS it is TCP. */
    public int port(final ClusterProfile cluster) {
        return switch (this) {
            case CONTROL -> cluster.controlPort();
            case BRAIN -> cluster.brainPort();
            case CELL -> cluster.cellPort();
        };
    }

    /**
     * The role of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static RoleName of(final String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }
}
