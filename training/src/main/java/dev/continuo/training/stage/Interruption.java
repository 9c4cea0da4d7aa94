package dev.continuo.training.stage;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a long run end between two steps when the process is told to stop (Ctrl-C, SIGTERM): the run saves its checkpoint while the
 * shutdown waits for it.
 */
public final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean requested;

    /** Listens from now on. */
    public Interruption() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::await, "interruption"));
    }

    /** Asks the run to end after its step. */
    void request() {
        requested = true;
    }

    private void await() {
        request();
        try {
            ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (final InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the run should save what it has and end. */
    boolean requested() {
        return requested;
    }

    /**
     * For work that keeps nothing in between.
     *
     * @throws InterruptedException if it should end
     */
    void check() throws InterruptedException {
        if (requested) {
            throw new InterruptedException("interrupted");
        }
    }

    /** The run has ended, in whatever way. */
    @Override
    public void close() {
        ended.countDown();
    }
}
