package dev.continuo.hardware.franka;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.continuo.hardware.franka.FciRequest.Deviation;
import java.util.Optional;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Requests as bytes, in one version. Immutable. */
public final class FciRequestCodec {
    /** The longest request of any version. */
    public static final int LONGEST = FciHeader.BYTES + FciRequest.SetNumbers.count(FciCommand.SET_COLLISION_BEHAVIOR) * Double.BYTES;

    private static final int CONNECT_BYTES = 4;
    private static final int MOVE_BYTES = 56;
    private static final int PATH = 8;
    private static final int GOAL = 32;
    private static final int JOINTS = FrankaLimits.JOINTS;

    private final FciVersion version;

    /** A codec of a version. */
    public FciRequestCodec(final FciVersion version) {
        this.version = version;
    }

    /**
     * Writes a request, header included.
     *
     * @param number the client's count of its requests
     * @return its length in bytes
     * @throws IllegalArgumentException when the version does not have it
     */
    public int write(final FciRequest request, final int number, final MutableDirectBuffer buffer, final int offset) {
        final int bytes = FciHeader.BYTES + writePayload(request, buffer, offset + FciHeader.BYTES);
        new FciHeader(request.command().number(version), number, bytes).write(buffer, offset);
        return bytes;
    }

    private int writePayload(final FciRequest request, final MutableDirectBuffer buffer, final int offset) {
        return switch (request) {
            case FciRequest.Connect connect -> {
                buffer.putShort(offset, (short) connect.version(), LITTLE_ENDIAN);
                buffer.putShort(offset + Short.BYTES, (short) connect.udpPort(), LITTLE_ENDIAN);
                yield CONNECT_BYTES;
            }
            case FciRequest.Move move -> writeMove(move, buffer, offset);
            case FciRequest.Plain _ -> 0;
            case FciRequest.GetCartesianLimit limit -> {
                buffer.putInt(offset, limit.id(), LITTLE_ENDIAN);
                yield Integer.BYTES;
            }
            case FciRequest.LoadModelLibrary library -> {
                buffer.putByte(offset, (byte) library.architecture());
                buffer.putByte(offset + 1, (byte) library.system());
                yield 2;
            }
            case FciRequest.SetGuidingMode mode -> {
                for (int i = 0; i < FciRequest.SetGuidingMode.COUNT; i++) {
                    buffer.putByte(offset + i, (byte) (mode.unlocked()[i] ? 1 : 0));
                }
                yield FciRequest.SetGuidingMode.COUNT;
            }
            case FciRequest.SetNumbers numbers -> writeNumbers(numbers.values(), buffer, offset);
        };
    }

    private int writeMove(final FciRequest.Move move, final MutableDirectBuffer buffer, final int offset) {
        buffer.putInt(offset, move.controller().ordinal(), LITTLE_ENDIAN);
        buffer.putInt(offset + Integer.BYTES, move.generator().ordinal(), LITTLE_ENDIAN);
        writeDeviation(move.path(), buffer, offset + PATH);
        writeDeviation(move.goal(), buffer, offset + GOAL);
        if (version == FciVersion.PANDA) {
            if (move.maximumVelocities().isPresent() || move.generator() == MotionGenerator.NONE) {
                throw new IllegalArgumentException("FCI version 5 has neither targets now and then nor torques without a motion generator");
            }
            return MOVE_BYTES;
        }
        buffer.putByte(offset + MOVE_BYTES, (byte) (move.maximumVelocities().isPresent() ? 1 : 0));
        return MOVE_BYTES + 1 + writeNumbers(move.maximumVelocities().orElseGet(() -> new double[JOINTS]), buffer, offset + MOVE_BYTES + 1);
    }

    private static void writeDeviation(final Deviation deviation, final MutableDirectBuffer buffer, final int offset) {
        writeNumbers(new double[] {deviation.translation(), deviation.rotation(), deviation.elbow()}, buffer, offset);
    }

    private static int writeNumbers(final double[] values, final MutableDirectBuffer buffer, final int offset) {
        for (int i = 0; i < values.length; i++) {
            buffer.putDouble(offset + i * Double.BYTES, values[i], LITTLE_ENDIAN);
        }
        return values.length * Double.BYTES;
    }

