package dev.continuo.actors.agent;

import dev.continuo.actors.latency.Count;
import dev.continuo.actors.latency.LatencyRecorder;
import dev.continuo.actors.latency.LoopCounts;
import java.util.Map;
import org.agrona.concurrent.Agent;

/**
 * An agent that an actor can own: it says when it was last alive, and can be asked to stop while it works.
 *
 * <p>{@link #doWork} is called periodically by one thread. A failure is an exception out of {@code doWork}: the agent is then closed
 * and not called again.
 */
public interface StageAgent extends Agent {

    /** When the agent last made progress, nanoseconds of its clock; 0 before the first time. Read by any thread. */
    Count aliveAtNanos();

    /** How often {@code doWork} wants to be called, in nanoseconds. */
    long periodNanos();

    /**
     * Waits for the time to call {@code doWork} again: by default as long as the loop says. An agent whose robot clocks it waits for the robot instead.
     *
     * @param sleeper       how the loop waits
     * @param deadlineNanos when the next call is due by the agent's period
     * @return whether the agent is to be called now, whatever the deadline
     */
    default boolean awaitTick(final Sleeper sleeper, final long deadlineNanos) {
        sleeper.sleepUntil(deadlineNanos);
        return false;
    }

    /** Takes how the loop that runs the agent keeps its time. */
    LoopCounts loop();

    /** What it needs from outside the service and does not get, as the end of a sentence about it ({@code is not connected}); empty if nothing. Any thread. */
    default String lack() {
        return "";
    }

    /** What it counts that an operator should know, by name. Any thread. */
    default Map<String, Long> tally() {
        return Map.of();
    }

    /** Takes the durations that the agent, and the loop that runs it, measure; none unless the agent says otherwise. */
    default LatencyRecorder latencies() {
        return LatencyRecorder.NONE;
    }

    /** Asks a long {@code doWork} to return early, because the agent is about to be closed. Called by any thread. */
    default void requestStop() {
    }

    /**
     * The part of the stage that receives for it, on a thread of its own because the stage's work takes long; null when the stage
     * receives within {@code doWork}. Where all agents share a thread it is stepped just before its stage.
     */
    default StageAgent intake() {
        return null;
    }
}
