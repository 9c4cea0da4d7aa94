package dev.continuo.proving.fuzz;

import static dev.continuo.proving.fuzz.Expectation.require;

import dev.continuo.hardware.Arm;
import dev.continuo.hardware.arx.ArxArm;
import dev.continuo.hardware.arx.ArxModel;
import dev.continuo.hardware.arx.ArxSettings;
import dev.continuo.hardware.arx.DamiaoFeedback;
import dev.continuo.hardware.arx.DamiaoRegister;
import dev.continuo.hardware.can.CanFrameHandler;
import dev.continuo.hardware.can.CanFrames;
import dev.continuo.hardware.can.CanRecordStream;
import dev.continuo.hardware.can.MemoryCanBus;
import dev.continuo.hardware.can.SlcanCodec;
import dev.continuo.hardware.can.SlcanLines;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** CAN: the serial line's protocol, the records of a local socket, and the arm behind either. */
final class CanFuzz {
    private static final long PERIOD_NANOS = 2_000_000;
    private static final int RATE_HZ = 500;
    private static final int TORQUE_BITS = 0xFFF;

    private CanFuzz() {
    }

    /** Lines of an adapter; a frame that is understood is written again and must be understood in the same way. */
    static void slcan(final byte[] input) {
        final SlcanLines lines = new SlcanLines();
        final SlcanLines.Sink sink = new SlcanLines.Sink() {
            @Override
            public void onLine(final byte[] line, final int length) {
                SlcanCodec.decode(line, length, CanFuzz::writeAndReadAgain, 0);
            }

            @Override
            public void onBell() {
                // Nothing was asked for.
            }
        };
        for (final byte next : input) {
            lines.accept(next, sink);
        }
    }

    private static void writeAndReadAgain(final int id, final long data, final int length, final long atNanos) {
        require(CanFrames.isWellFormed(id, length), "a frame that is none was understood");
        if ((id & CanFrames.REMOTE_FLAG) != 0) {
            return; // never sent
        }
        final ByteBuffer line = ByteBuffer.allocate(SlcanCodec.LONGEST_LINE + 1);
        SlcanCodec.encode(id, data, length, -1, line);
        final boolean understood = SlcanCodec.decode(line.array(), line.position() - 1, (idAgain, dataAgain, lengthAgain, _) ->
            require(idAgain == id && dataAgain == data && lengthAgain == length, "a frame is not what was written"), 0);
        require(understood, "a frame that was written is not understood");
    }

    /** Records of a socket, in pieces. */
    static void records(final byte[] input) {
        final CanRecordStream stream = new CanRecordStream();
        stream.attach(new MemoryChannel(input));
        for (int polls = 0; polls <= input.length && stream.isAttached(); polls++) {
            stream.poll((id, data, length, atNanos) -> {
                require(CanFrames.isWellFormed(id, length), "a frame that is none was delivered");
                require(CanFrames.truncate(data, length) == data, "a frame has more data than it is long");
            }, 0, 1 + polls % 3);
        }
        require(!stream.isAttached(), "the end of the connection went unnoticed");
    }

    /** An arm whose motors say anything; what it sends must be frames, and where it is not at fault it must know where it is. */
    static void arm(final byte[] input) {
        final InputReader reader = new InputReader(input);
        final ArxModel model = (reader.unsignedByte() & 1) == 0 ? ArxModel.R5 : ArxModel.X5;
        final MemoryCanBus.Pair bus = MemoryCanBus.pair(1024);
        final ArxArm arm = new ArxArm("arm", model, bus.host(), (position, torque) -> Arrays.fill(torque, 1.0), ArxSettings.atRate(RATE_HZ));
        final Motors motors = new Motors(bus.device());
        final double[] position = new double[ArxModel.AXES];
        final double[] velocity = new double[ArxModel.AXES];
        long nowNanos = 1_000_000_000L;
        while (reader.hasMore()) {
            switch (reader.unsignedByte() & 7) {
                case 0 -> bus.device().send(reader.integer() & (CanFrames.STANDARD_MASK | CanFrames.ERROR_FLAG), reader.number(), reader.unsignedByte() & 15);
                case 1 -> bus.device().send(reader.unsignedByte() & 15, reader.number(), CanFrames.MAX_LENGTH);
                case 2 -> motors.answer(reader.integer());
                case 3 -> motors.answerAll();
                case 4 -> arm.arm(nowNanos);
                case 5 -> {
                    for (int axis = 0; axis < position.length; axis++) {
                        position[axis] = arm.state().position[axis] + reader.unsignedByte() * 1e-3;
                    }
                    arm.command(nowNanos, position, velocity);
                }
                case 6 -> arm.clearFault(nowNanos);
                default -> nowNanos += (1 + reader.unsignedByte()) * PERIOD_NANOS;
            }
            nowNanos += PERIOD_NANOS;
            arm.poll(nowNanos);
            arm.damp(arm.mode() == Arm.Mode.HOLDING ? nowNanos : nowNanos - 1);
            bus.device().poll(motors, nowNanos, 1024);
            if (arm.mode() != Arm.Mode.CONNECTING && arm.mode() != Arm.Mode.FAULT) {
                for (final double measured : arm.state().position) {
                    require(Double.isFinite(measured), "an arm is somewhere that is no number, and not at fault");
                }
            }
            require(!arm.fault().contains("null"), "a fault without words");
        }
        arm.close();
    }

    /** The motors' end of the bus: remembers what was asked, and answers it when told to. */
    private static final class Motors implements CanFrameHandler {
        private final MemoryCanBus bus;
        private final long[] asked = new long[16];
        private int count;

        Motors(final MemoryCanBus bus) {
            this.bus = bus;
        }

        @Override
        public void onFrame(final int id, final long data, final int length, final long atNanos) {
            require(CanFrames.isWellFormed(id, length), "the arm sends what is no frame");
            if (id == DamiaoRegister.CAN_ID) {
                asked[count++ % asked.length] = data;
            }
        }

        /** The newest question, with this value. */
        void answer(final int value) {
            if (count > 0) {
                final long question = asked[(count - 1) % asked.length];
                bus.send(DamiaoFeedback.CAN_ID, DamiaoRegister.pack(DamiaoRegister.motorId(question), DamiaoRegister.READ, DamiaoRegister.register(question), value), CanFrames.MAX_LENGTH);
            }
        }

        /** All that is remembered, as a motor would that has ordinary ranges. */
        void answerAll() {
            for (int i = 0; i < Math.min(count, asked.length); i++) {
                final int register = DamiaoRegister.register(asked[i]);
                final float value = register == DamiaoRegister.POSITION_RANGE ? 12.5f : register == DamiaoRegister.VELOCITY_RANGE ? 30f : 10f;
                bus.send(DamiaoFeedback.CAN_ID, DamiaoRegister.pack(DamiaoRegister.motorId(asked[i]), DamiaoRegister.READ, register, Float.floatToIntBits(value)), CanFrames.MAX_LENGTH);
            }
            for (int axis = 1; axis <= 8; axis++) {
                bus.send(DamiaoFeedback.CAN_ID, (long) (0x10 | axis) | 0x8000L << 8 | (long) TORQUE_BITS << 28, CanFrames.MAX_LENGTH);
            }
        }
    }
}
