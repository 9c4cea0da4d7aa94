package dev.continuo.training.optimize;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** How far a long task is: a bar on a terminal, a line now and then elsewhere. For one thread. */
public sealed interface Progress extends AutoCloseable {

    /**
     * Tells how far the task is.
     *
     * @param step  steps done, of all steps
     * @param notes what else is worth a glance, such as the loss
     */
    void at(long step, String notes);

    @Override
    void close();

    /**
     * Begins a task.
     *
     * @param task  its name
     * @param start steps done by an earlier run
     * @param total steps in all
     */
    static Progress begin(final String task, final long start, final long total) {
        return System.console() != null && System.console().isTerminal()
            ? new Bar(task, start, total) : new Lines(task, start, total, System.out, System::nanoTime);
    }

    /** A bar that redraws itself. */
    final class Bar implements Progress {

        private final ProgressBar bar;

        Bar(final String task, final long start, final long total) {
            bar = new ProgressBarBuilder().setTaskName(task).setInitialMax(total).startsFrom(start, Duration.ZERO).showSpeed().build();
        }

        @Override
        public void at(final long step, final String notes) {
            bar.setExtraMessage(notes).stepTo(step);
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    /** A line at the first step, then every ten seconds, and at the last step. */
    final class Lines implements Progress {

        private static final long PERIOD_NANOS = 10_000_000_000L;

        private final String task;
        private final long start;
        private final long total;
        private final PrintStream out;
        private final LongSupplier nanoClock;
        private final long beganNanos;
        private long toldNanos;
        private boolean told;

        Lines(final String task, final long start, final long total, final PrintStream out, final LongSupplier nanoClock) {
            this.task = task;
            this.start = start;
            this.total = total;
            this.out = out;
            this.nanoClock = nanoClock;
            beganNanos = nanoClock.getAsLong();
        }

        @Override
        public void at(final long step, final String notes) {
            final long now = nanoClock.getAsLong();
            if (told && now - toldNanos < PERIOD_NANOS && step < total) {
                return;
            }
            told = true;
            toldNanos = now;
            final double seconds = (now - beganNanos) / 1e9;
            final double rate = seconds > 0 ? (step - start) / seconds : 0;
            final String left = rate > 0 ? clock(Math.round((total - step) / rate)) : "?";
            out.printf("%s %d/%d (%.0f%%) %.2f steps/s, %s left %s%n", task, step, total, 100.0 * step / total, rate, left, notes);
        }

        private static String clock(final long seconds) {
            return "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
        }

        @Override
        public void close() {
            out.flush();
        }
    }
}
