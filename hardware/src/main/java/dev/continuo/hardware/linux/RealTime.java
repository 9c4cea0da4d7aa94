package dev.continuo.hardware.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Real-time scheduling of the calling thread and memory locking of the process. Nothing here fails with an exception: a machine
 * that does not permit it still runs, with more jitter, and the outcome says what to grant.
 */
public final class RealTime {
    private static final int SCHED_OTHER = 0;
    private static final int SCHED_FIFO = 1;
    private static final int PRIO_PROCESS = 0;
    private static final int DEMOTED_NICENESS = 10;
    private static final int CALLING_THREAD = 0;
    /** MCL_CURRENT, MCL_FUTURE and MCL_ONFAULT: without the last, sparse files such as the bus's would be filled. */
    private static final int MCL_AS_TOUCHED = 1 | 2 | 4;
    private static final int PR_SET_TIMERSLACK = 29;
    private static final int CPU_MASK_BYTES = 128;

    /**
     * What came of a request.
     *
     * @param granted whether it holds now
     * @param text    one line for people: what was done, or why it was not and how to permit it
     */
    public record Outcome(boolean granted, String text) {
    }

    /** One system call, given where to leave {@code errno} and memory for its arguments. */
    @FunctionalInterface
    private interface Call {
        int invoke(MemorySegment errno, Arena arena) throws Throwable;
    }

    private RealTime() {
    }

    /**
     * Schedules the calling platform thread before all ordinary ones.
     *
     * @param priority 1 to 99
     */
    public static Outcome fifo(final int priority) {
        if (Thread.currentThread().isVirtual()) {
            return new Outcome(false, "real-time priority: not for a virtual thread");
        }
        return attempt("real-time priority " + priority,
            "grant CAP_SYS_NICE, or 'rtprio " + priority + "' in /etc/security/limits.conf", (errno, arena) ->
                (int) LibC.SCHED_SETSCHEDULER.invokeExact(errno, CALLING_THREAD, SCHED_FIFO, arena.allocateFrom(JAVA_INT, priority)));
    }

    /** Puts the calling thread back among the ordinary ones. */
    public static Outcome ordinary() {
        return attempt("ordinary scheduling", "", (errno, arena) ->
            (int) LibC.SCHED_SETSCHEDULER.invokeExact(errno, CALLING_THREAD, SCHED_OTHER, arena.allocateFrom(JAVA_INT, 0)));
    }

    /** The kernel's number of the calling platform thread. */
    public static int threadId() {
        try {
            return (int) LibC.GETTID.invokeExact();
        } catch (final Throwable impossible) {
            throw LibC.unexpected(impossible);
        }
    }

    /**
     * Puts a thread among the ordinary ones and behind most of them, whatever it does. It still gets some time: one that got none would keep the JVM from its safepoints.
     *
     * @param threadId of a thread of this process
     */
    public static Outcome demote(final int threadId) {
        final Outcome ordinary = attempt("ordinary scheduling", "", (errno, arena) ->
            (int) LibC.SCHED_SETSCHEDULER.invokeExact(errno, threadId, SCHED_OTHER, arena.allocateFrom(JAVA_INT, 0)));
        return !ordinary.granted() ? ordinary
            : attempt("ordinary scheduling, niceness " + DEMOTED_NICENESS, "", (errno, _) -> (int) LibC.SETPRIORITY.invokeExact(errno, PRIO_PROCESS, threadId, DEMOTED_NICENESS));
    }

    /** Keeps all memory of the process, present and future, from being paged out once it was touched. */
    public static Outcome lockMemory() {
        return attempt("memory locked", "grant CAP_IPC_LOCK, or 'memlock unlimited' in /etc/security/limits.conf",
            (errno, arena) -> (int) LibC.MLOCKALL.invokeExact(errno, MCL_AS_TOUCHED));
    }

    /**
     * Keeps the calling platform thread on one processor.
     *
     * @param cpu counted from 0
     */
    public static Outcome pin(final int cpu) {
        if (Thread.currentThread().isVirtual() || cpu < 0 || cpu >= Byte.SIZE * CPU_MASK_BYTES) {
            return new Outcome(false, "pinned to processor " + cpu + ": no such processor, or a virtual thread");
        }
        return attempt("pinned to processor " + cpu, "the process may use other processors only, see taskset -p", (errno, arena) -> {
            final MemorySegment mask = arena.allocate(CPU_MASK_BYTES, Long.BYTES);
            mask.setAtIndex(JAVA_LONG, cpu / Long.SIZE, 1L << cpu % Long.SIZE);
            final long size = CPU_MASK_BYTES;
            return (int) LibC.SCHED_SETAFFINITY.invokeExact(errno, CALLING_THREAD, size, mask);
        });
    }

    /**
     * How late the kernel may wake the calling thread to save power, when it is not real-time; 50 microseconds unless told.
     *
     * @param nanos at least 1
     */
    public static Outcome timerSlack(final long nanos) {
        return attempt("timer slack " + nanos + " ns", "", (errno, arena) ->
            (int) LibC.PRCTL.invokeExact(errno, PR_SET_TIMERSLACK, nanos, 0L, 0L, 0L));
    }

    private static Outcome attempt(final String what, final String remedy, final Call call) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment errno = LibC.errnoSegment(arena);
            if (call.invoke(errno, arena) == 0) {
                return new Outcome(true, what);
            }
            final int error = LibC.errno(errno);
            final boolean forbidden = error == LibC.EPERM || error == LibC.EACCES || error == LibC.ENOMEM || error == LibC.EINVAL;
            return new Outcome(false, what + ": " + LibC.describe(error) + (forbidden && !remedy.isEmpty() ? "; " + remedy : ""));
        } catch (final Throwable impossible) {
            throw LibC.unexpected(impossible);
        }
    }
}
