package dev.continuo.hardware.franka;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets a Franka Hand follow an opening that changes all the time, on a thread of its own: a hand takes whole motions, each of which may last a second, and must not hold up the
 * arm. A closing that ends early, because something is between the fingers, becomes a grasp of whatever that is. One request is under way at a time, unless the wanted
 * opening turns back. The width that is wanted and the one that was measured may be written and read by any thread.
 */
public final class HandFollower implements AutoCloseable {
    /** How often the hand is looked at. */
    public static final long LOOK_NANOS = 20_000_000;
    /** By how much the wanted width has to change before the hand is told, m. */
    private static final double WORTH_TELLING = 0.004;
    private static final double SPEED = 0.1;
    private static final double FORCE = 40;
    private static final double ANY_WIDTH = 0.08;

    private final FrankaHand hand;
    private final Optional<Thread> thread;
    private volatile boolean running = true;
    private volatile double wanted = Double.NaN;
    private volatile double measured = Double.NaN;
    private volatile String failure = "";
    private double told = Double.NaN;
    private Optional<Integer> asked = Optional.empty();
    /** Requests that another one has overtaken; they are answered all the same. */
    private final List<Integer> overtaken = new ArrayList<>();
    private boolean holding;

    /** Begins to look after a hand, which is closed with this. */
    public HandFollower(final FrankaHand hand) {
        this(hand, true);
    }

    private HandFollower(final FrankaHand hand, final boolean alone) {
        this.hand = hand;
        thread = alone ? Optional.of(Thread.ofPlatform().name("franka-hand").daemon().unstarted(this::run)) : Optional.empty();
        thread.ifPresent(Thread::start);
    }

    /** A follower without a thread, for invented time: whoever makes it calls {@link #step} every {@value #LOOK_NANOS} ns. */
    public static HandFollower stepped(final FrankaHand hand) {
        return new HandFollower(hand, false);
    }

    /** Sets the opening that is wanted, m. */
    public void follow(final double width) {
        wanted = width;
    }

    /** The opening that was measured last, m; not a number before the first. */
    public double width() {
        return measured;
    }

    /** Why the hand is not followed any more; empty while it is. */
    public String failure() {
        return failure;
    }

    private void run() {
        try {
            while (running) {
                step();
                LockSupport.parkNanos(LOOK_NANOS);
            }
        } catch (final FrankaException gone) {
            failure = gone.getMessage();
        } finally {
            hand.close();
        }
    }

    /**
     * Looks once: takes in what the hand says, and tells it what is wanted.
     *
     * @throws FrankaException when the hand is gone
     */
    public void step() {
        hand.poll();
        hand.state().ifPresent(state -> measured = state.width());
        if (Double.isNaN(measured)) {
            return;
        }
        told = Double.isNaN(told) ? measured : told;
        observe();
        final double width = Math.clamp(wanted, 0, ANY_WIDTH);
        if (!Double.isFinite(width) || Math.abs(width - told) <= WORTH_TELLING) {
            return;
        }
        final boolean reversed = asked.isPresent() && Math.signum(width - told) != Math.signum(told - measured);
        if (asked.isEmpty() || reversed) {
            tell(new HandRequest.Move(width, SPEED));
            told = width;
        }
    }

    /** What became of the last request: where a closing ended early, something is between the fingers and has to be held. */
    private void observe() {
        overtaken.removeIf(request -> hand.take(request).isPresent());
        final Optional<HandStatus> answer = asked.flatMap(hand::take);
        if (answer.isEmpty()) {
            return;
        }
        asked = Optional.empty();
        if (answer.get() != HandStatus.SUCCESS && !holding && told < measured - WORTH_TELLING) {
            tell(new HandRequest.Grasp(measured, ANY_WIDTH, ANY_WIDTH, SPEED, FORCE));
            holding = true;
        }
    }

    private void tell(final HandRequest request) {
        asked.ifPresent(overtaken::add);
        asked = Optional.of(hand.send(request));
        holding = false;
    }

    @Override
    public void close() {
        running = false;
        if (thread.isEmpty()) {
            hand.close();
            return;
        }
        LockSupport.unpark(thread.get());
        try {
            thread.get().join();
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
