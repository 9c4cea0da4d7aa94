package dev.continuo.supervision.doctor;

import dev.continuo.config.ArmProfile;
import dev.continuo.hardware.can.CanInterfaces;
import java.util.ArrayList;
import java.util.List;

/** The CAN interfaces of a machine, and what those that the arms of a profile use lack. */
final class CanCheck {
    private static final int BIT_RATE = 1_000_000;
    /** Two cycles of an arm's frames, and some. */
    private static final int SHORTEST_QUEUE = 32;

    private CanCheck() {
    }

    /** What there is, and what the arms lack. */
    static List<Finding> interfaces(final List<CanInterfaces.Found> found, final List<ArmProfile> arms) {
        final List<String> used = arms.stream().flatMap(arm -> arm.canInterface().stream()).toList();
        final List<Finding> findings = new ArrayList<>();
        for (final String name : used) {
            if (found.stream().noneMatch(each -> each.name().equals(name))) {
                findings.add(Finding.warn(subject(name), "does not exist", "plug its adapter in (one with a serial line: sudo slcand -o -s8 TTY " + name
                    + "), then sudo ip link set " + name + " up type can bitrate " + BIT_RATE));
            }
        }
        for (final CanInterfaces.Found each : found) {
            findings.add(used.contains(each.name()) ? judge(each) : Finding.ok(subject(each.name()), text(each)));
        }
        return findings.isEmpty()
            ? List.of(Finding.ok("CAN interfaces", "none on this computer; an adapter's tty (slcan) needs none")) : findings;
    }

    private static String subject(final String name) {
        return "CAN interface " + name;
    }

    private static Finding judge(final CanInterfaces.Found found) {
        final String set = "sudo ip link set " + found.name();
        if (!found.up()) {
            return Finding.warn(subject(found.name()), text(found), set + " up type can bitrate " + BIT_RATE);
        }
        if (!found.onBus()) {
            return Finding.warn(subject(found.name()), text(found),
                "check cable, termination and bit rate, then " + set + " type can restart; by itself: " + set + " type can restart-ms 100");
        }
        if (found.bitRate().orElse(BIT_RATE) != BIT_RATE) {
            return Finding.warn(subject(found.name()), text(found), set + " down && " + set + " up type can bitrate " + BIT_RATE);
        }
        return found.queueLength() >= SHORTEST_QUEUE ? Finding.ok(subject(found.name()), text(found))
            : Finding.warn(subject(found.name()), text(found), set + " txqueuelen 1000");
    }

    private static String text(final CanInterfaces.Found found) {
        final String rate = found.bitRate().isPresent() ? found.bitRate().getAsInt() + " bit/s"
            : "bit rate: ip -details link show " + found.name();
        return (found.up() ? found.onBus() ? "up" : "up but off the bus" : "down") + ", "
            + found.driver().orElse("virtual or over a serial line") + ", queue of " + found.queueLength() + " frames"
            + (found.bitRate().isEmpty() && found.driver().isEmpty() ? "" : ", " + rate);
    }
}
