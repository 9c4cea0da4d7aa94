package dev.continuo.supervision.report;

/**
 * What the status line shows.
 *
 * @param seconds   since the start
 * @param phase     one word: {@code starting}, {@code readying}, {@code playing}, {@code holding}, {@code stopped} ...
 * @param trial     number of the trial that is played; 0 before the first
 * @param asked     what the trial asks for; empty before the first
 * @param successes trials that succeeded so far
 * @param ended     trials that ended so far
 * @param reasoning the newest finished reasoning
 * @param loopP99Nanos 99th percentile of the control cycles' lateness
 * @param missed    cycles that began more than one period late
 * @param held      commands that held because nothing valid was there to play
 * @param notice    what is wrong at present, or empty
 */
public record RunStatus(
    double seconds,
    String phase,
    int trial,
    String asked,
    int successes,
    int ended,
    String reasoning,
    long loopP99Nanos,
    long missed,
    long held,
    String notice) {
}
