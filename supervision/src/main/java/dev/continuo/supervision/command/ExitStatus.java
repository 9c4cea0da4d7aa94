package dev.continuo.supervision.command;

/** What the process tells its caller when it ends. */
public final class ExitStatus {
    /** All went well. */
    public static final int SUCCESS = 0;
    /** The run failed. */
    public static final int FAILED = 1;
    /** Bad usage or configuration: nothing was run, or nothing could be. */
    public static final int USAGE = 2;

    private ExitStatus() {
    }
}