    /**
     * Reads a request, header included.
     *
     * @param length of the message in bytes
     * @throws IllegalArgumentException when it is none: no such command, another length, a value that the protocol does not have
     */
    public FciRequest read(final DirectBuffer buffer, final int offset, final int length) {
        final FciHeader header = FciHeader.read(buffer, offset);
        final FciCommand command = FciCommand.of(version, header.command()).orElseThrow(
            () -> new IllegalArgumentException("FCI version " + version.number() + " has no command " + header.command()));
        final int expected = FciHeader.BYTES + payloadBytes(command);
        if (length != expected || header.bytes() != expected) {
            throw new IllegalArgumentException(command.documentedName() + " of FCI version " + version.number() + " has " + expected
                + " bytes, this message " + length + " and " + header.bytes() + " in its header");
        }
        return readPayload(command, buffer, offset + FciHeader.BYTES);
    }

    private int payloadBytes(final FciCommand command) {
        return switch (command) {
            case CONNECT -> CONNECT_BYTES;
            case MOVE -> version == FciVersion.PANDA ? MOVE_BYTES : MOVE_BYTES + 1 + JOINTS * Double.BYTES;
            case STOP_MOVE, AUTOMATIC_ERROR_RECOVERY, GET_ROBOT_MODEL -> 0;
            case GET_CARTESIAN_LIMIT -> Integer.BYTES;
            case LOAD_MODEL_LIBRARY -> 2;
            case SET_GUIDING_MODE -> FciRequest.SetGuidingMode.COUNT;
            case SET_COLLISION_BEHAVIOR, SET_JOINT_IMPEDANCE, SET_CARTESIAN_IMPEDANCE, SET_EE_TO_K, SET_NE_TO_EE, SET_LOAD, SET_FILTERS ->
                FciRequest.SetNumbers.count(command) * Double.BYTES;
        };
    }

    private FciRequest readPayload(final FciCommand command, final DirectBuffer buffer, final int offset) {
        return switch (command) {
            case CONNECT -> new FciRequest.Connect(
                buffer.getShort(offset, LITTLE_ENDIAN) & 0xFFFF, buffer.getShort(offset + Short.BYTES, LITTLE_ENDIAN) & 0xFFFF);
            case MOVE -> readMove(buffer, offset);
            case STOP_MOVE, AUTOMATIC_ERROR_RECOVERY, GET_ROBOT_MODEL -> new FciRequest.Plain(command);
            case GET_CARTESIAN_LIMIT -> new FciRequest.GetCartesianLimit(buffer.getInt(offset, LITTLE_ENDIAN));
            case LOAD_MODEL_LIBRARY -> new FciRequest.LoadModelLibrary(buffer.getByte(offset), buffer.getByte(offset + 1));
            case SET_GUIDING_MODE -> {
                final boolean[] unlocked = new boolean[FciRequest.SetGuidingMode.COUNT];
                for (int i = 0; i < unlocked.length; i++) {
                    unlocked[i] = buffer.getByte(offset + i) != 0;
                }
                yield new FciRequest.SetGuidingMode(unlocked);
            }
            case SET_COLLISION_BEHAVIOR, SET_JOINT_IMPEDANCE, SET_CARTESIAN_IMPEDANCE, SET_EE_TO_K, SET_NE_TO_EE, SET_LOAD, SET_FILTERS ->
                new FciRequest.SetNumbers(command, readNumbers(buffer, offset, FciRequest.SetNumbers.count(command)));
        };
    }

    private FciRequest readMove(final DirectBuffer buffer, final int offset) {
        final int controller = buffer.getInt(offset, LITTLE_ENDIAN);
        final int generator = buffer.getInt(offset + Integer.BYTES, LITTLE_ENDIAN);
        final int generators = version == FciVersion.PANDA ? MotionGenerator.NONE.ordinal() : MotionGenerator.values().length;
        if (controller < 0 || controller >= ControllerMode.OTHER.ordinal() || generator < 0 || generator >= generators) {
            throw new IllegalArgumentException("Move of FCI version " + version.number() + " has no controller mode " + controller
                + " with motion generator mode " + generator);
        }
        final boolean planned = version != FciVersion.PANDA && buffer.getByte(offset + MOVE_BYTES) != 0;
        return new FciRequest.Move(ControllerMode.values()[controller], MotionGenerator.values()[generator],
            readDeviation(buffer, offset + PATH), readDeviation(buffer, offset + GOAL),
            planned ? Optional.of(readNumbers(buffer, offset + MOVE_BYTES + 1, JOINTS)) : Optional.empty());
    }

    private static Deviation readDeviation(final DirectBuffer buffer, final int offset) {
        final double[] values = readNumbers(buffer, offset, 3);
        return new Deviation(values[0], values[1], values[2]);
    }

    private static double[] readNumbers(final DirectBuffer buffer, final int offset, final int count) {
        final double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = buffer.getDouble(offset + i * Double.BYTES, LITTLE_ENDIAN);
        }
        return values;
    }
}
