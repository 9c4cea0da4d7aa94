package dev.continuo.hardware.can;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Finds the CAN interfaces of a computer in the kernel's files about its network interfaces. */
public final class CanInterfaces {
    private static final String CAN_TYPE = "280";
    private static final int IFF_UP = 1;
    private static final int LONGEST = 4096;

    private CanInterfaces() {
    }

    /**
     * A CAN interface.
     *
     * @param name        as {@code ip link} lists it
     * @param up          whether it was brought up
     * @param onBus       whether its controller takes part: not before it is up, and not while it is bus-off
     * @param bitRate     bits per second, where the files tell it; most drivers tell it to {@code ip -details link show} alone
     * @param driver      of the device behind it; empty if there is none: a virtual bus, or the kernel's slcan
     * @param queueLength frames that wait in it at most
     */
    public record Found(String name, boolean up, boolean onBus, OptionalInt bitRate, Optional<String> driver, int queueLength) {
    }

    /** The CAN interfaces of this computer, in the order of their names. */
    public static List<Found> find() {
        return find(Path.of("/sys/class/net"));
    }

    /** The CAN interfaces in a folder such as {@code /sys/class/net}; none if it is not there. */
    public static List<Found> find(final Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().filter(entry -> read(entry, "type").filter(CAN_TYPE::equals).isPresent()).map(CanInterfaces::look).toList();
        } catch (final IOException failure) {
            throw new UncheckedIOException("cannot look into " + folder, failure);
        }
    }

    private static Found look(final Path entry) {
        final boolean up = (number(entry, "flags").orElse(0) & IFF_UP) != 0;
        return new Found(entry.getFileName().toString(), up, up && number(entry, "carrier").orElse(0) == 1,
            number(entry, "can_bittiming/bitrate"), driver(entry), number(entry, "tx_queue_len").orElse(0));
    }

    private static Optional<String> driver(final Path entry) {
        try {
            return Optional.of(entry.resolve("device/driver").toRealPath().getFileName().toString());
        } catch (final IOException none) {
            return Optional.empty();
        }
    }

    private static OptionalInt number(final Path entry, final String file) {
        try {
            return read(entry, file).map(text -> OptionalInt.of(Integer.decode(text))).orElse(OptionalInt.empty());
        } catch (final NumberFormatException other) {
            return OptionalInt.empty();
        }
    }

    /** A file's content; empty if it is absent, or is not told, as the carrier of an interface that is down. */
    private static Optional<String> read(final Path entry, final String file) {
        try (InputStream content = Files.newInputStream(entry.resolve(file))) {
            return Optional.of(new String(content.readNBytes(LONGEST), StandardCharsets.UTF_8).strip());
        } catch (final IOException absent) {
            return Optional.empty();
        }
    }
}
