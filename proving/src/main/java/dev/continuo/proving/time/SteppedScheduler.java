package dev.continuo.proving.time;

import com.typesafe.config.Config;
import java.util.concurrent.ThreadFactory;
import org.apache.pekko.actor.AbstractScheduler;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.event.LoggingAdapter;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/** An actor system's timers on a timeline. Made by the actor system, which takes the timeline from {@link SteppedActors}. */
final class SteppedScheduler extends AbstractScheduler {
    private static final double FREQUENCY_HZ = 1e9;

    private final Timeline timeline;

    /** For the actor system. */
    SteppedScheduler(final Config config, final LoggingAdapter log, final ThreadFactory threads) {
        timeline = SteppedActors.opening();
    }

    Timeline timeline() {
        return timeline;
    }

    @Override
    public Cancellable schedule(final FiniteDuration initialDelay, final FiniteDuration interval, final Runnable runnable, final ExecutionContext executor) {
        final Repeating repeating = new Repeating(interval.toNanos(), runnable, executor);
        repeating.next = timeline.in(initialDelay.toNanos(), repeating);
        return repeating;
    }

    @Override
    public Cancellable scheduleOnce(final FiniteDuration delay, final Runnable runnable, final ExecutionContext executor) {
        final Once once = new Once(runnable, executor);
        once.waiting = timeline.in(delay.toNanos(), once);
        return once;
    }

    @Override
    public double maxFrequency() {
        return FREQUENCY_HZ;
    }

    private static final class Once implements Cancellable, Runnable {
        private final Runnable runnable;
        private final ExecutionContext executor;
        private Timeline.Cancel waiting;
        private boolean cancelled;

        private Once(final Runnable runnable, final ExecutionContext executor) {
            this.runnable = runnable;
            this.executor = executor;
        }

        @Override
        public void run() {
            executor.execute(runnable);
        }

        @Override
        public boolean cancel() {
            cancelled |= waiting.cancel();
            return cancelled;
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }
    }

    private final class Repeating implements Cancellable, Runnable {
        private final long intervalNanos;
        private final Runnable runnable;
        private final ExecutionContext executor;
        private Timeline.Cancel next;
        private boolean cancelled;

        private Repeating(final long intervalNanos, final Runnable runnable, final ExecutionContext executor) {
            this.intervalNanos = intervalNanos;
            this.runnable = runnable;
            this.executor = executor;
        }

        @Override
        public void run() {
            if (!cancelled) {
                next = timeline.in(intervalNanos, this);
                executor.execute(runnable);
            }
        }

        @Override
        public boolean cancel() {
            final boolean first = !cancelled;
            cancelled = true;
            next.cancel();
            return first;
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }
    }
}
