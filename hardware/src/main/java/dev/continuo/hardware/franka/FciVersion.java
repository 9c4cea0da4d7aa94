package dev.continuo.hardware.franka;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The versions of the protocol that are spoken here. Robot and client must agree on the number exactly (franka-fci.md section 1).
 */
public enum FciVersion {
    /** Spoken by the Panda (FER) with system 4.2.1 or later, and by libfranka 0.9. */
    PANDA(5, "Panda, system 4.2.1 or later"),
    /** Spoken by the FR3 with system 5.9.0 or later, and by libfranka 0.18 to 0.21. */
    FR3(10, "FR3, system 5.9.0 or later");

    private final int number;
    private final String robots;

    FciVersion(final int number, final String robots) {
        this.number = number;
        this.robots = robots;
    }

    /** The version of a number on the wire, if it is spoken here. */
    public static Optional<FciVersion> of(final int number) {
        return Arrays.stream(values()).filter(version -> version.number == number).findFirst();
    }

    /** All versions for people, for example to say which a robot should have spoken. */
    public static String spoken() {
        return Arrays.stream(values()).map(version -> version.number + " (" + version.robots + ")").collect(Collectors.joining(", "));
    }

    /** The number on the wire. */
    public int number() {
        return number;
    }

    /** Whether the numbers of a state are of 32 bits instead of 64. */
    boolean singlePrecisionState() {
        return this == FR3;
    }
}
