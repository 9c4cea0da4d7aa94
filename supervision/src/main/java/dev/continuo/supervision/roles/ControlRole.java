package dev.continuo.supervision.roles;

import java.util.function.Consumer;

/** The process of the guardian and the arms. */
public final class ControlRole {
    private ControlRole() {
    }

    /**
     * Runs the service until its time is up or it is told to end.
     *
     * @param endings given what to do when the process is asked to end
     */
    public static RunOutcome run(final RunSettings settings, final Consumer<Runnable> endings) {
        throw new IllegalStateException("the arms are not there yet");
    }
}
