package dev.continuo.supervision.process;

import java.io.IOException;

/** Starts one child process; called anew for every incarnation. */
@FunctionalInterface
public interface ProcessStarter {

    /**
     * Starts the process, its standard input and standard error piped to this process.
     *
     * @param incarnation counts from 1
     */
    Process start(int incarnation) throws IOException;
}
