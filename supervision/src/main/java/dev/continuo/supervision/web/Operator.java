package dev.continuo.supervision.web;

/** What may be asked of the service from outside. Safe for use by any thread. */
public interface Operator {
    /** Stops all arms at once. */
    void stop(String why);

    /** Releases the emergency stop. The arms stay as they are until they are started. */
    void release();

    /**
     * Asks the robot for something else.
     *
     * @throws dev.continuo.config.ProfileException if the task has no such instruction; the message says what it knows
     */
    void instruct(String text);

    /**
     * Lets the arms play.
     *
     * @throws IllegalStateException if the emergency stop is on
     */
    void start();

    /**
     * Has the arms move to their park pose and let go, until they are started.
     *
     * @throws IllegalStateException if the emergency stop is on
     */
    void park();

    /** Ends the run in order. */
    void finish();
}
