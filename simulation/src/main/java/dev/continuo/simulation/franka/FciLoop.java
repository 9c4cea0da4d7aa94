package dev.continuo.simulation.franka;

import dev.continuo.hardware.linux.AbsoluteSleep;
import dev.continuo.hardware.linux.RealTime;
import java.util.concurrent.CompletableFuture;

/**
 * Lets a robot and its hand live: steps their servers each millisecond of {@link System#nanoTime}, on a thread of its own with real-time priority where that is permitted. Where a step begins
 * late, robot time stands still meanwhile: a client has its millisecond all the same, and what this computer holds up is not counted against it.
 */
public final class FciLoop implements AutoCloseable {
    private static final long CYCLE_NANOS = 1_000_000;
    private static final long TOLERATED_NANOS = 100_000;
    private static final int PRIORITY = 50;

    private final FciServer robot;
    private final HandServer hand;
    private final Runnable world;
    private final Thread thread;
    private final CompletableFuture<RealTime.Outcome> scheduling = new CompletableFuture<>();
    private volatile boolean running = true;

    /** Begins to step servers, which are closed with this. */
    public FciLoop(final FciServer robot, final HandServer hand) {
        this(robot, hand, () -> { });
    }

    /**
     * Begins to step servers, which are closed with this.
     *
     * @param world what else happens in a millisecond, after robot and hand; on the loop's thread
     */
    public FciLoop(final FciServer robot, final HandServer hand, final Runnable world) {
        this.robot = robot;
        this.hand = hand;
        this.world = world;
        thread = Thread.ofPlatform().name("franka").daemon().start(this::run);
    }

    private void run() {
        scheduling.complete(RealTime.fifo(PRIORITY));
        try (AbsoluteSleep sleep = new AbsoluteSleep()) {
            long due = System.nanoTime();
            while (running) {
                due = Math.max(due + CYCLE_NANOS, System.nanoTime());
                sleep.until(due);
                final long lateNanos = System.nanoTime() - due;
                due += lateNanos > TOLERATED_NANOS ? lateNanos : 0;
                robot.step();
                hand.step();
                world.run();
            }
        }
    }

    /** What came of asking for real-time priority, for people. */
    public String scheduling() {
        return scheduling.join().text();
    }

    @Override
    public void close() {
        running = false;
        try {
            thread.join();
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        robot.close();
        hand.close();
    }
}
