package dev.continuo.simulation.franka;

import static dev.continuo.hardware.franka.ControllerMode.CARTESIAN_IMPEDANCE;
import static dev.continuo.hardware.franka.ControllerMode.EXTERNAL;
import static dev.continuo.hardware.franka.ControllerMode.JOINT_IMPEDANCE;
import static dev.continuo.hardware.franka.MotionGenerator.CARTESIAN_POSITION;
import static dev.continuo.hardware.franka.MotionGenerator.CARTESIAN_VELOCITY;
import static dev.continuo.hardware.franka.MotionGenerator.JOINT_POSITION;
import static dev.continuo.hardware.franka.MotionGenerator.JOINT_VELOCITY;
import static dev.continuo.hardware.franka.MotionGenerator.NONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.hardware.franka.FciCommand;
import dev.continuo.hardware.franka.FciConnection;
import dev.continuo.hardware.franka.FciRequest;
import dev.continuo.hardware.franka.FciStatus;
import dev.continuo.hardware.franka.FciVersion;
import dev.continuo.hardware.franka.FrankaError;
import dev.continuo.hardware.franka.FrankaException;
import dev.continuo.hardware.franka.FrankaMotion;
import dev.continuo.hardware.franka.MotionEnd;
import dev.continuo.hardware.franka.RobotMode;
import dev.continuo.hardware.franka.RobotState;
import dev.continuo.hardware.franka.StateField;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What ends a motion, and what a robot refuses. */
class FrankaErrorsTest {
    private static final FciRequest.Move POSITIONS = new FciRequest.Move(JOINT_IMPEDANCE, JOINT_POSITION);
    private static final FciRequest.Move VELOCITIES = new FciRequest.Move(JOINT_IMPEDANCE, JOINT_VELOCITY);
    private static final FciRequest.Move POSES = new FciRequest.Move(CARTESIAN_IMPEDANCE, CARTESIAN_POSITION);
    private static final FciRequest.Move TWISTS = new FciRequest.Move(CARTESIAN_IMPEDANCE, CARTESIAN_VELOCITY);
    private static final FciRequest.Move TORQUES = new FciRequest.Move(EXTERNAL, NONE);

    /** A motion that goes wrong, and how. */
    record Mistake(FrankaError error, FciRequest.Move move, Lockstep.Cycle cycle) {
        @Override
        public String toString() {
            return error.documentedName();
        }
    }

    private static double[] get(final RobotState state, final StateField field) {
        final double[] values = new double[field.count()];
        state.get(field, values);
        return values;
    }

    private static double[] moved(final RobotState state, final StateField field, final int index, final double by) {
        final double[] values = get(state, field);
        values[index] += by;
        return values;
    }

    private static double[] all(final int count, final int index, final double value) {
        final double[] values = new double[count];
        values[index] = value;
        return values;
    }

    /** A constant acceleration that begins at once, but with no more jerk than is borne. */
    private static double speed(final int cycle, final double acceleration) {
        final double ramp = Math.min(cycle, 5) / 5.0;
        return acceleration * 1e-3 * Math.max(0, cycle - 2.5 + 2.5 * (1 - ramp)) * ramp;
    }

