package dev.continuo.training.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Plays the trials of a split on all cores. None depends on another, and results come in the order of the trials whichever ends first. */
final class TrialPool {
    private TrialPool() {
    }

    /** Plays one trial. */
    @FunctionalInterface
    interface Play<C, T, R> {
        /**
         * Plays a trial, on one of the pool's threads.
         *
         * @param renderer of that thread
         * @param seed     of what is random in the trial
         */
        R play(C renderer, T trial, long seed);
    }

    /** The first trials, {@code limit} at most where that is not 0. */
    static <T> List<T> first(final List<T> all, final int limit) {
        return limit > 0 && limit < all.size() ? all.subList(0, limit) : all;
    }

    /**
     * Plays trials.
     *
     * @param renderers makes what each thread needs for itself
     * @param progress  told of each result in order, on the calling thread
     */
    static <C, T, R> List<R> play(
        final Supplier<C> renderers, final List<T> trials, final long seed, final Play<C, T, R> play, final Consumer<R> progress) {
        final ThreadLocal<C> own = ThreadLocal.withInitial(renderers);
        final List<R> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(
                 Runtime.getRuntime().availableProcessors(), Thread.ofPlatform().daemon().name("trial-", 0).factory())) {
            final List<Future<R>> running = new ArrayList<>();
            for (int number = 0; number < trials.size(); number++) {
                final T trial = trials.get(number);
                final long ownSeed = seed * 1_000 + number;
                running.add(threads.submit(() -> play.play(own.get(), trial, ownSeed)));
            }
            try {
                for (final Future<R> trial : running) {
                    results.add(trial.get());
                    progress.accept(results.getLast());
                }
            } catch (final ExecutionException failure) {
                threads.shutdownNow();
                throw new IllegalStateException("trial " + (results.size() + 1) + ": " + failure.getCause().getMessage(), failure.getCause());
            } catch (final InterruptedException interrupted) {
                threads.shutdownNow();
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted in trial " + (results.size() + 1), interrupted);
            }
        }
        return results;
    }
}
