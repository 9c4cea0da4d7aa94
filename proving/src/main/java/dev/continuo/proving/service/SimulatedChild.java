package dev.continuo.proving.service;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;

/** A child process as its parent sees it. */
final class SimulatedChild extends Process {
    private static final int KILLED = 137;

    private final long pid;
    private final IntConsumer onEnd;
    private final CompletableFuture<Process> exit = new CompletableFuture<>();
    private int status = -1;

    /**
     * A process that runs.
     *
     * @param onEnd told once, when it ends, with its status
     */
    SimulatedChild(final long pid, final IntConsumer onEnd) {
        this.pid = pid;
        this.onEnd = onEnd;
    }

    /** It ends. */
    void end(final int with) {
        if (isAlive()) {
            status = with;
            onEnd.accept(with);
            exit.complete(this);
        }
    }

    @Override
    public OutputStream getOutputStream() {
        return new OutputStream() {
            @Override
            public void write(final int unread) {
                // Nobody reads it.
            }

            @Override
            public void close() {
                end(0);
            }
        };
    }

    @Override
    public InputStream getInputStream() {
        return InputStream.nullInputStream();
    }

    @Override
    public InputStream getErrorStream() {
        return InputStream.nullInputStream();
    }

    @Override
    public int waitFor() {
        return exitValue();
    }

    @Override
    public int exitValue() {
        if (isAlive()) {
            throw new IllegalThreadStateException("it runs");
        }
        return status;
    }

    @Override
    public void destroy() {
        end(KILLED);
    }

    @Override
    public Process destroyForcibly() {
        end(KILLED);
        return this;
    }

    @Override
    public boolean isAlive() {
        return status < 0;
    }

    @Override
    public long pid() {
        return pid;
    }

    @Override
    public CompletableFuture<Process> onExit() {
        return exit;
    }
}
