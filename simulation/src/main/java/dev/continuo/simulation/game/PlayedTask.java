package dev.continuo.simulation.game;

import dev.continuo.config.TrialEvent;

/** What is played in a cell: scene after scene, each drawn and judged. All methods but {@link #instruction} and {@link #close} are called by one thread. */
public interface PlayedTask extends AutoCloseable {
    /** The task's name. */
    String name();

    /** Looks at how the cell stands; what follows is about that. */
    void observe();

    /** Has the next scene laid out. */
    void layOutNext();

    /** Whether the next scene stands. */
    boolean isLaidOut();

    /** The next scene becomes the one that is played; returns what is asked for. */
    String playNext();

    /** Draws what the camera sees. */
    void draw(byte[] rgb);

    /** Whether an arm has left the place where it was in the beginning. */
    boolean haveArmsMoved();

    /** The trial's time runs. */
    void begin(long nowNanos);

    /** Judges; whether the trial is over. */
    boolean isOver(long nowNanos);

    /** A reasoning was finished that is about what was seen at a time. */
    void reasoning(String text, long aboutNanos);

    /** How the trial that is over went. */
    TrialEvent.Ended ended(int number, long nowNanos);

    /**
     * Something else is asked for from now on.
     *
     * @return whether the trial that is played has become pointless by that
     */
    boolean instruction(String text);

    @Override
    void close();
}
