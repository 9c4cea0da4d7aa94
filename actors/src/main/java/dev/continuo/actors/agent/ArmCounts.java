package dev.continuo.actors.agent;

import dev.continuo.actors.latency.Count;

/**
 * What an arm's agent has done. Advanced by its thread, read by any.
 */
public final class ArmCounts {
    /** Commands handed to the driver while the arm held or followed. */
    public final Count sent = new Count();
    /** Commands that the safety envelope kept within a limit that their setpoint exceeded. */
    public final Count limited = new Count();
    /** Commands that the safety envelope made a hold because their setpoint could not be followed at all. */
    public final Count held = new Count();
    /** Cycles in which chunks were to be played and no row was due: the arm decelerated or held. */
    public final Count starved = new Count();
    /** Cycles in which a row was played that the arm cannot reach, or that tells no pose: it went as near as it could, or held. */
    public final Count outOfReach = new Count();
    /** Cycles in which the measured state was too old to move by. */
    public final Count staleState = new Count();
    /** Cycles in which an arm that stops by what it feels did not know what that is, and held. */
    public final Count unfelt = new Count();
    /** Times that the arm touched something harder than it may. */
    public final Count contacts = new Count();
    /** Commands of {@link ArmCommand} that did not apply. */
    public final Count refusedCommands = new Count();
    /** Times that the gate stopped this arm in motion. */
    public final Count stoppedByGate = new Count();
    /** Times that the arm failed. */
    public final Count faults = new Count();
    /** Moves to the ready or park pose that arrived. */
    public final Count arrivals = new Count();
    /** Chunks that were taken over. */
    public final Count chunksAccepted = new Count();
    /** Chunks that were too old, came twice, overtaken, malformed, or belonged to what was played before. */
    public final Count chunksRefused = new Count();
    /** States that the bus did not take although somebody listens. */
    public final Count statesDropped = new Count();
}
