package dev.continuo.actors.agent;

/** How a periodic loop waits. Injected, so that the loop itself neither sleeps nor reads a clock of its own. */
@FunctionalInterface
public interface Sleeper {

    /**
     * Returns at {@code deadlineNanos} of the loop's clock or as soon as possible after it; at once if that has passed. May return
     * early when the thread is interrupted.
     */
    void sleepUntil(long deadlineNanos);
}
