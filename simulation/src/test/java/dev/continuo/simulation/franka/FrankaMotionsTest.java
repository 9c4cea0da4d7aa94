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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.hardware.franka.ControllerMode;
import dev.continuo.hardware.franka.FciRequest;
import dev.continuo.hardware.franka.FciVersion;
import dev.continuo.hardware.franka.FrankaMotion;
import dev.continuo.hardware.franka.MotionEnd;
import dev.continuo.hardware.franka.RobotMode;
import dev.continuo.hardware.franka.RobotState;
import dev.continuo.hardware.franka.StateField;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each kind of motion, by our client on the simulated robot. */
class FrankaMotionsTest {
    private static final int CYCLES = 2_000;

    /** From 0 to 1 and at rest at both ends, without a jump in acceleration: Franka's own examples move like this. */
    private static double way(final int cycle) {
        final double share = Math.min(1, (double) cycle / CYCLES);
        return share * share * share * (10 - 15 * share + 6 * share * share);
    }

    private static double rate(final int cycle) {
        return (way(cycle + 1) - way(cycle)) * 1000;
    }

    private static double[] get(final RobotState state, final StateField field) {
        final double[] values = new double[field.count()];
        state.get(field, values);
        return values;
    }

    private static void sendOrFinish(final FrankaMotion motion, final int cycle) {
        if (cycle > CYCLES) {
            motion.finish();
        } else {
            motion.send();
        }
    }

    private static void assertFinished(final Lockstep cell, final MotionEnd end) {
        assertTrue(end.finished(), end::text);
        assertEquals(0, end.lost());
        assertTrue(end.successRate() > 0.98, end::text);
        assertEquals(RobotMode.IDLE, cell.robot.state().robotMode());
        assertFalse(cell.robot.state().motionGeneratorRuns());
    }

    @ParameterizedTest
    @EnumSource(FciVersion.class)
    void jointPositions(final FciVersion version) {
        try (Lockstep cell = new Lockstep(version)) {
            final double[] start = get(cell.robot.state(), StateField.Q_D);
            final MotionEnd end = cell.move(new FciRequest.Move(JOINT_IMPEDANCE, JOINT_POSITION), (motion, cycle) -> {
                final double[] wanted = start.clone();
                wanted[0] += 0.4 * way(cycle);
                wanted[3] += 0.3 * way(cycle);
                motion.command().putPositions(wanted);
                sendOrFinish(motion, cycle);
            });
            assertFinished(cell, end);
            final double[] reached = get(cell.robot.state(), StateField.Q);
            assertEquals(start[0] + 0.4, reached[0], 2e-3);
            assertEquals(start[3] + 0.3, reached[3], 2e-3);
            assertEquals(start[5], reached[5], 2e-3);
        }
    }

    @ParameterizedTest
    @EnumSource(FciVersion.class)
    void jointVelocities(final FciVersion version) {
        try (Lockstep cell = new Lockstep(version)) {
            final double[] start = get(cell.robot.state(), StateField.Q_D);
            final MotionEnd end = cell.move(new FciRequest.Move(JOINT_IMPEDANCE, JOINT_VELOCITY), (motion, cycle) -> {
                final double[] wanted = new double[7];
                wanted[6] = 0.5 * rate(cycle);
                motion.command().putVelocities(wanted);
                sendOrFinish(motion, cycle);
            });
            assertFinished(cell, end);
            assertEquals(start[6] + 0.5, get(cell.robot.state(), StateField.Q_D)[6], 2e-3);
        }
    }

