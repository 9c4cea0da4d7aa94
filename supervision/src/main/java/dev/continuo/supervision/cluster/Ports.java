package dev.continuo.supervision.cluster;

import dev.continuo.config.Profile;
import dev.continuo.config.ProfileException;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Whether the ports of a profile can be had: asked before anything is started, because Artery tells of a taken port late and at length. */
public final class Ports {
    private Ports() {
    }

    /** One line for each port that is taken; empty if all are free. */
    public static List<String> taken(final Profile profile) {
        final List<String> taken = new ArrayList<>();
        for (final RoleName role : RoleName.values()) {
            if (role != RoleName.CELL || profile.cell().enabled()) {
                cluster(profile, role, taken);
            }
        }
        if (profile.cell().enabled()) {
            tcp("cell.camera-port", InetAddress.getLoopbackAddress(), profile.cell().cameraPort(), taken);
        }
        if (profile.web().enabled()) {
            tcp("web.port", profile.web().address(), profile.web().port(), taken);
        }
        return taken;
    }

    /**
     * Requires all ports of a profile.
     *
     * @throws ProfileException that names the ones that are taken
     */
    public static void requireFree(final Profile profile) {
        final List<String> taken = taken(profile);
        if (!taken.isEmpty()) {
            throw new ProfileException(String.join("; ", taken) + " (is a run in progress?)");
        }
    }

    private static void cluster(final Profile profile, final RoleName role, final List<String> taken) {
        final String key = "cluster." + role.id() + "-port";
        final int port = role.port(profile.cluster());
        try {
            final InetAddress host = InetAddress.getByName(profile.cluster().host());
            if (profile.cluster().tls().isPresent()) {
                tcp(key, host, port, taken);
            } else {
                udp(key, host, port, taken);
            }
        } catch (final UnknownHostException unknown) {
            taken.add("cluster.host " + profile.cluster().host() + " is no address of this computer");
        }
    }

    private static void udp(final String key, final InetAddress address, final int port, final List<String> taken) {
        try (DatagramSocket socket = new DatagramSocket(null)) {
            socket.setReuseAddress(false);
            socket.bind(new InetSocketAddress(address, port));
        } catch (final IOException e) {
            taken.add(key + ' ' + port + " is taken: " + e.getMessage());
        }
    }

    private static void tcp(final String key, final InetAddress address, final int port, final List<String> taken) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
        } catch (final IOException e) {
            taken.add(key + ' ' + port + " is taken: " + e.getMessage());
        }
    }
}
