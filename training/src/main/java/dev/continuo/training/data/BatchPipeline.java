package dev.continuo.training.data;

import java.util.ArrayDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;

/**
 * Makes the batches of a stage ahead of the step that needs them, and hands them out in order.
 *
 * <p>A batch is a function of its number alone: how many threads make them does not change what is trained on. Used by one thread.
 *
 * @param <T> a batch
 */
public final class BatchPipeline<T> implements AutoCloseable {
    private final LongFunction<T> maker;
    private final ExecutorService makers;
    private final ArrayDeque<Future<T>> ahead = new ArrayDeque<>();
    private long next;

    /**
     * Starts making batches.
     *
     * @param maker   makes batch {@code n}; called from several threads at once
     * @param first   the first number
     * @param depth   batches made ahead
     * @param threads threads that make them
     */
    public BatchPipeline(final LongFunction<T> maker, final long first, final int depth, final int threads) {
        this.maker = maker;
        next = first;
        makers = Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().name("batch-", 0).factory());
        for (int i = 0; i < depth; i++) {
            order();
        }
    }

    /** The next batch; waits for it if it is not made yet. */
    public T next() throws InterruptedException {
        try {
            final T batch = ahead.removeFirst().get();
            order();
            return batch;
        } catch (final ExecutionException failure) {
            throw new IllegalStateException("a batch could not be made", failure.getCause());
        }
    }

    private void order() {
        final long number = next++;
        ahead.addLast(makers.submit(() -> maker.apply(number)));
    }

    @Override
    public void close() {
        makers.shutdownNow();
    }
}
