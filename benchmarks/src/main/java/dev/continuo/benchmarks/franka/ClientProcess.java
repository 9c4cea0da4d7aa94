package dev.continuo.benchmarks.franka;

import com.sun.management.ThreadMXBean;
import dev.continuo.benchmarks.ChildJvm;
import dev.continuo.hardware.franka.CommandShaper;
import dev.continuo.hardware.franka.ControllerMode;
import dev.continuo.hardware.franka.FciRequest;
import dev.continuo.hardware.franka.FrankaLimits;
import dev.continuo.hardware.franka.FrankaMotion;
import dev.continuo.hardware.franka.FrankaRobot;
import dev.continuo.hardware.franka.LowPassFilter;
import dev.continuo.hardware.franka.MotionGenerator;
import dev.continuo.hardware.franka.StateField;
import dev.continuo.hardware.linux.RealTime;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * The measured process: has the flags of the role {@code control}, and moves the robot through one round with joint velocities that are filtered, limited and checked in each
 * cycle. Tells that it is done.
 */
final class ClientProcess {
    /** As the C program has it. */
    static final int PRIORITY = 80;

    private static final long TIMEOUT_NANOS = 2_000_000_000L;
    private static final double SWING_RAD_PER_SEC = 0.2;
    private static final double SWING_PERIOD_CYCLES = 4000;
    private static final int SETTLED = 100;
    private static final FciRequest.Move MOVE = new FciRequest.Move(ControllerMode.JOINT_IMPEDANCE, MotionGenerator.JOINT_VELOCITY);

    private final FrankaRobot robot;
    private final CommandShaper shaper;
    private final double[] velocity = new double[FrankaLimits.JOINTS];
    private final int[] nanos;
    private int count;
    private long reflexes;
    private double successSum;
    private double lowest = 1;

    private ClientProcess(final FrankaRobot robot, final int cycles) {
        this.robot = robot;
        shaper = new CommandShaper(robot.version(), LowPassFilter.DEFAULT_HERTZ, true);
        nanos = new int[cycles];
    }

    /**
     * Runs one round.
     *
     * @param arguments port, cycles to warm up, cycles to measure, file for the figures
     */
    public static void main(final String[] arguments) {
        ChildJvm.endWithParent();
        try {
            RealTime.lockMemory();
            RealTime.fifo(PRIORITY);
            final InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
            try (FrankaRobot robot = FrankaRobot.connect(address, System::nanoTime, TIMEOUT_NANOS)) {
                new ClientProcess(robot, Integer.parseInt(arguments[2])).run(Integer.parseInt(arguments[1]), Path.of(arguments[3]));
            }
            ChildJvm.tellReady("");
        } catch (final Exception failure) {
            // The last line is what the parent tells.
            System.out.println(String.valueOf(failure.getMessage()).lines().findFirst().orElse(failure.toString()));
            Runtime.getRuntime().halt(1);
        }
    }

    private void run(final int warmUp, final Path file) throws IOException {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int toWarm = warmUp;
        long lost = 0;
        long allocated = 0;
        boolean done = false;
        while (!done) {
            robot.await(TIMEOUT_NANOS);
            final FrankaMotion motion = robot.begin(MOVE);
            int cycle = 0;
            while (motion.end().isEmpty()) {
                if (!motion.await(TIMEOUT_NANOS)) {
                    continue;
                }
                command(motion, cycle++);
                if (toWarm > 0) {
                    motion.send();
                    if (--toWarm == 0) {
                        lost = -robot.lost();
                        allocated = -threads.getCurrentThreadAllocatedBytes();
                    }
                } else if (count < nanos.length) {
                    motion.send();
                    measure(motion, cycle);
                } else {
                    if (!done) {
                        allocated += threads.getCurrentThreadAllocatedBytes();
                        lost += robot.lost();
                        done = true;
                    }
                    stop(motion);
                }
            }
            if (!motion.end().orElseThrow().finished() && !done) {
                reflexes += toWarm > 0 ? 0 : 1;
                robot.recover();
            }
        }
        RoundFile.write(file, lost, reflexes, successSum, lowest, allocated, nanos, count);
    }

    private void command(final FrankaMotion motion, final int cycle) {
        final double wanted = count < nanos.length ? SWING_RAD_PER_SEC * Math.sin(2 * Math.PI * cycle / SWING_PERIOD_CYCLES) : 0;
        for (int i = 0; i < FrankaLimits.JOINTS; i++) {
            velocity[i] = wanted;
        }
        shaper.velocities(motion.state(), velocity, motion.command());
    }

    private void measure(final FrankaMotion motion, final int cycle) {
        nanos[count++] = (int) Math.min(Integer.MAX_VALUE, System.nanoTime() - motion.noticedAtNanos());
        final double share = motion.state().get(StateField.CONTROL_COMMAND_SUCCESS_RATE, 0);
        successSum += share;
        if (cycle > SETTLED) {
            lowest = Math.min(lowest, share);
        }
    }

    private void stop(final FrankaMotion motion) {
        boolean rests = true;
        for (int i = 0; i < FrankaLimits.JOINTS; i++) {
            rests &= Math.abs(motion.state().get(StateField.DQ_D, i)) < 1e-3;
        }
        if (rests) {
            motion.finish();
        } else {
            motion.send();
        }
    }
}
