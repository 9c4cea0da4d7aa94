package dev.continuo.simulation.game;

/**
 * How a scene is judged.
 *
 * @param state   how the trial stands in it
 * @param outcome one line, for people, on what is where
 */
public record Judgement(State state, String outcome) {

    /** How a trial stands. */
    public enum State {
        /** Not decided. */
        OPEN,
        /** As it was asked for; the trial has succeeded when it stays so for half a second. */
        DONE,
        /** In a way that cannot be mended; the trial has failed when it stays so for two seconds. */
        SPOILT
    }

    /** Not decided yet. */
    public static Judgement open(final String outcome) {
        return new Judgement(State.OPEN, outcome);
    }

    /** As it was asked for. */
    public static Judgement done(final String outcome) {
        return new Judgement(State.DONE, outcome);
    }

    /** In a way that cannot be mended. */
    public static Judgement spoilt(final String outcome) {
        return new Judgement(State.SPOILT, outcome);
    }
}
