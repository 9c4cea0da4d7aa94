package dev.continuo.policy.playback;

/** What playback has to offer at a moment. */
public enum PlaybackState {
    /** No chunk was accepted yet: there is no setpoint. */
    IDLE,
    /** The setpoint comes from a row that is due. */
    PLAYING,
    /** The last row is over: the arm must decelerate to a hold. */
    EXHAUSTED
}
