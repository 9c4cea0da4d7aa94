package dev.continuo.benchmarks.micro;

import dev.continuo.config.ArmProfile;
import dev.continuo.config.DriverProfile;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileReader;
import dev.continuo.hardware.arx.DamiaoCommand;
import dev.continuo.hardware.arx.DamiaoFeedback;
import dev.continuo.hardware.arx.MotorRanges;
import dev.continuo.hardware.kinematics.ArxChains;
import dev.continuo.hardware.kinematics.ChainDynamics;
import dev.continuo.hardware.safety.SafetyEnvelope;
import dev.continuo.hardware.safety.Verdict;
import dev.continuo.policy.playback.ActionChunk;
import dev.continuo.policy.playback.ChunkPlayback;
import dev.continuo.policy.playback.PlaybackState;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What one arm computes in every control cycle: the row that is due, the safety envelope, gravity torques, and the frames of its motors.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HotPath {
    private static final MotorRanges RANGES = MotorRanges.damiao(12.5f, 10, 28);
    private static final int MOTOR = 4;
    private static final int CELSIUS = 40;
    private static final double SWAY_RADIANS = 0.05;
    private static final double RADIANS_PER_CYCLE = 0.01;

    private final double[] setpoint = new double[DriverProfile.Arx.AXES];
    private final double[] position = new double[DriverProfile.Arx.AXES];
    private final double[] velocity = new double[DriverProfile.Arx.AXES];
    private final double[] torque = new double[DriverProfile.Arx.AXES];
    private ArmProfile arm;
    private SafetyEnvelope envelope;
    private ChainDynamics dynamics;
    private ChunkPlayback playback;
    private ActionChunk chunk;
    private long rowsNanos;
    private long nowNanos;
    private long cycle;

    /** For JMH. */
    public HotPath() {
    }

    /** Arms the envelope at the ready pose and offers a chunk. */
    @Setup
    public void arm() {
        final Profile profile = ProfileReader.read("arx-sim");
        arm = profile.arms().getFirst();
        envelope = new SafetyEnvelope(arm);
        envelope.reset(arm.readyPose().toArray());
        dynamics = new ChainDynamics(ArxChains.of(arm.model()));
        playback = ChunkPlayback.ofArm(profile.playback(), 0, DriverProfile.Arx.AXES);
        chunk = new ActionChunk(profile.playback().chunkRows(), profile.columns());
        chunk.rows = profile.playback().chunkRows();
        rowsNanos = profile.playback().executionHorizon() * profile.playback().rowPeriodNanos();
        offer();
    }

    private void offer() {
        chunk.sequence++;
        chunk.observedAtNanos = nowNanos;
        for (int i = 0; i < chunk.rows * chunk.columns; i++) {
            chunk.values[i] = (float) arm.readyPose().at(i % chunk.columns % DriverProfile.Arx.AXES);
        }
        playback.offer(chunk, nowNanos);
    }

    /** The set-points that are due, chunk after chunk. */
    @Benchmark
    public PlaybackState playbackSample() {
        nowNanos += arm.periodNanos();
        if (nowNanos - chunk.observedAtNanos > rowsNanos) {
            offer();
        }
        return playback.sample(nowNanos, setpoint);
    }

    /** A set-point that sways within the limits, through the safety envelope. */
    @Benchmark
    public Verdict envelopeEnforce() {
        final double sway = SWAY_RADIANS * Math.sin(RADIANS_PER_CYCLE * cycle++);
        for (int axis = 0; axis < DriverProfile.Arx.AXES - 1; axis++) {
            setpoint[axis] = arm.readyPose().at(axis) + sway;
        }
        setpoint[DriverProfile.Arx.AXES - 1] = arm.readyPose().at(DriverProfile.Arx.AXES - 1);
        return envelope.enforce(setpoint, arm.periodNanos(), position, velocity);
    }

    /** The torques that carry the arm. */
    @Benchmark
    public double[] gravityTorques() {
        position[1] = SWAY_RADIANS * (cycle++ & 0xF);
        dynamics.torques(position, torque);
        return torque;
    }

    /** One command to a Damiao motor. */
    @Benchmark
    public long damiaoPack() {
        final float value = (cycle++ & 0xFF) * 0.01f;
        return DamiaoCommand.pack(RANGES, 200, 5, value, value, -value);
    }

    /** One command's answer: position, velocity and torque. */
    @Benchmark
    public float damiaoUnpack() {
        final long data = DamiaoFeedback.pack(RANGES, DamiaoFeedback.ENABLED, MOTOR, 1, 1, 1, CELSIUS, CELSIUS) + (cycle++ & 0xFFFF);
        return DamiaoFeedback.position(RANGES, data) + DamiaoFeedback.velocity(RANGES, data) + DamiaoFeedback.torque(RANGES, data);
    }
}