    static Stream<Mistake> mistakes() {
        return Stream.of(
            new Mistake(FrankaError.JOINT_POSITION_MOTION_GENERATOR_START_POSE_INVALID, POSITIONS, (motion, _) -> {
                motion.command().putPositions(moved(motion.state(), StateField.Q_D, 2, 0.1));
                motion.send();
            }),
            new Mistake(FrankaError.JOINT_MOTION_GENERATOR_VELOCITY_DISCONTINUITY, VELOCITIES, (motion, _) -> {
                motion.command().putVelocities(all(7, 0, 0.5));
                motion.send();
            }),
            new Mistake(FrankaError.JOINT_MOTION_GENERATOR_ACCELERATION_DISCONTINUITY, VELOCITIES, (motion, cycle) -> {
                motion.command().putVelocities(all(7, 0, cycle == 0 ? 0 : 0.009));
                motion.send();
            }),
            new Mistake(FrankaError.JOINT_MOTION_GENERATOR_VELOCITY_LIMITS_VIOLATION, VELOCITIES, (motion, cycle) -> {
                motion.command().putVelocities(all(7, 0, speed(cycle, 8)));
                motion.send();
            }),
            new Mistake(FrankaError.JOINT_POSITION_LIMITS_VIOLATION, VELOCITIES, (motion, cycle) -> {
                motion.command().putVelocities(all(7, 3, -Math.min(0.04, speed(cycle, 1))));
                motion.send();
            }),
            new Mistake(FrankaError.CARTESIAN_POSITION_MOTION_GENERATOR_START_POSE_INVALID, POSES, (motion, _) -> {
                motion.command().putPose(moved(motion.state(), StateField.O_T_EE_C, 12, 0.02));
                motion.send();
            }),
            new Mistake(FrankaError.CARTESIAN_POSITION_MOTION_GENERATOR_INVALID_FRAME_FLAG, POSES, (motion, _) -> {
                motion.command().putPose(moved(motion.state(), StateField.O_T_EE_C, 0, 0.02));
                motion.send();
            }),
            new Mistake(FrankaError.CARTESIAN_MOTION_GENERATOR_START_ELBOW_INVALID, POSES, (motion, _) -> {
                final double[] elbow = get(motion.state(), StateField.ELBOW_C);
                motion.command().putPose(get(motion.state(), StateField.O_T_EE_C)).putElbow(elbow[0] + 0.1, elbow[1]);
                motion.send();
            }),
            new Mistake(FrankaError.START_ELBOW_SIGN_INCONSISTENT, POSES, (motion, _) -> {
                final double[] elbow = get(motion.state(), StateField.ELBOW_C);
                motion.command().putPose(get(motion.state(), StateField.O_T_EE_C)).putElbow(elbow[0], -elbow[1]);
                motion.send();
            }),
            new Mistake(FrankaError.CARTESIAN_MOTION_GENERATOR_ELBOW_SIGN_INCONSISTENT, POSES, (motion, cycle) -> {
                final double[] elbow = get(motion.state(), StateField.ELBOW_C);
                motion.command().putPose(get(motion.state(), StateField.O_T_EE_C)).putElbow(elbow[0], cycle < 5 ? elbow[1] : -elbow[1]);
                motion.send();
            }),
            new Mistake(FrankaError.CARTESIAN_MOTION_GENERATOR_VELOCITY_DISCONTINUITY, TWISTS, (motion, _) -> {
                motion.command().putTwist(all(6, 2, 0.05));
                motion.send();
            }),
            new Mistake(FrankaError.CARTESIAN_MOTION_GENERATOR_ACCELERATION_DISCONTINUITY, TWISTS, (motion, _) -> {
                motion.command().putTwist(all(6, 2, 0.008));
                motion.send();
            }),
            new Mistake(FrankaError.CARTESIAN_MOTION_GENERATOR_VELOCITY_LIMITS_VIOLATION, TWISTS, (motion, cycle) -> {
                motion.command().putTwist(all(6, 5, speed(cycle, 8)));
                motion.send();
            }),
            new Mistake(FrankaError.CARTESIAN_MOTION_GENERATOR_VELOCITY_DISCONTINUITY, TWISTS, (motion, cycle) -> {
                motion.command().putTwist(all(6, 2, -speed(cycle, 2)));
                if (cycle == 60) {
                    motion.finish();
                } else {
                    motion.send();
                }
            }),
            new Mistake(FrankaError.CONTROLLER_TORQUE_DISCONTINUITY, TORQUES, (motion, _) -> {
                motion.command().putTorques(all(7, 4, 1.5));
                motion.send();
            }),
            new Mistake(FrankaError.TAU_J_RANGE_VIOLATION, TORQUES, (motion, cycle) -> {
                motion.command().putTorques(all(7, 6, 0.9 * cycle));
                motion.send();
            }),
            new Mistake(FrankaError.JOINT_VELOCITY_VIOLATION, TORQUES, (motion, cycle) -> {
                motion.command().putTorques(all(7, 0, Math.min(20, 0.5 * cycle)));
                motion.send();
            }),
            new Mistake(FrankaError.COMMUNICATION_CONSTRAINTS_VIOLATION, POSITIONS, (motion, cycle) -> {
                motion.command().putPositions(get(motion.state(), StateField.Q_D));
                if (cycle < 10) {
                    motion.send();
                }
            }));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsNamedAndCanBeRecoveredFrom(final Mistake mistake) {
        try (Lockstep cell = new Lockstep(FciVersion.FR3)) {
            final MotionEnd end = cell.move(mistake.move, mistake.cycle);
            assertTrue(end.answer().is(FciStatus.REFLEX_ABORTED), end::text);
            assertEquals(List.of(mistake.error), end.reasons());
            assertTrue(end.text().contains(mistake.error.documentedName()), end::text);
            assertEquals(RobotMode.REFLEX, cell.robot.state().robotMode());
            assertEquals(List.of(mistake.error), cell.robot.state().errors());
            assertTrue(cell.move(POSITIONS, (_, _) -> { }).answer().is(FciStatus.NOT_POSSIBLE), "no motion before it is recovered");
            cell.robot.recover();
            cell.rest(2_000);
            assertEquals(List.of(), cell.robot.state().errors());
            assertEquals(List.of(mistake.error), cell.robot.state().reflexReasons(), "what ended the last motion stays known");
            assertEquals(RobotMode.IDLE, cell.robot.state().robotMode());
            final MotionEnd next = cell.move(POSITIONS, (motion, cycle) -> {
                motion.command().putPositions(get(motion.state(), StateField.Q_D));
                if (cycle == 20) {
                    motion.finish();
                } else {
                    motion.send();
                }
            });
            assertTrue(next.finished(), next::text);
        }
    }

    @Test
    void commandsThatAreMissingAreGuessed() {
        try (Lockstep cell = new Lockstep(FciVersion.FR3)) {
            final MotionEnd end = cell.move(VELOCITIES, (motion, cycle) -> {
                motion.command().putVelocities(all(7, 0, Math.min(speed(cycle, 2), Math.max(0, speed(400 - cycle, 2)))));
                if (cycle > 400) {
                    motion.finish();
                } else if (cycle % 50 < 38) {
                    motion.send();
                }
            });
            assertTrue(end.finished(), end::text);
            assertEquals(0.76, end.successRate(), 0.05);
        }
    }

    @ParameterizedTest
    @EnumSource(FciVersion.class)
    void whoLeansOnTheArmEndsItsMotion(final FciVersion version) {
        try (Lockstep cell = new Lockstep(version)) {
            final MotionEnd end = cell.move(POSITIONS, (motion, cycle) -> {
                if (cycle == 50) {
                    cell.franka.push(0, 0, 0, 25, 0, 0, 0);
                }
                motion.command().putPositions(get(motion.state(), StateField.Q_D));
                motion.send();
            });
            assertEquals(List.of(FrankaError.JOINT_REFLEX), end.reasons());
            assertEquals(1, cell.robot.state().get(StateField.JOINT_COLLISION, 3));
            assertEquals(25, cell.robot.state().get(StateField.TAU_EXT_HAT_FILTERED, 3), 1e-6);
        }
    }

    @ParameterizedTest
    @EnumSource(FciVersion.class)
    void aMotionThatIsStoppedIsPreempted(final FciVersion version) {
        try (Lockstep cell = new Lockstep(version)) {
            final MotionEnd end = cell.move(VELOCITIES, (motion, cycle) -> {
                motion.command().putVelocities(all(7, 0, speed(cycle, 2)));
                motion.send();
                if (cycle == 100) {
                    cell.franka.handle(new FciRequest.Plain(FciCommand.STOP_MOVE));
                }
            });
            assertTrue(end.answer().is(FciStatus.PREEMPTED), end::text);
            cell.rest(300);
            assertTrue(Math.abs(cell.robot.state().get(StateField.DQ, 0)) < 1e-3, "it has come to rest");
            cell.robot.stop();
        }
    }

    @Test
    void theUserStopDominates() {
        try (Lockstep cell = new Lockstep(FciVersion.FR3)) {
            final MotionEnd end = cell.move(POSITIONS, (motion, cycle) -> {
                motion.command().putPositions(get(motion.state(), StateField.Q_D));
                motion.send();
                if (cycle == 20) {
                    cell.franka.pressUserStop();
                }
            });
            assertTrue(end.answer().is(FciStatus.EMERGENCY_ABORTED), end::text);
            assertEquals(RobotMode.USER_STOPPED, cell.robot.state().robotMode());
            assertTrue(assertThrows(FrankaException.class, cell.robot::recover).getMessage().contains("user-stop is pressed"));
            cell.franka.releaseUserStop();
            cell.robot.recover();
        }
    }

    @ParameterizedTest
    @EnumSource(FciVersion.class)
    void settingsAreCheckedAndShown(final FciVersion version) {
        try (Lockstep cell = new Lockstep(version)) {
            final double[] soft = new double[7];
            Arrays.fill(soft, 500);
            cell.robot.demand(new FciRequest.SetNumbers(FciCommand.SET_JOINT_IMPEDANCE, soft));
            soft[2] = 20_000;
            final FrankaException refused = assertThrows(FrankaException.class,
                () -> cell.robot.demand(new FciRequest.SetNumbers(FciCommand.SET_JOINT_IMPEDANCE, soft)));
            assertTrue(refused.getMessage().contains("SetJointImpedance") && refused.getMessage().contains("invalid argument"), refused.getMessage());
            final double[] load = new double[13];
            load[0] = 0.5;
            load[3] = 0.04;
            cell.robot.demand(new FciRequest.SetNumbers(FciCommand.SET_LOAD, load));
            final double[] tool = Frames.screw(0.3, 0.05);
            cell.robot.demand(new FciRequest.SetNumbers(FciCommand.SET_NE_TO_EE, tool));
            cell.refresh();
            assertEquals(0.5, cell.robot.state().get(StateField.M_LOAD, 0), 1e-6);
            assertEquals(0.04, cell.robot.state().get(StateField.F_X_CLOAD, 2), 1e-6);
            assertEquals(0.1534, cell.robot.state().get(StateField.F_T_EE, 14), 1e-6);
            cell.move(POSITIONS, (motion, cycle) -> {
                motion.command().putPositions(get(motion.state(), StateField.Q_D));
                if (cycle == 10) {
                    assertEquals(FciStatus.NOT_POSSIBLE, cell.franka.handle(new FciRequest.SetNumbers(FciCommand.SET_LOAD, load)));
                    motion.finish();
                } else {
                    motion.send();
                }
            });
        }
    }

    @Test
    void aSingularArmTakesNoCartesianMotion() {
        final SimulatedFranka stretched = new SimulatedFranka(FciVersion.PANDA, new double[] {0, 0, 0, -0.08, 0, 0.01, 0});
        assertEquals(FciStatus.SINGULAR_START, stretched.handle(POSES));
        assertEquals(FciStatus.MOTION_STARTED, stretched.handle(POSITIONS));
    }

    @Test
    void aSecondMotionIsRefusedByTheClientItself() {
        try (Lockstep cell = new Lockstep(FciVersion.FR3)) {
            cell.move(POSITIONS, (motion, cycle) -> {
                if (cycle == 5) {
                    assertTrue(assertThrows(FrankaException.class, () -> cell.robot.begin(POSITIONS)).getMessage().contains("running already"));
                }
                motion.command().putPositions(get(motion.state(), StateField.Q_D));
                if (cycle == 10) {
                    motion.finish();
                    assertThrows(IllegalStateException.class, motion::send);
                } else {
                    motion.send();
                }
            });
        }
    }

    @Test
    void whoIsSecondIsTurnedAway() throws IOException {
        try (Lockstep cell = new Lockstep(FciVersion.FR3); Socket second = new Socket()) {
            second.connect(cell.server.address());
            cell.refresh();
            assertEquals(-1, second.getInputStream().read());
            assertTrue(cell.lastNote().orElseThrow().contains("is turned away"));
            assertTrue(cell.robot.await(0) || cell.server.connected());
        }
    }

    @Test
    void aClientThatIsGoneLeavesAnArmAtRest() {
        try (Lockstep cell = new Lockstep(FciVersion.FR3)) {
            final FrankaMotion[] abandoned = new FrankaMotion[1];
            assertThrows(FrankaException.class, () -> cell.move(VELOCITIES, (motion, cycle) -> {
                abandoned[0] = motion;
                motion.command().putVelocities(all(7, 0, speed(cycle, 2)));
                motion.send();
                if (cycle == 100) {
                    cell.server.hangUp();
                }
            }));
            final double[] before = new double[7];
            final double[] after = new double[7];
            for (int i = 0; i < 500; i++) {
                cell.pass();
            }
            cell.franka.position(before);
            cell.pass();
            cell.franka.position(after);
            assertEquals(before[0], after[0], 1e-9);
            assertTrue(abandoned[0].end().isEmpty());
        }
    }

    @Test
    void whatIsNoRequestEndsTheConnection() throws IOException {
        final SimulatedFranka franka = new SimulatedFranka(FciVersion.FR3);
        final List<String> journal = new java.util.ArrayList<>();
        try (FciServer server = new FciServer(franka, new java.net.InetSocketAddress("127.0.0.1", 0), journal::add)) {
            for (final byte[] bytes : new byte[][] {
                {1, 0, 0, 0, 0, 0, 0, 0, 12, 0, 0, 0}, {99, 0, 0, 0, 0, 0, 0, 0, 12, 0, 0, 0}, {0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0},
                {2, 0, 0, 0, 0, 0, 0, 0, 12, 0, 0, 0}}) {
                try (Socket client = new Socket(server.address().getAddress(), server.address().getPort())) {
                    server.step();
                    client.getOutputStream().write(bytes);
                    server.step();
                    server.step();
                    assertEquals(-1, client.getInputStream().read());
                }
                server.step();
            }
        }
        assertEquals(4, journal.size(), journal::toString);
        assertTrue(journal.get(1).contains("no command 99"), journal.get(1));
        assertTrue(journal.get(2).contains("3 bytes"), journal.get(2));
        assertTrue(journal.get(3).contains("before Connect"), journal.get(3));
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        try (Lockstep cell = new Lockstep(FciVersion.FR3)) {
            final Exception taken = assertThrows(java.io.UncheckedIOException.class,
                () -> new FciServer(new SimulatedFranka(FciVersion.FR3), cell.server.address(), _ -> { }));
            assertTrue(taken.getMessage().contains(Integer.toString(cell.server.address().getPort())), taken.getMessage());
            assertTrue(FciConnection.PORT == 1337);
        }
    }
}
