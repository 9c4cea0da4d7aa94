package dev.continuo.hardware.franka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real libfranka programs sent, and were sent, read and written again byte for byte. */
class FciGoldenTest {
    private static final double[] START = {0, -Math.PI / 4, 0, -3 * Math.PI / 4, 0, Math.PI / 2, Math.PI / 4};

    static List<FciRecording> recordings() {
        return FciRecording.all();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void everyRequestIsWrittenAgainToTheSameBytes(final FciRecording recording) {
        final FciRequestCodec codec = new FciRequestCodec(recording.version());
        final UnsafeBuffer written = new UnsafeBuffer(new byte[FciRequestCodec.LONGEST]);
        int number = 0;
        for (final FciRecording.Message message : recording.all("TCP>")) {
            final FciRequest request = codec.read(message.buffer(), 0, message.bytes().length);
            assertEquals(message.name(), request.command().documentedName());
            final int length = codec.write(request, number++, written, 0);
            assertEquals(HexFormat.of().formatHex(message.bytes()), HexFormat.of().formatHex(bytes(written, length)));
        }
        assertTrue(number >= 6, "requests: " + number);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void everyAnswerIsASuccessOrTheStartOfAMotion(final FciRecording recording) {
        final List<FciStatus> moves = new ArrayList<>();
        for (final FciRecording.Message message : recording.all("TCP<")) {
            final FciHeader header = FciHeader.read(message.buffer(), 0);
            final FciCommand command = FciCommand.of(recording.version(), header.command()).orElseThrow();
            assertEquals(message.name(), command.documentedName());
            final FciStatus status = FciStatus.of(command, recording.version(), message.bytes()[FciHeader.BYTES]).orElseThrow();
            if (command == FciCommand.MOVE) {
                moves.add(status);
            } else {
                assertEquals(FciStatus.SUCCESS, status, message.name());
            }
        }
        assertEquals(List.of(FciStatus.MOTION_STARTED, FciStatus.SUCCESS, FciStatus.MOTION_STARTED, FciStatus.SUCCESS), moves);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void everyStateIsWrittenAgainToTheSameBytes(final FciRecording recording) {
        final FciVersion version = recording.version();
        final RobotState read = new RobotState(version);
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[RobotState.bytes(version)]);
        final RobotState written = new RobotState(version).wrap(copy, 0);
        for (final FciRecording.Message message : recording.all("UDP<", "RobotState")) {
            read.wrap(message.buffer(), 0, message.bytes().length);
            copy.setMemory(0, copy.capacity(), (byte) 0);
            copyState(version, read, written);
            assertEquals(HexFormat.of().formatHex(message.bytes()), HexFormat.of().formatHex(copy.byteArray()));
        }
    }

    private static void copyState(final FciVersion version, final RobotState from, final RobotState to) {
        to.messageId(from.messageId()).robotMode(from.robotMode()).controllerMode(from.controllerMode()).rest();
        for (final MotionGenerator generator : MotionGenerator.values()) {
            if (from.runs(generator)) {
                to.run(generator);
            }
        }
        for (final FrankaError error : FrankaError.values()) {
            to.has(error, from.has(error)).endedBy(error, from.endedBy(error));
        }
        for (final StateField field : StateField.values()) {
            if (field.in(version) && field.kind() != StateField.Kind.BYTE && field.kind() != StateField.Kind.COUNTER) {
                final double[] values = new double[field.count()];
                from.get(field, values);
                to.put(field, values);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void everyCommandIsWrittenAgainToTheSameBytes(final FciRecording recording) {
        final FciVersion version = recording.version();
        final RobotCommand read = new RobotCommand(version);
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[RobotCommand.bytes(version)]);
        final RobotCommand written = new RobotCommand(version);
        final double[] joints = new double[7];
        final double[] pose = new double[16];
        final double[] twist = new double[6];
        int finished = 0;
        for (final FciRecording.Message message : recording.all("UDP>", "RobotCommand")) {
            read.wrap(message.buffer(), 0, message.bytes().length);
            written.clear(copy, 0).messageId(read.messageId());
            read.positions(joints);
            written.putPositions(joints);
            read.velocities(joints);
            written.putVelocities(joints);
            read.torques(joints);
            written.putTorques(joints);
            read.pose(pose);
            written.putPose(pose);
            read.twist(twist);
            written.putTwist(twist);
            if (read.hasElbow()) {
                written.putElbow(read.elbowAngle(), read.elbowSide());
            }
            if (read.motionFinished()) {
                written.finishMotion();
                finished++;
            }
            if (read.torqueFinished()) {
                written.finishTorque();
                finished++;
            }
            assertEquals(HexFormat.of().formatHex(message.bytes()), HexFormat.of().formatHex(copy.byteArray()));
        }
        assertTrue(finished > 0, "the recording ends its motions");
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void valuesAreWhatTheProgramMeant(final FciRecording recording) {
        final FciVersion version = recording.version();
        final FciRecording.Message message = recording.all("UDP<", "RobotState").getFirst();
        final RobotState state = new RobotState(version).wrap(message.buffer(), 0, message.bytes().length);
        final double[] joints = new double[7];
        state.get(StateField.Q, joints);
        assertArrayEquals(START, joints, 1e-6);
        assertEquals(0.306891, state.get(StateField.O_T_EE, 12), 1e-5, "x of the flange");
        assertEquals(0.590282, state.get(StateField.O_T_EE, 14), 1e-5, "z of the flange");
        assertEquals(-9.81, state.get(StateField.O_DDP_O, 2), 1e-6);
        assertEquals(RobotMode.IDLE, state.robotMode());
        assertEquals(ControllerMode.OTHER, state.controllerMode());
        assertFalse(state.motionGeneratorRuns());
        assertEquals(List.of(), state.errors());

        final FciRequestCodec codec = new FciRequestCodec(version);
        final FciRecording.Message connect = recording.all("TCP>", "Connect").getFirst();
        final FciRequest.Connect asked =
            assertInstanceOf(FciRequest.Connect.class, codec.read(connect.buffer(), 0, connect.bytes().length));
        assertEquals(version.number(), asked.version());
        final FciRecording.Message move = recording.all("TCP>", "Move").getFirst();
        final FciRequest.Move motion = assertInstanceOf(FciRequest.Move.class, codec.read(move.buffer(), 0, move.bytes().length));
        assertEquals(ControllerMode.JOINT_IMPEDANCE, motion.controller());
        assertEquals(MotionGenerator.JOINT_POSITION, motion.generator());
        assertEquals(FciRequest.Deviation.ANY, motion.path());
        assertEquals(Optional.empty(), motion.maximumVelocities());
    }

    @Test
    void theTorqueProgramAsksForTorquesWithoutAMotionGenerator() {
        final FciRecording recording = FciRecording.all().get(2);
        final FciRecording.Message move = recording.all("TCP>", "Move").get(1);
        final FciRequest.Move motion = (FciRequest.Move) new FciRequestCodec(recording.version()).read(move.buffer(), 0, move.bytes().length);
        assertEquals(ControllerMode.EXTERNAL, motion.controller());
        assertEquals(MotionGenerator.NONE, motion.generator());
    }

    private static byte[] bytes(final UnsafeBuffer buffer, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return bytes;
    }
}
