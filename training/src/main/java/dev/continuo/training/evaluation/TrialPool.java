package dev.continuo.training.evaluation;

import dev.continuo.config.Profile;
import dev.continuo.simulation.task.MathMatching;
import dev.continuo.simulation.task.Split;
import dev.continuo.simulation.task.TrialSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Plays the trials of a split on all cores. None depends on another, and results come in the order of the trials whichever ends first. */
final class TrialPool {
    private TrialPool() {
    }

    /** Plays one trial. */
    @FunctionalInterface
    interface Play<R> {
        /**
         * Plays a trial, on one of the pool's threads.
         *
         * @param cell of that thread
         * @param seed of what is random in the trial
         */
        R play(EvaluationCell cell, TrialSpec trial, long seed);
    }

    /** The trials of a split, {@code limit} at most where that is not 0. */
    static List<TrialSpec> trials(final Split split, final long seed, final int limit) {
        final List<TrialSpec> all = MathMatching.trials(split, seed);
        return limit > 0 && limit < all.size() ? all.subList(0, limit) : all;
    }

    /** Plays trials; {@code progress} is told of each result in order, on the calling thread. */
    static <R> List<R> play(
        final Profile profile, final List<TrialSpec> trials, final long seed, final Play<R> play, final Consumer<R> progress) {
        final ThreadLocal<EvaluationCell> cells = ThreadLocal.withInitial(() -> new EvaluationCell(profile));
        final List<R> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(
                 Runtime.getRuntime().availableProcessors(), Thread.ofPlatform().daemon().name("trial-", 0).factory())) {
            final List<Future<R>> running = new ArrayList<>();
            for (int number = 0; number < trials.size(); number++) {
                final TrialSpec trial = trials.get(number);
                final long own = seed * 1_000 + number;
                running.add(threads.submit(() -> play.play(cells.get(), trial, own)));
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
