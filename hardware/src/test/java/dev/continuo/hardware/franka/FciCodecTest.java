package dev.continuo.hardware.franka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The codecs against the tables of franka-fci.md. */
class FciCodecTest {
    private static void assertOffsets(final StateField field, final int fr3, final int panda) {
        assertEquals(fr3, StateLayout.of(FciVersion.FR3).offset(field), field + " in version 10");
        assertEquals(panda, StateLayout.of(FciVersion.PANDA).offset(field), field + " in version 5");
    }

    @Test
    void fieldsLieWhereTheTableSays() {
        assertEquals(1377, RobotState.bytes(FciVersion.FR3));
        assertEquals(2373, RobotState.bytes(FciVersion.PANDA));
        assertEquals(371, RobotCommand.bytes(FciVersion.FR3));
        assertEquals(370, RobotCommand.bytes(FciVersion.PANDA));
        assertOffsets(StateField.O_T_EE, 8, 8);
        assertOffsets(StateField.M_EE, 392, 776);
        assertOffsets(StateField.F_X_CLOAD, 484, 960);
        assertOffsets(StateField.TAU_J_D, 540, 1072);
        assertOffsets(StateField.Q, 596, 1184);
        assertOffsets(StateField.CARTESIAN_COLLISION, 816, 1624);
        assertOffsets(StateField.O_DDP_O, 940, 1872);
        assertOffsets(StateField.O_T_EE_C, 976, 1944);
        assertOffsets(StateField.DTHETA, 1116, 2224);
        assertOffsets(StateField.ACCELEROMETER_TOP, 1144, -1);
        assertOffsets(StateField.MOTION_GENERATOR_MODE, 1288, 2280);
        assertOffsets(StateField.ERRORS, 1290, 2282);
        assertOffsets(StateField.REFLEX_REASON, 1331, 2323);
        assertOffsets(StateField.ROBOT_MODE, 1372, 2364);
        assertOffsets(StateField.CONTROL_COMMAND_SUCCESS_RATE, 1373, 2365);
    }

    @Test
    void errorsBearTheirDocumentedNames() {
        assertEquals(41, FrankaError.values().length);
        assertEquals("joint_position_limits_violation", FrankaError.values()[0].documentedName());
        assertEquals("communication_constraints_violation", FrankaError.values()[25].documentedName());
        assertEquals("tau_J_range_violation", FrankaError.values()[34].documentedName());
        assertEquals("base_acceleration_invalid_reading", FrankaError.values()[40].documentedName());
    }

