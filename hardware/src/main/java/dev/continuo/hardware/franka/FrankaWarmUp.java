package dev.continuo.hardware.franka;

import dev.continuo.hardware.Arm;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Runs the driver of a Franka against a robot that is not there, before the real one is armed, so that its classes are loaded and its code is compiled: else the first hundreds of
 * commands of a motion come late, and a robot ends a motion after twenty.
 */
public final class FrankaWarmUp {
    private static final long TIMEOUT_NANOS = 5_000_000_000L;
    private static final long CYCLE_NANOS = 1_000_000L;
    private static final double SWAY = 0.05;
    private static final double SWAY_PER_CYCLE = 0.003;

    private FrankaWarmUp() {
    }

    /**
     * Warms the driver up.
     *
     * @param version that the robot speaks
     * @param resting joint angles that the robot bears, rad; values after the seventh are ignored
     * @param cycles  commands of a motion; 20 000 settle the compiler
     * @param clock   nanoseconds
     * @return commands that the robot got, so that nothing is optimised away
     * @throws FrankaException if this computer cannot even speak to itself
     */
    public static long run(final FciVersion version, final double[] resting, final int cycles, final LongSupplier clock) {
        try (EchoRobot robot = new EchoRobot(version, resting);
             FrankaArm arm = new FrankaArm("warm-up", new FrankaConnector(
                 () -> new FrankaLink(FrankaRobot.connect(robot.address(), clock, TIMEOUT_NANOS), Optional.empty())), LowPassFilter.DEFAULT_HERTZ)) {
            final long deadline = clock.getAsLong() + TIMEOUT_NANOS;
            final double[] position = new double[FrankaArm.AXES];
            final double[] velocity = new double[FrankaArm.AXES];
            long nowNanos = clock.getAsLong();
            for (int cycle = 0; cycle < cycles; nowNanos += CYCLE_NANOS) {
                robot.step();
                arm.await(CYCLE_NANOS);
                arm.poll(nowNanos);
                switch (arm.mode()) {
                    case HOLDING -> {
                        for (int i = 0; i < FrankaLimits.JOINTS; i++) {
                            position[i] = resting[i] + SWAY * (1 - Math.cos(SWAY_PER_CYCLE * cycle));
                        }
                        arm.command(nowNanos, position, velocity);
                        cycle++;
                    }
                    case ARMING -> arm.command(nowNanos, position, velocity);
                    case DAMPING -> arm.arm(nowNanos);
                    case CONNECTING, FAULT -> {
                        if (arm.mode() == Arm.Mode.FAULT || clock.getAsLong() - deadline > 0) {
                            throw new FrankaException("the driver could not be warmed up: " + arm.fault());
                        }
                        Thread.onSpinWait();
                    }
                }
            }
            return robot.commands();
        }
    }
}
