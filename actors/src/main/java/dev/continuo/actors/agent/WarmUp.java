package dev.continuo.actors.agent;

import dev.continuo.actors.bus.BusPublication;
import dev.continuo.actors.bus.MemoryBus;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.ActionChunkEncoder;
import dev.continuo.actors.message.Float32;
import dev.continuo.actors.message.MessageHeaderEncoder;
import dev.continuo.config.ArmProfile;
import dev.continuo.config.ContactLimit;
import dev.continuo.config.Profile;
import dev.continuo.hardware.safety.EmergencyStop;
import dev.continuo.perception.sensor.Sensor;
import dev.continuo.perception.sensor.SensorReading;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Runs the control loop of every arm on arms without motors before the real ones are connected, so that its classes are loaded and its
 * code is compiled: codecs, playback, envelope and all.
 */
public final class WarmUp {
    private static final int FRAME_BYTES = 1024;
    private static final int CYCLES_PER_CHUNK = 50;

    private final Profile profile;
    private final VirtualClock clock = new VirtualClock(1_000_000_000L);
    private final MemoryBus bus = new MemoryBus(FRAME_BYTES);
    private final ArmAgent[] agents;
    private final List<SensorAgent> wrists = new ArrayList<>();
    private final BusPublication chunks = bus.publication(StreamId.ACTION_CHUNK);
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[StreamId.SMALL_MESSAGE_BYTES]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ActionChunkEncoder encoder = new ActionChunkEncoder();
    private final double[] centres;
    private final float[] values;
    private final UnsafeBuffer valueBytes;
    private long sequence;

    private WarmUp(final Profile profile) {
        this.profile = profile;
        centres = new double[profile.columns()];
        for (int arm = 0; arm < profile.arms().size(); arm++) {
            ArmColumns.of(profile.arms().get(arm)).write(profile.arms().get(arm).readyPose().toArray(), centres, profile.firstColumn(arm));
        }
        values = new float[profile.playback().chunkRows() * profile.columns()];
        valueBytes = new UnsafeBuffer(new byte[values.length * Float.BYTES]);
        final MotionGate gate = new MotionGate(new EmergencyStop());
        gate.open();
        agents = new ArmAgent[profile.arms().size()];
        for (int arm = 0; arm < agents.length; arm++) {
            final ArmProfile armProfile = profile.arms().get(arm);
            final MirrorArm mirror = new MirrorArm(armProfile.name(), armProfile.parkPose().toArray());
            agents[arm] = new ArmAgent(profile, arm, mirror, gate, new ArmTelemetry(armProfile.name()), bus, clock);
        }
        for (int i = 0; i < profile.sensors().size(); i++) {
            if (profile.isFelt(profile.sensors().get(i))) {
                wrists.add(new SensorAgent(profile.sensors().get(i), i, () -> new StillSensor(clock), ContactLimit.CHANNELS, bus, clock));
            }
        }
    }

    /** A wrist that nothing touches. */
    private record StillSensor(NanoClock clock) implements Sensor {
        @Override
        public boolean poll(final SensorReading reading) {
            reading.observedAtNanos = clock.nanoTime();
            return true;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    /**
     * Warms the loop up.
     *
     * @param cycles control cycles of each arm; 20 000 settle the compiler
     * @return commands given to the arms without motors, so that nothing is optimised away
     */
    public static long run(final Profile profile, final int cycles) {
        return new WarmUp(profile).cycle(cycles);
    }

    private long cycle(final int cycles) {
        final int tenth = Math.max(1, cycles / 10);
        for (int cycle = 0; cycle < cycles; cycle++) {
            final ArmCommand command = commandAt(cycle, tenth);
            if (command != null) {
                tell(command);
            }
            if (cycle % CYCLES_PER_CHUNK == 0) {
                publishChunk();
            }
            clock.advance(profile.arms().get(0).periodNanos());
            for (final SensorAgent wrist : wrists) {
                wrist.doWork();
            }
            for (final ArmAgent agent : agents) {
                agent.doWork();
            }
        }
        long commands = 0;
        for (final ArmAgent agent : agents) {
            commands += agent.counts().sent.get();
            agent.onClose();
        }
        wrists.forEach(SensorAgent::onClose);
        return commands;
    }

    /** A whole life: armed, made ready, playing for half the time, stopped, parked. */
    private static ArmCommand commandAt(final int cycle, final int tenth) {
        if (cycle == tenth / 10) {
            return ArmCommand.ARM;
        }
        if (cycle % tenth != 0) {
            return null;
        }
        return switch (cycle / tenth) {
            case 1 -> ArmCommand.READY;
            case 3 -> ArmCommand.PLAY;
            case 7 -> ArmCommand.STOP;
            case 8 -> ArmCommand.PARK;
            default -> null;
        };
    }

    private void tell(final ArmCommand command) {
        for (final ArmAgent agent : agents) {
            agent.proxy().tell(command);
        }
    }

    private void publishChunk() {
        final int columns = profile.columns();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float)(centres[i % columns] + 0.05 * Math.sin(0.1 * i / columns + sequence));
        }
        Float32.write(valueBytes, 0, values, values.length);
        final long nowNanos = clock.nanoTime();
        encoder.wrapAndApplyHeader(message, 0, header)
            .firstRowAtNanos(nowNanos)
            .observedAtNanos(nowNanos)
            .publishedAtNanos(nowNanos)
            .sequence(++sequence)
            .index(0)
            .reasoningObservedAtNanos(nowNanos)
            .reasoningSequence(1)
            .rowPeriodNanos(profile.playback().rowPeriodNanos())
            .inferenceNanos(1)
            .rows(profile.playback().chunkRows())
            .columns(columns)
            .frameSkewNanos(0)
            .continuedSequence(0).committedRows(0)
            .putValues(valueBytes, 0, valueBytes.capacity());
        chunks.offer(message, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }
}
