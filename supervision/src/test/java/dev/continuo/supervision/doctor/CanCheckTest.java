package dev.continuo.supervision.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.ArmProfile;
import dev.continuo.config.DriverProfile;
import dev.continuo.config.ProfileReader;
import dev.continuo.config.TransportProfile;
import dev.continuo.hardware.can.CanInterfaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listing of CAN interfaces, from a tree of files as the kernel shows them. */
class CanCheckTest {
    private static final String UP = "0x81";
    private static final String DOWN = "0x80";

    @TempDir
    private Path root;

    /** An interface: a link to its folder among the devices, as in /sys/class/net. */
    private Path add(final String name, final String type, final String flags, final String queue) throws IOException {
        final Path folder = Files.createDirectories(root.resolve("devices/net").resolve(name));
        Files.writeString(folder.resolve("type"), type + '\n');
        Files.writeString(folder.resolve("flags"), flags + '\n');
        Files.writeString(folder.resolve("tx_queue_len"), queue + '\n');
        Files.createDirectories(root.resolve("class"));
        Files.createSymbolicLink(root.resolve("class").resolve(name), folder);
        return folder;
    }

    private Path addCan(final String name, final String flags, final String carrier, final String queue) throws IOException {
        final Path folder = add(name, "280", flags, queue);
        Files.writeString(folder.resolve("carrier"), carrier);
        return folder;
    }

    private void driver(final Path folder, final String name) throws IOException {
        Files.createDirectories(folder.resolve("device"));
        Files.createSymbolicLink(folder.resolve("device/driver"), Files.createDirectories(root.resolve("drivers").resolve(name)));
    }

    private List<Finding> findings(final String... used) {
        final ArmProfile arm = ProfileReader.read("arx-sim").arms().getFirst();
        final List<ArmProfile> arms = java.util.Arrays.stream(used).map(name -> arm.withDriver(
            new DriverProfile.Arx(arm.model(), new TransportProfile.SocketCan(name), 0))).toList();
        return CanCheck.interfaces(CanInterfaces.find(root.resolve("class")), arms);
    }

    @Test
    void interfacesAreListedByNameWithWhatTheFilesTell() throws IOException {
        driver(addCan("can1", UP, "1\n", "1000"), "gs_usb");
        final Path old = addCan("can0", UP, "1\n", "1000");
        driver(old, "sja1000_isa");
        Files.createDirectories(old.resolve("can_bittiming"));
        Files.writeString(old.resolve("can_bittiming/bitrate"), "500000\n");
        addCan("vcan0", UP, "1\n", "1000");
        addCan("can2", DOWN, "", "10");
        add("eth0", "1", "0x1003", "1000");
        assertEquals(List.of(
            "CAN interface can0: up, sja1000_isa, queue of 1000 frames, 500000 bit/s",
            "CAN interface can1: up, gs_usb, queue of 1000 frames, bit rate: ip -details link show can1",
            "CAN interface can2: down, virtual or over a serial line, queue of 10 frames",
            "CAN interface vcan0: up, virtual or over a serial line, queue of 1000 frames"),
            findings().stream().map(finding -> finding.subject() + ": " + finding.found()).toList());
        assertTrue(findings().stream().allMatch(Finding::ok), "nobody uses them");
        assertEquals(OptionalInt.of(500_000), CanInterfaces.find(root.resolve("class")).getFirst().bitRate());
    }

    @Test
    void aMachineWithoutIsFine() {
        assertEquals(List.of(Finding.ok("CAN interfaces", "none on this computer; an adapter's tty (slcan) needs none")), findings());
    }

    @Test
    void whatAnArmUsesIsWarnedAboutWithTheCommandThatMendsIt() throws IOException {
        addCan("can0", DOWN, "", "1000");
        addCan("can1", UP, "0\n", "1000");
        addCan("can2", UP, "1\n", "10");
        final Path slow = addCan("can3", UP, "1\n", "1000");
        Files.createDirectories(slow.resolve("can_bittiming"));
        Files.writeString(slow.resolve("can_bittiming/bitrate"), "500000");
        addCan("can4", UP, "1\n", "1000");
        assertWarned("can0", "sudo ip link set can0 up type can bitrate 1000000");
        assertWarned("can1", "sudo ip link set can1 type can restart");
        assertWarned("can2", "sudo ip link set can2 txqueuelen 1000");
        assertWarned("can3", "sudo ip link set can3 down && sudo ip link set can3 up type can bitrate 1000000");
        assertWarned("can9", "sudo ip link set can9 up type can bitrate 1000000");
        assertTrue(findings("can4").stream().allMatch(Finding::ok));
    }

    private void assertWarned(final String name, final String remedy) {
        final List<Finding> warnings = findings(name).stream().filter(finding -> !finding.ok()).toList();
        assertEquals(1, warnings.size(), warnings.toString());
        assertEquals("CAN interface " + name, warnings.getFirst().subject());
        assertTrue(warnings.getFirst().remedy().contains(remedy), warnings.getFirst().remedy());
        assertFalse(warnings.getFirst().found().contains("\n"));
    }
}
