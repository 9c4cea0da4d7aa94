package dev.continuo.proving.time;

import dev.continuo.actors.agent.VirtualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Everything that happens in a simulated run, one thing after another in the caller's thread, at the times of a virtual clock. What is due at the same time happens in an order that is drawn from the
 * seed, and so do actors that have messages: the same seed gives the same order, other seeds give others.
 */
public final class Timeline {
    private final VirtualClock clock = new VirtualClock(1_000_000_000L);
    private final SplittableRandom random;
    private final PriorityQueue<Happening> due = new PriorityQueue<>();
    private final List<Runnable> ready = new ArrayList<>();
    private long count;

    /** Something that is to happen; of those due at the same time the one with the lower lot, then the earlier one, goes first. */
    private static final class Happening implements Comparable<Happening> {
        private final long atNanos;
        private final int lot;
        private final long number;
        private final Runnable what;
        private boolean cancelled;

        private Happening(final long atNanos, final int lot, final long number, final Runnable what) {
            this.atNanos = atNanos;
            this.lot = lot;
            this.number = number;
            this.what = what;
        }

        @Override
        public int compareTo(final Happening other) {
            final int byTime = Long.compare(atNanos, other.atNanos);
            final int byLot = byTime != 0 ? byTime : Integer.compare(lot, other.lot);
            return byLot != 0 ? byLot : Long.compare(number, other.number);
        }
    }

    /** Takes something off the timeline again. */
    @FunctionalInterface
    public interface Cancel {
        /** Whether it had not happened yet. */
        boolean cancel();
    }

    /** A timeline on which nothing happens yet. */
    public Timeline(final long seed) {
        random = new SplittableRandom(seed);
    }

    /** The clock that it moves. */
    public VirtualClock clock() {
        return clock;
    }

    /** Puts something on the timeline; a time in the past is now. */
    public Cancel at(final long atNanos, final Runnable what) {
        final Happening happening = new Happening(Math.max(atNanos, clock.nanoTime()), random.nextInt(), ++count, what);
        due.add(happening);
        return () -> {
            final boolean open = !happening.cancelled && due.remove(happening);
            happening.cancelled = true;
            return open;
        };
    }

    /** Puts something on the timeline. */
    public Cancel in(final long nanos, final Runnable what) {
        return at(clock.nanoTime() + nanos, what);
    }

    /** Puts something on the timeline again and again, from now on. */
    public void every(final long periodNanos, final Runnable what) {
        final long firstNanos = clock.nanoTime() + periodNanos;
        at(firstNanos, new Runnable() {
            private long nextNanos = firstNanos;

            @Override
            public void run() {
                what.run();
                nextNanos += periodNanos;
                at(nextNanos, this);
            }
        });
    }

    /** Something that can be done now; it is, before the clock moves on. */
    void whenReady(final Runnable what) {
        ready.add(what);
    }

    /** Does what can be done now. */
    public void settle() {
        while (!ready.isEmpty()) {
            final int last = ready.size() - 1;
            final int drawn = last == 0 ? 0 : random.nextInt(ready.size());
            final Runnable next = ready.get(drawn);
            ready.set(drawn, ready.get(last));
            ready.remove(last);
            next.run();
        }
    }

    /** Lets everything happen until a time, and moves the clock there. */
    public void runUntil(final long untilNanos) {
        settle();
        while (!due.isEmpty() && due.peek().atNanos <= untilNanos) {
            final Happening next = due.poll();
            clock.moveTo(next.atNanos);
            next.cancelled = true;
            next.what.run();
            settle();
        }
        clock.moveTo(untilNanos);
    }
}