    @ParameterizedTest
    @EnumSource(FciVersion.class)
    void poses(final FciVersion version) {
        try (Lockstep cell = new Lockstep(version)) {
            final double[] start = get(cell.robot.state(), StateField.O_T_EE_C);
            final MotionEnd end = cell.move(new FciRequest.Move(CARTESIAN_IMPEDANCE, CARTESIAN_POSITION), (motion, cycle) -> {
                final double[] wanted = start.clone();
                wanted[12] += 0.1 * way(cycle);
                wanted[14] -= 0.15 * way(cycle);
                motion.command().putPose(wanted);
                sendOrFinish(motion, cycle);
            });
            assertFinished(cell, end);
            final double[] reached = get(cell.robot.state(), StateField.O_T_EE);
            assertEquals(start[12] + 0.1, reached[12], 2e-3);
            assertEquals(start[13], reached[13], 2e-3);
            assertEquals(start[14] - 0.15, reached[14], 2e-3);
            for (int i = 0; i < 12; i++) {
                assertEquals(start[i], reached[i], 5e-3, "it does not turn");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(FciVersion.class)
    void twists(final FciVersion version) {
        try (Lockstep cell = new Lockstep(version)) {
            final double[] start = get(cell.robot.state(), StateField.O_T_EE_C);
            final MotionEnd end = cell.move(new FciRequest.Move(JOINT_IMPEDANCE, CARTESIAN_VELOCITY), (motion, cycle) -> {
                final double[] wanted = new double[6];
                wanted[1] = 0.2 * rate(cycle);
                wanted[5] = 0.3 * rate(cycle);
                motion.command().putTwist(wanted);
                sendOrFinish(motion, cycle);
            });
            assertFinished(cell, end);
            final double[] reached = get(cell.robot.state(), StateField.O_T_EE_D);
            assertEquals(start[13] + 0.2, reached[13], 1e-3);
            // Turned by 0.3 rad about the base's z: the x axis of the tool.
            assertEquals(0.3, Math.atan2(reached[1], reached[0]) - Math.atan2(start[1], start[0]), 1e-3);
        }
    }

    @ParameterizedTest
    @EnumSource(FciVersion.class)
    void theElbowAlone(final FciVersion version) {
        try (Lockstep cell = new Lockstep(version)) {
            final double[] start = get(cell.robot.state(), StateField.O_T_EE_C);
            final double[] elbow = get(cell.robot.state(), StateField.ELBOW_C);
            final MotionEnd end = cell.move(new FciRequest.Move(JOINT_IMPEDANCE, CARTESIAN_POSITION), (motion, cycle) -> {
                motion.command().putPose(start).putElbow(elbow[0] + 0.25 * way(cycle), elbow[1]);
                sendOrFinish(motion, cycle);
            });
            assertFinished(cell, end);
            final double[] reached = get(cell.robot.state(), StateField.O_T_EE_D);
            for (int i = 0; i < reached.length; i++) {
                assertEquals(start[i], reached[i], 1e-5);
            }
            assertEquals(elbow[0] + 0.25, get(cell.robot.state(), StateField.ELBOW_D)[0], 1e-5);
        }
    }

    @ParameterizedTest
    @EnumSource(FciVersion.class)
    void torques(final FciVersion version) {
        try (Lockstep cell = new Lockstep(version)) {
            final double[] start = get(cell.robot.state(), StateField.Q);
            final FciRequest.Move move = new FciRequest.Move(EXTERNAL, version == FciVersion.PANDA ? JOINT_VELOCITY : NONE);
            final MotionEnd end = cell.move(move, (motion, cycle) -> {
                // A spring that pulls joint 7 aside.
                final double[] torque = new double[7];
                final double[] position = get(motion.state(), StateField.Q);
                final double[] velocity = get(motion.state(), StateField.DQ);
                for (int i = 0; i < 7; i++) {
                    torque[i] = 30 * (start[i] + (i == 6 ? 0.2 * way(cycle) : 0) - position[i]) - 5 * velocity[i];
                }
                motion.command().putTorques(torque);
                sendOrFinish(motion, cycle);
            });
            assertFinished(cell, end);
            final double[] reached = get(cell.robot.state(), StateField.Q);
            assertEquals(start[6] + 0.2, reached[6], 0.02);
            assertEquals(start[1], reached[1], 0.01, "the robot holds its own weight");
        }
    }

    @ParameterizedTest
    @EnumSource(FciVersion.class)
    void torquesBesideAMotionGenerator(final FciVersion version) {
        try (Lockstep cell = new Lockstep(version)) {
            final double[] start = get(cell.robot.state(), StateField.Q_D);
            final MotionEnd end = cell.move(new FciRequest.Move(EXTERNAL, JOINT_POSITION), (motion, cycle) -> {
                final double[] wanted = start.clone();
                wanted[5] += 0.2 * way(cycle);
                final double[] torque = new double[7];
                for (int i = 0; i < 7; i++) {
                    torque[i] = 60 * (motion.state().get(StateField.Q_D, i) - motion.state().get(StateField.Q, i))
                        - 8 * motion.state().get(StateField.DQ, i);
                }
                motion.command().putPositions(wanted).putTorques(torque);
                sendOrFinish(motion, cycle);
            });
            assertFinished(cell, end);
            assertEquals(start[5] + 0.2, get(cell.robot.state(), StateField.Q)[5], 0.02);
        }
    }

    @ParameterizedTest
    @EnumSource(value = FciVersion.class, names = "FR3")
    void targetsThatComeNowAndThen(final FciVersion version) {
        try (Lockstep cell = new Lockstep(version)) {
            final double[] start = get(cell.robot.state(), StateField.Q_D);
            final double[] fastest = new double[7];
            Arrays.fill(fastest, 0.655);
            final FciRequest.Move move = new FciRequest.Move(
                ControllerMode.JOINT_IMPEDANCE, JOINT_POSITION, FciRequest.Deviation.ANY, FciRequest.Deviation.ANY, Optional.of(fastest));
            final MotionEnd end = cell.move(move, (motion, cycle) -> {
                final double[] target = start.clone();
                target[1] += 0.3;
                for (int i = 0; i < 7; i++) {
                    assertTrue(Math.abs(motion.state().get(StateField.DQ_D, i)) <= 0.655 + 1e-6);
                }
                if (cycle > CYCLES) {
                    motion.command().putPositions(target);
                    motion.finish();
                } else if (cycle % 50 == 0) {
                    motion.command().putPositions(target);
                    motion.send();
                }
            });
            assertTrue(end.finished(), end::text);
            assertEquals(start[1] + 0.3, get(cell.robot.state(), StateField.Q)[1], 2e-3);
        }
    }
}
