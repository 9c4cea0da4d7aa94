package dev.continuo.hardware.franka;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.continuo.config.DriverProfile;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The requests of a client to a Franka Hand, protocol version 3 (franka-fci.md section 12b), and how they are written: a header of 10 bytes, then doubles. Widths are between the
 * fingers.
 */
public sealed interface HandRequest {
    /** Where hands listen. */
    int PORT = DriverProfile.Franka.HAND_PORT;
    /** The version that is spoken. */
    int VERSION = 3;
    /** Bytes of a header: command, number of the request, length. */
    int HEADER_BYTES = 10;
    /** Bytes of the longest request. */
    int LONGEST = HEADER_BYTES + 5 * Double.BYTES;

    /** The number of the command on the wire. */
    default int command() {
        return switch (this) {
            case Connect _ -> 0;
            case Homing _ -> 1;
            case Grasp _ -> 2;
            case Move _ -> 3;
            case Stop _ -> 4;
        };
    }

    /**
     * The first request on a connection.
     *
     * @param version of the client
     * @param udpPort where states are to be sent
     */
    record Connect(int version, int udpPort) implements HandRequest {
    }

    /** Closes and opens once, to find out how wide it opens with its fingers. */
    record Homing() implements HandRequest {
    }

    /**
     * Closes, or opens, until it holds something.
     *
     * @param width   of what is to be grasped, m
     * @param inner   by how much less it may be, m
     * @param outer   by how much more it may be, m
     * @param speed   m/s
     * @param force   N
     */
    record Grasp(double width, double inner, double outer, double speed, double force) implements HandRequest {
        /** How much a width may differ, where nothing else is said, m. */
        public static final double TOLERANCE = 0.005;
    }

    /**
     * Opens or closes.
     *
     * @param width m
     * @param speed m/s
     */
    record Move(double width, double speed) implements HandRequest {
    }

    /** Stops. */
    record Stop() implements HandRequest {
    }

    /**
     * Writes a request.
     *
     * @param number which the answer repeats
     * @return bytes written
     */
    default int write(final int number, final MutableDirectBuffer buffer, final int at) {
        final int payload = at + HEADER_BYTES;
        final int length = HEADER_BYTES + switch (this) {
            case Connect connect -> {
                buffer.putShort(payload, (short) connect.version, LITTLE_ENDIAN);
                buffer.putShort(payload + Short.BYTES, (short) connect.udpPort, LITTLE_ENDIAN);
                yield 2 * Short.BYTES;
            }
            case Grasp grasp -> doubles(buffer, payload, grasp.width, grasp.inner, grasp.outer, grasp.speed, grasp.force);
            case Move move -> doubles(buffer, payload, move.width, move.speed);
            case Homing _, Stop _ -> 0;
        };
        buffer.putShort(at, (short) command(), LITTLE_ENDIAN);
        buffer.putInt(at + Short.BYTES, number, LITTLE_ENDIAN);
        buffer.putInt(at + Short.BYTES + Integer.BYTES, length, LITTLE_ENDIAN);
        return length;
    }

    private static int doubles(final MutableDirectBuffer buffer, final int at, final double... values) {
        for (int i = 0; i < values.length; i++) {
            buffer.putDouble(at + i * Double.BYTES, values[i], LITTLE_ENDIAN);
        }
        return values.length * Double.BYTES;
    }

    /**
     * Reads a request.
     *
     * @throws IllegalArgumentException when it is none
     */
    static HandRequest read(final DirectBuffer buffer, final int at, final int length) {
        final int command = buffer.getShort(at, LITTLE_ENDIAN) & 0xFFFF;
        final int payload = at + HEADER_BYTES;
        final int expected = HEADER_BYTES + switch (command) {
            case 0 -> 2 * Short.BYTES;
            case 1, 4 -> 0;
            case 2 -> 5 * Double.BYTES;
            case 3 -> 2 * Double.BYTES;
            default -> throw new IllegalArgumentException("a Franka Hand has no command " + command);
        };
        if (length != expected) {
            throw new IllegalArgumentException("command " + command + " of a Franka Hand has " + expected + " bytes, this message " + length);
        }
        return switch (command) {
            case 0 -> new Connect(buffer.getShort(payload, LITTLE_ENDIAN) & 0xFFFF, buffer.getShort(payload + Short.BYTES, LITTLE_ENDIAN) & 0xFFFF);
            case 1 -> new Homing();
            case 2 -> new Grasp(number(buffer, payload, 0), number(buffer, payload, 1), number(buffer, payload, 2), number(buffer, payload, 3),
                number(buffer, payload, 4));
            case 3 -> new Move(number(buffer, payload, 0), number(buffer, payload, 1));
            default -> new Stop();
        };
    }

    private static double number(final DirectBuffer buffer, final int payload, final int index) {
        return buffer.getDouble(payload + index * Double.BYTES, LITTLE_ENDIAN);
    }
}
