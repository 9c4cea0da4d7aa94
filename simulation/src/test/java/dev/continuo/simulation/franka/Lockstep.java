package dev.continuo.simulation.franka;

import dev.continuo.hardware.franka.FciRequest;
import dev.continuo.hardware.franka.FciVersion;
import dev.continuo.hardware.franka.FrankaMotion;
import dev.continuo.hardware.franka.FrankaRobot;
import dev.continuo.hardware.franka.MotionEnd;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A simulated robot and its client in one thread and one invented time: whenever the client waits, which it notices by its looking at the clock, a millisecond passes for
 * the robot; while a motion runs, a millisecond passes when the test says so.
 */
final class Lockstep implements AutoCloseable {
    private static final long TIMEOUT_NANOS = 200_000_000;
    private static final long CYCLE_NANOS = 1_000_000;
    private static final int LONGEST_MOTION = 60_000;

    final SimulatedFranka franka;
    final FciServer server;
    final FrankaRobot robot;
    final List<String> journal = new ArrayList<>();
    private long nowNanos;
    private boolean byItself = true;

    Lockstep(final FciVersion version) {
        franka = new SimulatedFranka(version);
        server = new FciServer(franka, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), journal::add);
        robot = FrankaRobot.connect(server.address(), this::now, TIMEOUT_NANOS);
        while (!robot.await(0)) {
            now();
        }
    }

    private long now() {
        if (byItself) {
            pass();
        }
        return nowNanos;
    }

    /** A millisecond passes. */
    void pass() {
        nowNanos += CYCLE_NANOS;
        server.step();
    }

    /** What to do in a cycle of a motion. */
    @FunctionalInterface
    interface Cycle {
        /** Fills in the command of a cycle and sends or finishes it, or neither. */
        void command(FrankaMotion motion, int cycle);
    }

    /** Requests a motion, commands it cycle by cycle, and waits for its end. */
    MotionEnd move(final FciRequest.Move move, final Cycle cycle) {
        byItself = false;
        final FrankaMotion motion = robot.begin(move);
        int cycles = 0;
        for (int i = 0; motion.end().isEmpty(); i++) {
            if (i > LONGEST_MOTION) {
                throw new AssertionError("the motion does not end");
            }
            pass();
            if (motion.await(0)) {
                cycle.command(motion, cycles++);
            }
        }
        byItself = true;
        refresh();
        return motion.end().orElseThrow();
    }

    /** Lets some milliseconds pass and looks at the newest state. */
    void refresh() {
        rest(3);
    }

    /** Lets milliseconds pass while the client looks on. */
    void rest(final int milliseconds) {
        for (int i = 0; i < milliseconds; i++) {
            pass();
            robot.await(0);
        }
    }

    /** The last line of the robot's journal. */
    Optional<String> lastNote() {
        return journal.isEmpty() ? Optional.empty() : Optional.of(journal.getLast());
    }

    @Override
    public void close() {
        robot.close();
        server.close();
    }
}
