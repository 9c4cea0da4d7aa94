package dev.continuo.actors.latency;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A number that one thread advances and any thread may read, without a lock or a fence of the writer's.
 */
public final class Count {
    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(Count.class, "value", long.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private long value;

    /** Adds one. Writer's thread only. */
    public void increment() {
        VALUE.setRelease(this, value + 1);
    }

    /** Adds {@code amount}. Writer's thread only. */
    public void add(final long amount) {
        VALUE.setRelease(this, value + amount);
    }

    /** Replaces the value. Writer's thread only. */
    public void set(final long newValue) {
        VALUE.setRelease(this, newValue);
    }

    /** The value as last seen from any thread. */
    public long get() {
        return (long)VALUE.getAcquire(this);
    }

    @Override
    public String toString() {
        return Long.toString(get());
    }
}
