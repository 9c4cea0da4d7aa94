package dev.continuo.proving.fuzz;

import java.lang.management.ManagementFactory;

/**
 * Where the fuzzer comes in: Jazzer calls {@link #fuzzerTestOneInput} with one input after the other, of the target that the system property {@value #TARGET} names. An input for
 * which much is allocated is a finding as well.
 */
public final class FuzzEntry {
    /** The system property that names the target. */
    public static final String TARGET = "continuo.fuzz.target";

    private static final com.sun.management.ThreadMXBean THREADS = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static FuzzTarget target;

    private FuzzEntry() {
    }

    /** For Jazzer: before the first input. */
    public static void fuzzerInitialize() {
        final String name = System.getProperty(TARGET, "");
        target = FuzzTargets.named(name).orElseThrow(() -> new IllegalArgumentException(TARGET + " = " + name + ": there is no such target"));
    }

    /** For Jazzer: one input. */
    public static void fuzzerTestOneInput(final byte[] input) {
        // What loads a class allocates, once.
        if (allocatedBy(input) > target.mostBytes()) {
            final long allocated = allocatedBy(input);
            if (allocated > target.mostBytes()) {
                throw new IllegalStateException(input.length + " bytes of input allocated " + allocated + ", more than " + target.mostBytes());
            }
        }
    }

    private static long allocatedBy(final byte[] input) {
        final long before = THREADS.getCurrentThreadAllocatedBytes();
        target.feed().accept(input);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
