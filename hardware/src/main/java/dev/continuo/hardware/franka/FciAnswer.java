package dev.continuo.hardware.franka;

import java.util.Optional;

/**
 * A robot's answer to a request.
 *
 * @param command what was asked
 * @param version which version it was asked in
 * @param number  the status on the wire
 * @param rest    what stands behind the status: the robot's description, a virtual wall; not to be changed
 */
public record FciAnswer(FciCommand command, FciVersion version, int number, byte[] rest) {
    /** What the status means; nothing when the protocol does not name it. */
    public Optional<FciStatus> status() {
        return FciStatus.of(command, version, number);
    }

    /** Whether it is this status. */
    public boolean is(final FciStatus status) {
        return status().equals(Optional.of(status));
    }

    /** What the status means, for people. */
    public String text() {
        return command.documentedName() + ": " + status().map(FciStatus::text)
            .orElse("status " + number + ", which FCI version " + version.number() + " does not name");
    }
}
