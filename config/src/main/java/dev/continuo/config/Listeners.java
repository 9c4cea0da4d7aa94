package dev.continuo.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads who may reach a service over the network: whatever binds beyond loopback must say how strangers are kept out. */
final class Listeners {
    private static final int LAST_PORT = 65_535;

    private Listeners() {
    }

    static WebProfile web(final ProfileSection section) {
        final WebProfile web = new WebProfile(section.flag("enabled"), address(section, "address"), section.integer("port", 0, LAST_PORT), file(section, "viewer-token-file"),
            file(section, "operator-token-file"), section.has("tls") ? Optional.of(webTls(section.section("tls"))) : Optional.empty());
        section.require(web.address().isLoopbackAddress() || web.asksForCertificates() || web.viewerToken().isPresent() && web.operatorToken().isPresent(), "address",
            "is " + section.text("address") + ", which others can reach: give viewer-token-file and operator-token-file too, or tls.clients");
        section.finish();
        return web;
    }

    private static TlsProfile webTls(final ProfileSection section) {
        final TlsProfile tls = new TlsProfile(Path.of(section.text("certificate")), Path.of(section.text("key")), file(section, "clients"));
        section.finish();
        return tls;
    }

    static ClusterProfile cluster(final ProfileSection section) {
        final ClusterProfile cluster = new ClusterProfile(section.text("host"), section.integer("control-port", 1, LAST_PORT),
            section.integer("brain-port", 1, LAST_PORT), section.integer("cell-port", 1, LAST_PORT), section.has("tls") ? Optional.of(clusterTls(section.section("tls"))) : Optional.empty());
        section.require(cluster.controlPort() != cluster.brainPort() && cluster.brainPort() != cluster.cellPort()
            && cluster.controlPort() != cluster.cellPort(), "control-port", "brain-port and cell-port must differ");
        final boolean unprotected = section.has("unprotected") && section.flag("unprotected");
        section.require(unprotected || cluster.tls().isPresent() || address(section, "host").isLoopbackAddress(), "host",
            "is " + cluster.host() + ", which others can reach: give tls, or say unprotected = true if nobody else is on that wire");
        section.finish();
        return cluster;
    }

    private static TlsProfile clusterTls(final ProfileSection section) {
        final TlsProfile tls = new TlsProfile(Path.of(section.text("certificate")), Path.of(section.text("key")), Optional.of(Path.of(section.text("authority"))));
        section.finish();
        return tls;
    }

    private static InetAddress address(final ProfileSection section, final String key) {
        final String address = section.text(key);
        try {
            return InetAddress.getByName(address);
        } catch (final UnknownHostException unknown) {
            section.require(false, key, "is no address of this computer: " + address);
            return null;
        }
    }

    private static Optional<Path> file(final ProfileSection section, final String key) {
        return section.has(key) ? Optional.of(Path.of(section.text(key))) : Optional.empty();
    }
}
