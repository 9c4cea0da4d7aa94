package dev.continuo.actors.agent;

import dev.continuo.actors.latency.Latency;
import dev.continuo.actors.latency.LatencyRecorder;
import dev.continuo.actors.latency.LoopCounts;

/**
 * What is measured of one arm, over all restarts of its agent. Advanced by the agent's thread, read by any.
 */
public final class ArmTelemetry {
    private final String arm;
    private final ArmCounts counts = new ArmCounts();
    private final LoopCounts loop = new LoopCounts();
    private final LatencyRecorder latencies;

    /** For the arm of this name. */
    public ArmTelemetry(final String arm) {
        this.arm = arm;
        latencies = new LatencyRecorder(
            "arm-" + arm, Latency.LOOP_LATENESS, Latency.STATE_TO_COMMAND, Latency.OBSERVATION_AGE, Latency.REASONING_AGE);
    }

    /** The arm's name. */
    public String arm() {
        return arm;
    }

    /** What the agent has done. */
    public ArmCounts counts() {
        return counts;
    }

    /** How the control loop has kept its time. */
    public LoopCounts loop() {
        return loop;
    }

    /** The durations of the control loop. */
    public LatencyRecorder latencies() {
        return latencies;
    }
}
