package dev.continuo.hardware.franka;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** A recording of what a libfranka program and a robot's server exchanged: a line each, direction, name, length and bytes. */
record FciRecording(FciVersion version, List<Message> messages) {
    /** Datagrams and messages, in the order in which they came. */
    record Message(String direction, String name, int length, byte[] bytes) {
        boolean is(final String wantedDirection, final String wantedName) {
            return direction.equals(wantedDirection) && name.equals(wantedName);
        }

        UnsafeBuffer buffer() {
            return new UnsafeBuffer(bytes);
        }
    }

    static FciRecording read(final String resource, final FciVersion version) {
        try (InputStream in = FciRecording.class.getResourceAsStream("/golden/" + resource)) {
            return new FciRecording(version, new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().map(FciRecording::message).toList());
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static List<FciRecording> all() {
        return List.of(
            read("fci-v5-libfranka-0.9.2-joint_velocity.txt", FciVersion.PANDA),
            read("fci-v10-libfranka-0.21.2-joint_velocity.txt", FciVersion.FR3),
            read("fci-v10-libfranka-0.21.2-torque_communication_test.txt", FciVersion.FR3));
    }

    private static Message message(final String line) {
        final String[] words = line.split(" ");
        return new Message(words[0], words[1], Integer.parseInt(words[2]), HexFormat.of().parseHex(words[3]));
    }

    List<Message> all(final String direction, final String name) {
        return messages.stream().filter(message -> message.is(direction, name)).toList();
    }

    List<Message> all(final String direction) {
        return messages.stream().filter(message -> message.direction().equals(direction)).toList();
    }

    @Override
    public String toString() {
        return version + " with " + Arrays.toString(messages.stream().map(Message::name).distinct().toArray());
    }
}