    @Test
    void statusesDependOnCommandAndVersion() {
        assertEquals(Optional.of(FciStatus.REFLEX_ABORTED), FciStatus.of(FciCommand.MOVE, FciVersion.PANDA, 6));
        assertEquals(Optional.of(FciStatus.REFLEX_ABORTED), FciStatus.of(FciCommand.MOVE, FciVersion.FR3, 8));
        assertEquals(Optional.of(FciStatus.EMERGENCY_ABORTED), FciStatus.of(FciCommand.STOP_MOVE, FciVersion.PANDA, 2));
        assertEquals(Optional.of(FciStatus.REJECTED_BY_SAFETY_FUNCTION), FciStatus.of(FciCommand.STOP_MOVE, FciVersion.FR3, 2));
        assertEquals(Optional.of(FciStatus.MANUAL_RECOVERY_REQUIRED), FciStatus.of(FciCommand.AUTOMATIC_ERROR_RECOVERY, FciVersion.PANDA, 2));
        assertEquals(Optional.empty(), FciStatus.of(FciCommand.SET_LOAD, FciVersion.PANDA, 3));
        assertEquals(Optional.empty(), FciStatus.of(FciCommand.SET_LOAD, FciVersion.PANDA, -1));
        assertThrows(IllegalArgumentException.class, () -> FciStatus.MOTION_STARTED.number(FciCommand.SET_LOAD, FciVersion.FR3));
        for (final FciVersion version : FciVersion.values()) {
            for (final FciCommand command : FciCommand.values()) {
                for (int number = 0; number < 16; number++) {
                    final int sent = number;
                    FciStatus.of(command, version, number).ifPresent(status -> assertEquals(sent, status.number(command, version)));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(FciVersion.class)
    void everyRequestOfTheVersionComesBack(final FciVersion version) {
        final FciRequestCodec codec = new FciRequestCodec(version);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[FciRequestCodec.LONGEST + 3]);
        final UnsafeBuffer again = new UnsafeBuffer(new byte[FciRequestCodec.LONGEST + 3]);
        int requests = 0;
        for (final FciCommand command : FciCommand.values()) {
            if (!command.in(version)) {
                assertThrows(IllegalArgumentException.class, () -> codec.write(example(command, version), 7, buffer, 3), command.toString());
                continue;
            }
            final int length = codec.write(example(command, version), 7, buffer, 3);
            assertEquals(length, codec.write(codec.read(buffer, 3, length), 7, again, 3));
            assertArrayEquals(Arrays.copyOf(buffer.byteArray(), length + 3), Arrays.copyOf(again.byteArray(), length + 3), command.toString());
            assertEquals(new FciHeader(command.number(version), 7, length), FciHeader.read(buffer, 3));
            assertThrows(IllegalArgumentException.class, () -> codec.read(buffer, 3, length - 1), "cut off");
            requests++;
        }
        assertEquals(version == FciVersion.PANDA ? 14 : 12, requests);
    }

    private static FciRequest example(final FciCommand command, final FciVersion version) {
        return switch (command) {
            case CONNECT -> new FciRequest.Connect(version.number(), 47_313);
            case MOVE -> new FciRequest.Move(ControllerMode.EXTERNAL, MotionGenerator.CARTESIAN_VELOCITY, new FciRequest.Deviation(1, 2, 3),
                FciRequest.Deviation.ANY, version == FciVersion.FR3 ? Optional.of(new double[] {1, 2, 3, 4, 5, 6, 7}) : Optional.empty());
            case STOP_MOVE, AUTOMATIC_ERROR_RECOVERY, GET_ROBOT_MODEL -> new FciRequest.Plain(command);
            case GET_CARTESIAN_LIMIT -> new FciRequest.GetCartesianLimit(-5);
            case LOAD_MODEL_LIBRARY -> new FciRequest.LoadModelLibrary(3, 1);
            case SET_GUIDING_MODE -> new FciRequest.SetGuidingMode(new boolean[] {true, false, true, false, true, false, true});
            default -> {
                final double[] values = new double[FciRequest.SetNumbers.count(command)];
                Arrays.setAll(values, i -> i + 0.25);
                yield new FciRequest.SetNumbers(command, values);
            }
        };
    }

    @Test
    void whatTheProtocolDoesNotHaveIsRefusedByName() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[FciRequestCodec.LONGEST]);
        final FciRequestCodec panda = new FciRequestCodec(FciVersion.PANDA);
        new FciHeader(77, 0, FciHeader.BYTES).write(buffer, 0);
        assertEquals("FCI version 5 has no command 77",
            assertThrows(IllegalArgumentException.class, () -> panda.read(buffer, 0, FciHeader.BYTES)).getMessage());
        assertThrows(IllegalArgumentException.class,
            () -> panda.write(new FciRequest.Move(ControllerMode.EXTERNAL, MotionGenerator.NONE), 0, buffer, 0));
        final FciRequestCodec fr3 = new FciRequestCodec(FciVersion.FR3);
        final int length = fr3.write(new FciRequest.Move(ControllerMode.EXTERNAL, MotionGenerator.NONE), 0, buffer, 0);
        buffer.putInt(FciHeader.BYTES, 3);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> fr3.read(buffer, 0, length)).getMessage().contains("controller mode 3"));
        assertEquals("SetLoad takes 13 numbers, not 2", assertThrows(IllegalArgumentException.class,
            () -> new FciRequest.SetNumbers(FciCommand.SET_LOAD, new double[2])).getMessage());
        assertEquals("SetJointImpedance: number 6 is NaN", assertThrows(IllegalArgumentException.class,
            () -> new FciRequest.SetNumbers(FciCommand.SET_JOINT_IMPEDANCE, new double[] {1, 2, 3, 4, 5, 6, Double.NaN})).getMessage());
        assertEquals("a state of FCI version 10 has 1377 bytes, this datagram 1376", assertThrows(IllegalArgumentException.class,
            () -> new RobotState(FciVersion.FR3).wrap(new UnsafeBuffer(new byte[1400]), 0, 1376)).getMessage());
        assertEquals("FCI version 5 has no accelerometer_top", assertThrows(IllegalArgumentException.class,
            () -> new RobotState(FciVersion.PANDA).wrap(new UnsafeBuffer(new byte[2373]), 0).get(StateField.ACCELEROMETER_TOP, 0)).getMessage());
        assertThrows(IllegalStateException.class,
            () -> new RobotCommand(FciVersion.PANDA).clear(new UnsafeBuffer(new byte[370]), 0).finishTorque());
        assertEquals(Optional.empty(), FciVersion.of(7));
        assertEquals("5 (Panda, system 4.2.1 or later), 10 (FR3, system 5.9.0 or later)", FciVersion.spoken());
    }

    @Property
    void commandsComeBack(@ForAll final FciVersion version, @ForAll final long id,
        @ForAll @Size(7) final double[] joints, @ForAll @Size(16) final double[] pose, @ForAll @DoubleRange(min = -3, max = 3) final double elbow) {
        final UnsafeBuffer place = new UnsafeBuffer(new byte[400]);
        final RobotCommand command = new RobotCommand(version).clear(place, 5).messageId(id);
        assertFalse(command.hasElbow() || command.motionFinished() || command.torqueFinished());
        command.putTorques(joints).putPose(pose).putElbow(elbow, -1).finishMotion();
        final RobotCommand read = new RobotCommand(version).wrap(place, 5, RobotCommand.bytes(version));
        final double[] torques = new double[7];
        final double[] positions = new double[7];
        final double[] there = new double[16];
        read.torques(torques);
        read.positions(positions);
        read.pose(there);
        assertArrayEquals(joints, torques);
        assertArrayEquals(new double[7], positions);
        assertArrayEquals(pose, there);
        assertEquals(id, read.messageId());
        assertEquals(elbow, read.elbowAngle());
        assertEquals(-1, read.elbowSide());
        assertTrue(read.motionFinished() && !read.torqueFinished());
    }

    @Property
    void errorsAndModesAreIndependent(@ForAll final FciVersion version, @ForAll final FrankaError error, @ForAll final RobotMode mode,
        @ForAll final ControllerMode controller, @ForAll final MotionGenerator generator) {
        final RobotState state = new RobotState(version).wrap(new UnsafeBuffer(new byte[RobotState.bytes(version)]), 0);
        state.robotMode(mode).controllerMode(controller).run(generator).has(error, true).endedBy(error, true)
            .put(StateField.CONTROL_COMMAND_SUCCESS_RATE, 0, 0.5);
        assertEquals(mode, state.robotMode());
        assertEquals(controller, state.controllerMode());
        assertTrue(state.runs(generator));
        assertEquals(generator != MotionGenerator.NONE, state.motionGeneratorRuns());
        assertEquals(java.util.List.of(error), state.errors());
        assertEquals(java.util.List.of(error), state.reflexReasons());
        assertEquals(0.5, state.get(StateField.CONTROL_COMMAND_SUCCESS_RATE, 0));
        assertEquals(0, state.get(StateField.DTHETA, 6));
        state.has(error, false).endedBy(error, false).rest();
        assertEquals(java.util.List.of(), state.errors());
        assertFalse(state.motionGeneratorRuns());
    }
}
