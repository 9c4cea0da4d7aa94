package dev.continuo.supervision.roles;

import dev.continuo.config.Profile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Where a profile sends what others could read or forge, because it says so itself or because nothing could be done about it. */
final class OpenWires {
    private OpenWires() {
    }

    /** One line for each; empty if all that leaves the computer is protected. */
    static List<String> of(final Profile profile) {
        final List<String> open = new ArrayList<>();
        if (profile.web().enabled() && !profile.web().address().isLoopbackAddress() && profile.web().tls().isEmpty()) {
            open.add("tokens and pictures travel unencrypted over HTTP beyond this computer: give web.tls");
        }
        final InetAddress cluster = new InetSocketAddress(profile.cluster().host(), 0).getAddress();
        if (profile.cluster().tls().isEmpty() && (cluster == null || !cluster.isLoopbackAddress())) {
            open.add("whoever reaches " + profile.cluster().host() + " can give orders to the cluster: cluster.unprotected is true and there is no cluster.tls");
        }
        if (profile.bus().channel().startsWith("aeron:udp")) {
            open.add("bus.channel " + profile.bus().channel() + " is neither authenticated nor encrypted: whoever reaches that wire can read pictures and send chunks");
        }
        return open;
    }
}
