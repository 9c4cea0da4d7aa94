package dev.continuo.config;

import java.util.function.Consumer;

/**
 * A cell that can be hosted by the role {@code cell}: found with {@link java.util.ServiceLoader}, so that no room of the runtime
 * imports the simulation.
 *
 * <p>Threads: {@link #start} and {@link #close} are called by the hosting actor; events are delivered on a thread of the cell.
 */
public interface CellService {

    /** The task that this cell plays, as in {@link Profile#task()}. */
    String task();

    /**
     * Checks an instruction before anybody acts on it.
     *
     * @throws IllegalArgumentException with one line that says what is not understood, and what would be
     */
    default void check(final String instruction) {
        // Most tasks have one instruction, in any words.
    }

    /**
     * Opens the cell's listeners (CAN sockets, camera) and starts its clock. The first scene is laid out at once.
     *
     * @throws ProfileException if a port or path is taken
     */
    Running start(Profile profile, Consumer<TrialEvent> events);

    /** A started cell. */
    interface Running extends AutoCloseable {

        /** Lays out the next scene; told once the arms are back in their ready pose. Ignored while a trial is being played. */
        void nextTrial();

        /**
         * A reasoning was finished, for the judge of the trial that is being played; the first one of a trial is scored.
         *
         * @param text        in words
         * @param aboutNanos  when the oldest frame that it is about was exposed, by the machine's monotonic clock
         */
        void reasoning(String text, long aboutNanos);

        /**
         * Something else is asked for from now on; told after {@link CellService#check}. A trial that is being played ends.
         *
         * @param text the instruction
         */
        default void instruction(final String text) {
            // A task with one instruction goes on.
        }

        @Override
        void close();
    }
}
