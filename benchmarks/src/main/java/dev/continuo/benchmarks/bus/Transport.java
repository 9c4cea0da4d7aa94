package dev.continuo.benchmarks.bus;

import com.fasterxml.jackson.annotation.JsonValue;

/** How messages travel between the two processes. */
public enum Transport {
    /** This project's bus: Aeron through shared memory, polled. */
    AERON_IPC("aeron-ipc"),
    /** A loopback TCP socket read as most programs do: each waits in the kernel until bytes arrive. */
    TCP("tcp"),
    /** The same socket polled without blocking, with the idle strategy of the bus: what waiting alone costs. */
    TCP_POLLED("tcp-polled"),
    /** ZeroMQ in Java, a PAIR over loopback TCP. */
    ZEROMQ("zeromq");

    private final String label;

    Transport(final String label) {
        this.label = label;
    }

    /** The name in tables, reports and on command lines. */
    @JsonValue
    public String label() {
        return label;
    }
}
