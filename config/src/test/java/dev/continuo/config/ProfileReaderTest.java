package dev.continuo.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileReaderTest {
    @TempDir
    private Path folder;

    @Test
    void anAddressOnTheCommandLineNeedsNoQuotes() {
        assertEquals(Optional.of(URI.create("http://127.0.0.1:4318/v1/traces")), ProfileReader.read("arx-sim", List.of("traces.endpoint=http://127.0.0.1:4318/v1/traces")).traces());
        assertEquals(Optional.empty(), ProfileReader.read("arx-sim").traces());
        final ProfileException noAddress = assertThrows(ProfileException.class, () -> ProfileReader.read("arx-sim", List.of("traces.endpoint=here")));
        assertTrue(noAddress.getMessage().startsWith("command line: traces.endpoint must be the address of an OTLP/HTTP receiver"), noAddress.getMessage());
    }

    @Test
    void whatIsKeptOfARecordedProfileCanBeReadAgain() throws IOException {
        final List<String> settings = List.of("recording.survives=power", "recording.keep-free=1 GiB", "cell.seed=7");
        final Profile profile = ProfileReader.read("franka-sim", settings);
        final Profile again = ProfileReader.read(file(ProfileReader.text("franka-sim", settings)).toString());
        assertEquals(profile.recording(), again.recording());
        assertEquals(RecordingProfile.Survives.POWER, again.recording().survives());
        assertEquals(profile.arms(), again.arms());
        assertEquals(profile.cameras(), again.cameras());
        assertEquals(profile.cell(), again.cell());
    }

    @Test
    void readsEveryShippedProfile() {
        for (final String name : ProfileReader.shipped()) {
            final Profile profile = ProfileReader.read(name);
            assertEquals(name, profile.name());
            assertEquals(name.equals("franka-sim") ? ActionSpace.POSE_COLUMNS : 14, profile.columns());
        }
    }

    @Test
    void aFileGivesOnlyWhatDiffers() throws IOException {
        final Profile profile = ProfileReader.read(file("extends = arx-sim\ncell.seed = 77\nplayback.row-period = 40 ms\n"));
        assertEquals(77, profile.cell().seed());
        assertEquals(40_000_000L, profile.playback().rowPeriodNanos());
        assertInstanceOf(TransportProfile.LocalSocket.class, profile.arms().getFirst().arx().transport());
    }

    @Test
    void anArmCanBeReachedThroughAnInterfaceOfTheKernel() throws IOException {
        final Profile profile = ProfileReader.read(file("extends = arx-sim\n" + transport("kind = socketcan, interface = can0")));
        assertEquals(new TransportProfile.SocketCan("can0"), profile.arms().getFirst().arx().transport());
    }

    @Test
    void anArmOfAnotherTypeHasAsManyAxesAsItsLimits() throws IOException {
        final ArmProfile arm = ProfileReader.read(file(other("settings { host = here, port = 7 }", "[-1, -1, 0]"))).arms().getFirst();
        assertEquals(new DriverProfile.Plugin("toy", 3, new PluginSettings("arm left", Map.of("host", "here", "port", "7"))), arm.driver());
        assertEquals(3, arm.columns());
        assertEquals(100, arm.rateHz());
    }

    @Test
    void namesWhatIsWrongWithAnArmOfAnotherType() throws IOException {
        assertFailure(other("", "[0]"), "arms[0].limits.minimum must have a value for each joint and one for the gripper, has 1");
        assertFailure(other("", "[-1, -1]"), "arms[0].limits.maximum must have 2 values, has 3");
        assertFailure(other("transport { kind = slcan }", "[-1, -1, 0]"), "unknown key arms[0].transport; known here: actions, base, contact, limits, model, name, park-pose, rate-hz, ready-pose, settings; "
            + "toy is none of x5, l5, r5, fr3, panda, so that its own keys stand in settings");
    }

    private static String other(final String keys, final String minimum) {
        return """
            extends = arx-sim
            arms = [ { name = left, model = toy, rate-hz = 100, base { x = 0, y = 0, z = 0, yaw = 0 }, ready-pose = [0, 0, 0], park-pose = [0, 0, 0]
              limits { minimum = %s, maximum = [1, 1, 1], velocity = [1, 1, 1], acceleration = [1, 1, 1], jerk = [1, 1, 1], workspace = ${definitions.r5-limits.workspace} }
              %s } ]
            """.formatted(minimum, keys);
    }

    @Test
    void aPolicyIsTheModelsOrAPluginsWhichNeedsNoReasoning() throws IOException {
        assertEquals(PolicyProfile.MODEL, ProfileReader.read("arx-sim").policy());
        assertEquals(PolicyProfile.MODEL, ProfileReader.read("arx-sim", List.of("policy.kind=model")).policy());
        assertEquals(new PolicyProfile("mine", false, new PluginSettings("policy mine", Map.of("gain", "2"))), ProfileReader.read(file("extends = arx-sim\npolicy { kind = mine, settings { gain = 2 } }\n")).policy());
        assertTrue(ProfileReader.read(file("extends = arx-sim\npolicy { kind = mine, reasoning = true }\n")).policy().reasoning());
        assertFailure("extends = arx-sim\npolicy { kind = model, reasoning = false }\n", "policy.reasoning must be true: the model's action expert follows its reasoning");
        assertFailure("extends = arx-sim\npolicy { kind = model, settings { a = 1 } }\n", "policy.settings are for policies of plugins");
        assertFailure("extends = arx-sim\npolicy { kind = mine, gain = 2 }\n", "profile.conf:2: unknown key policy.gain; known here: kind, reasoning, settings");
    }

    @Test
    void namesWhatIsWrongWithATransport() throws IOException {
        assertTransportFailure("kind = socketcan", "missing key arms[0].transport.interface");
        assertTransportFailure("kind = socketcan, interface = \"\"", "arms[0].transport.interface must be a name of at most 15 characters such as can0");
        assertTransportFailure("kind = socketcan, interface = a-name-too-long1", "at most 15 characters such as can0, is a-name-too-long1");
        assertTransportFailure("kind = socketcan, interface = \"can 0\"", "is can 0");
        assertTransportFailure("kind = socketcan, interface = /dev/can0", "is /dev/can0");
        assertTransportFailure("kind = socketcan, interface = \"..\"", "is ..");
        assertTransportFailure("kind = socketcan, interface = can0, bitrate = 500000", "unknown key arms[0].transport.bitrate");
        assertTransportFailure("kind = can", "arms[0].transport.kind must be local-socket, slcan or socketcan, is can");
    }

    @Test
    void everyArmHasABusOfItsOwn() throws IOException {
        assertFailure("extends = arx-sim\n" + transport("kind = socketcan, interface = can0")
            + transport("kind = socketcan, interface = can0").replace("left", "right"), "arms must not share a CAN interface");
    }

    @Test
    void namesFileLineAndKeyOfAnUnknownKey() throws IOException {
        assertFailure("extends = arx-sim\n\nplayback.chunk-rowz = 3\n", "profile.conf:3: unknown key playback.chunk-rowz");
    }

    @Test
    void whoListensForOthersNeedsTokens() throws IOException {
        assertFailure("extends = arx-sim\nweb.address = 0.0.0.0\n", "profile.conf:2: web.address is 0.0.0.0, which others can reach: give viewer-token-file and operator-token-file too");
        assertFailure("extends = arx-sim\nweb { address = 0.0.0.0, viewer-token-file = /a }\n", "give viewer-token-file and operator-token-file too");
        assertFailure("extends = arx-sim\nweb.address = no such address\n", "web.address is no address of this computer: no such address");
        final WebProfile web = ProfileReader.read(Files.writeString(folder.resolve("open.conf"), """
            extends = arx-sim
            web { address = 0.0.0.0, viewer-token-file = /a, operator-token-file = /b }
            """).toString()).web();
        assertEquals(WebProfile.plain(InetAddress.getByName("0.0.0.0"), 8460).withTokens(Optional.of(Path.of("/a")), Optional.of(Path.of("/b"))), web);
    }

    @Test
    void whoListensForOthersMayAskForCertificatesInstead() throws IOException {
        assertFailure("extends = arx-sim\nweb { address = 0.0.0.0, tls { certificate = /c, key = /k } }\n", "give viewer-token-file and operator-token-file too, or tls.clients");
        assertFailure("extends = arx-sim\nweb.tls { certificate = /c }\n", "missing key web.tls.key");
        assertFailure("extends = arx-sim\nweb.tls { certificate = /c, key = /k, authority = /a }\n", "unknown key web.tls.authority; known here: certificate, clients, key");
        final WebProfile web = ProfileReader.read(file("extends = arx-sim\nweb { address = 0.0.0.0, tls { certificate = /c, key = /k, clients = /a } }\n")).web();
        assertEquals(Optional.of(new TlsProfile(Path.of("/c"), Path.of("/k"), Optional.of(Path.of("/a")))), web.tls());
        assertTrue(web.asksForCertificates());
    }

    @Test
    void aClusterThatOthersCanReachNeedsTls() throws IOException {
        assertFailure("extends = arx-sim\ncluster.host = 192.0.2.1\n",
            "profile.conf:2: cluster.host is 192.0.2.1, which others can reach: give tls, or say unprotected = true if nobody else is on that wire");
        assertFailure("extends = arx-sim\ncluster { host = 192.0.2.1, unprotected = false }\n", "cluster.host is 192.0.2.1, which others can reach");
        assertFailure("extends = arx-sim\ncluster.tls { certificate = /c, key = /k }\n", "missing key cluster.tls.authority");
        assertEquals("192.0.2.1", ProfileReader.read(file("extends = arx-sim\ncluster { host = 192.0.2.1, unprotected = true }\n")).cluster().host());
        final ClusterProfile cluster = ProfileReader.read(file("extends = arx-sim\ncluster { host = 192.0.2.1, tls { certificate = /c, key = /k, authority = /a } }\n")).cluster();
        assertEquals(Optional.of(new TlsProfile(Path.of("/c"), Path.of("/k"), Optional.of(Path.of("/a")))), cluster.tls());
    }

    @Test
    void namesAnImpossibleLimit() throws IOException {
        assertFailure("extends = arx-sim\ndefinitions.r5-limits.velocity = [0,1,1,1,1,1,1]\n",
            "arms[0].limits.velocity must be positive on axis 0");
    }

    @Test
    void namesAPoseOutsideTheLimits() throws IOException {
        assertFailure("extends = arx-sim\ndefinitions.r5-ready = [9,0,0,0,0,0,0]\n", "arms[0].ready-pose leaves the limits on axis 0: 9.0");
    }

    @Test
    void namesAMissingKey() throws IOException {
        assertFailure("task = math-matching\n", "missing key instruction");
    }

    @Test
    void namesAValueOfTheWrongType() throws IOException {
        assertFailure("extends = arx-sim\ncell.enabled = perhaps\n", "profile.conf:2: cell.enabled cannot be read");
    }

    @Test
    void namesProfilesThatDoExistWhenAskedForAnUnknownOne() {
        final ProfileException failure = assertThrows(ProfileException.class, () -> ProfileReader.read("arx-smi"));
        assertTrue(failure.getMessage().contains("arx-smi") && failure.getMessage().contains("arx-sim"), failure.getMessage());
    }

    private static String transport(final String keys) {
        return "definitions.left-transport = null\ndefinitions.left-transport = { " + keys + " }\n";
    }

    private void assertTransportFailure(final String keys, final String expected) throws IOException {
        assertFailure("extends = arx-sim\n" + transport(keys), expected);
    }

    private void assertFailure(final String text, final String expected) throws IOException {
        final String path = file(text);
        final ProfileException failure = assertThrows(ProfileException.class, () -> ProfileReader.read(path));
        assertTrue(failure.getMessage().contains(expected), failure.getMessage());
        assertFalse(failure.getMessage().contains("\n"), "one line");
    }

    private String file(final String text) throws IOException {
        return Files.writeString(folder.resolve("profile.conf"), text).toString();
    }
}
