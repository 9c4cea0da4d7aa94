package dev.continuo.training.data;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * Hands out the batches of a stage in order, made in rounds: one on each thread, while the step that needs them waits.
 *
 * <p>Made beside the steps they would come no faster: a step uses all cores, and waits at the end of every operation for the core that
 * something else was using. A batch is a function of its number alone: how many threads make them does not change what is trained on. Used
 * by one thread.
 *
 * @param <T> a batch
 */
public final class BatchRounds<T> implements AutoCloseable {
    private final LongFunction<T> maker;
    private final int threads;
    private final ExecutorService makers;
    private final ArrayDeque<T> made = new ArrayDeque<>();
    private long next;

    /**
     * Rounds of batches.
     *
     * @param maker   makes batch {@code n}; called from several threads at once
     * @param first   the first number
     * @param threads threads that make them, and batches of a round
     */
    public BatchRounds(final LongFunction<T> maker, final long first, final int threads) {
        this.maker = maker;
        this.threads = threads;
        next = first;
        makers = Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().name("batch-", 0).factory());
    }

    /** The next batch. */
    public T next() throws InterruptedException {
        if (made.isEmpty()) {
            makeRound();
        }
        return made.removeFirst();
    }

    private void makeRound() throws InterruptedException {
        final List<Callable<T>> round = LongStream.range(next, next + threads).<Callable<T>>mapToObj(number -> () -> maker.apply(number)).toList();
        next += threads;
        for (final Future<T> batch : makers.invokeAll(round)) {
            try {
                made.addLast(batch.get());
            } catch (final ExecutionException failure) {
                throw new IllegalStateException("a batch could not be made", failure.getCause());
            }
        }
    }

    @Override
    public void close() {
        makers.shutdownNow();
    }
}
