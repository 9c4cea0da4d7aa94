package dev.continuo.proving.fuzz;

import dev.continuo.actors.agent.ArmAgent;
import dev.continuo.actors.agent.ArmCommand;
import dev.continuo.actors.agent.ArmTelemetry;
import dev.continuo.actors.agent.MirrorArm;
import dev.continuo.actors.agent.MotionGate;
import dev.continuo.actors.agent.VirtualClock;
import dev.continuo.actors.bus.BusPublication;
import dev.continuo.actors.bus.MemoryBus;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.ActionChunkEncoder;
import dev.continuo.actors.message.MessageHeaderEncoder;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileReader;
import dev.continuo.hardware.safety.EmergencyStop;
import dev.continuo.proving.oracle.ArmOracle;
import dev.continuo.proving.service.WitnessedArm;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/** An arm's agent whose bus carries anything, and who is told anything: no command may break what the oracle judges. */
final class AgentFuzz implements Consumer<byte[]> {
    private static final int MESSAGE_BYTES = 32 * 1024;
    private static final int COLUMNS = 14;
    private static final int ARMING_CYCLES = 30;
    private static final int MOST_CYCLES = 600;

    private final Profile cell = ProfileReader.read("arx-sim");
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[MESSAGE_BYTES]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ActionChunkEncoder encoder = new ActionChunkEncoder();

    /** One agent's life. */
    private final class Life {
        private final InputReader reader;
        private final VirtualClock clock = new VirtualClock(1_000_000_000L);
        private final MemoryBus bus = new MemoryBus(MESSAGE_BYTES);
        private final BusPublication chunks = bus.publication(StreamId.ACTION_CHUNK);
        private final EmergencyStop emergencyStop = new EmergencyStop();
        private final MotionGate gate = new MotionGate(emergencyStop);
        private final ArmOracle oracle = new ArmOracle(cell.arms().getFirst(), (invariant, what) -> {
            throw new IllegalStateException(invariant + ": " + what);
        });
        private final MirrorArm motors = new MirrorArm("left", cell.arms().getFirst().readyPose().toArray());
        private final ArmAgent agent = new ArmAgent(cell, 0, WitnessedArm.of(motors, oracle, clock), gate, new ArmTelemetry("left"), bus, clock);
        private long sequence;
        private int cycles;

        Life(final byte[] input) {
            reader = new InputReader(input);
        }

        void live() {
            gate.open();
            run(2);
            tell(ArmCommand.ARM);
            run(ARMING_CYCLES);
            tell(ArmCommand.PLAY);
            run(1);
            while (reader.hasMore() && cycles < MOST_CYCLES) {
                step(reader.unsignedByte());
            }
            agent.onClose();
        }

        private void step(final int what) {
            switch (what & 15) {
                case 0, 1, 2, 3, 4 -> publishChunk();
                case 5 -> publishAnything();
                case 6 -> tell(ArmCommand.values()[reader.unsignedByte() % ArmCommand.values().length]);
                case 7 -> {
                    emergencyStop.trigger("fuzzed");
                    run(1); // between the stop and the arm's next cycle
                    oracle.stopped();
                }
                case 8 -> {
                    oracle.mayMove();
                    emergencyStop.reset();
                    gate.open();
                }
                case 9 -> motors.silence((reader.unsignedByte() & 1) == 0);
                case 10 -> gate.open();
                default -> run(1 + reader.unsignedByte() / 4);
            }
        }

        private void tell(final ArmCommand command) {
            agent.proxy().tell(command);
        }

        private void run(final int count) {
            for (int i = 0; i < count; i++) {
                clock.advance(cell.arms().getFirst().periodNanos());
                agent.doWork();
                cycles++;
            }
        }

        /** A chunk that is well formed, of values of any kind. */
        private void publishChunk() {
            final int rows = 1 + reader.unsignedByte() % 64;
            final long now = clock.nanoTime();
            final long observedAtNanos = now - reader.unsignedByte() * 4_000_000L;
            encoder.wrapAndApplyHeader(message, 0, header);
            encoder.observedAtNanos(observedAtNanos).publishedAtNanos(now).sequence(++sequence).index(0).reasoningObservedAtNanos(observedAtNanos).reasoningSequence(1)
                .rowPeriodNanos(cell.playback().rowPeriodNanos()).inferenceNanos(1).rows(rows).columns(COLUMNS).firstRowAtNanos(observedAtNanos + (byte) reader.unsignedByte() * 1_000_000L)
                .frameSkewNanos(0).continuedSequence(sequence - 1).committedRows(reader.unsignedByte());
            final ByteBuffer values = ByteBuffer.allocate(rows * COLUMNS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            final boolean small = (reader.unsignedByte() & 3) != 0;
            for (int i = 0; i < rows * COLUMNS; i++) {
                final float start = (float) cell.arms().getFirst().readyPose().at(i % (COLUMNS / 2));
                values.putFloat(small ? start + (byte) reader.unsignedByte() * 0.01f : reader.single());
            }
            encoder.putValues(values.array(), 0, values.capacity());
            chunks.offer(message, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
        }

        private void publishAnything() {
            final byte[] bytes = reader.some(1 + reader.unsignedByte());
            message.putBytes(0, bytes);
            if (bytes.length > 0) {
                chunks.offer(message, 0, bytes.length);
            }
        }
    }

    @Override
    public void accept(final byte[] input) {
        new Life(input).live();
    }
}
