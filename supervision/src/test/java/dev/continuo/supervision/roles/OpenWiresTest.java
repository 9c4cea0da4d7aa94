package dev.continuo.supervision.roles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.ProfileReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenWiresTest {
    private static final String FILES = "{ certificate = /c, key = /k, ";

    private static List<String> of(final String... settings) {
        return OpenWires.of(ProfileReader.read("arx-sim", List.of(settings)));
    }

    @Test
    void onLoopbackNothingIsOpen() {
        assertEquals(List.of(), of());
        assertEquals(List.of(), of("web.tls=" + FILES + "clients = /a }"));
    }

    @Test
    void tokensInTheOpenAreTold() {
        final List<String> open = of("web.address=192.0.2.1", "web.viewer-token-file=/v", "web.operator-token-file=/o");
        assertEquals(List.of("tokens and pictures travel unencrypted over HTTP beyond this computer: give web.tls"), open);
        assertEquals(List.of(), of("web.address=192.0.2.1", "web.tls=" + FILES + "clients = /a }"));
        assertEquals(List.of(), of("web.enabled=false", "web.address=192.0.2.1", "web.viewer-token-file=/v", "web.operator-token-file=/o"), "it does not listen");
    }

    @Test
    void anOpenClusterIsTold() {
        assertTrue(of("cluster.host=192.0.2.1", "cluster.unprotected=true").getFirst().startsWith("whoever reaches 192.0.2.1 can give orders"));
        assertEquals(List.of(), of("cluster.host=192.0.2.1", "cluster.tls=" + FILES + "authority = /a }"));
    }

    @Test
    void aBusOverUdpIsTold() {
        assertTrue(of("bus.channel=\"aeron:udp?endpoint=192.0.2.1:40123\"").getFirst().contains("is neither authenticated nor encrypted"));
    }
}
