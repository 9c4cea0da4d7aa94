package dev.continuo.proving.fuzz;

import static dev.continuo.proving.fuzz.Expectation.require;

import dev.continuo.hardware.franka.AnswerStream;
import dev.continuo.hardware.franka.FciHeader;
import dev.continuo.hardware.franka.FciRequest;
import dev.continuo.hardware.franka.FciRequestCodec;
import dev.continuo.hardware.franka.FciVersion;
import dev.continuo.hardware.franka.FrankaException;
import dev.continuo.hardware.franka.HandRequest;
import dev.continuo.hardware.franka.HandState;
import dev.continuo.hardware.franka.RobotCommand;
import dev.continuo.hardware.franka.RobotState;
import dev.continuo.hardware.franka.StateField;
import java.util.Arrays;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/** The Franka's protocols, at both ends: robot and hand, requests, answers, states and commands. */
final class FrankaFuzz {
    static final String PEER = "the robot";
    private static final int MOST_REQUESTS = 4;

    private FrankaFuzz() {
    }

    /** A robot's datagram. */
    static void state(final byte[] input) {
        for (final FciVersion version : FciVersion.values()) {
            final byte[] datagram = Arrays.copyOf(input, input.length % 5 == 0 ? input.length : RobotState.bytes(version));
            final RobotState state;
            try {
                state = new RobotState(version).wrap(new UnsafeBuffer(datagram), 0, datagram.length);
            } catch (final IllegalArgumentException otherLength) {
                continue;
            }
            state.messageId();
            state.motionGeneratorRuns();
            state.controllerMode();
            state.robotMode();
            state.errors();
            state.reflexReasons();
            state.get(StateField.Q, 0);
        }
    }

    /** A client's datagram. */
    static void command(final byte[] input) {
        for (final FciVersion version : FciVersion.values()) {
            final byte[] datagram = Arrays.copyOf(input, input.length % 5 == 0 ? input.length : RobotCommand.bytes(version));
            final RobotCommand command;
            try {
                command = new RobotCommand(version).wrap(new UnsafeBuffer(datagram), 0, datagram.length);
            } catch (final IllegalArgumentException otherLength) {
                continue;
            }
            command.messageId();
            final double[] joints = new double[7];
            command.positions(joints);
            command.velocities(joints);
            command.torques(joints);
            command.pose(new double[16]);
            command.twist(new double[6]);
            command.hasElbow();
            command.elbowAngle();
            command.elbowSide();
            command.motionFinished();
            command.torqueFinished();
        }
    }

    /** A client's request; what is understood is written again and must be as long. */
    static void request(final byte[] input) {
        if (input.length < FciHeader.BYTES) {
            return;
        }
        final FciVersion version = (input[0] & 0x80) == 0 ? FciVersion.PANDA : FciVersion.FR3;
        final byte[] message = input.clone();
        message[0] &= 0x7F;
        final FciRequestCodec codec = new FciRequestCodec(version);
        final FciRequest request;
        try {
            request = codec.read(new UnsafeBuffer(message), 0, message.length);
        } catch (final IllegalArgumentException refused) {
            return;
        }
        final int written = codec.write(request, 1, new UnsafeBuffer(new byte[FciRequestCodec.LONGEST]), 0);
        require(written == input.length, "a request of " + input.length + " bytes is written with " + written);
    }

    /** What a robot or a hand answers to the first requests of a connection. */
    static <A> void answers(final AnswerStream.Framing<A> framing, final Consumer<A> reader, final byte[] input) {
        final AnswerStream<A> answers = new AnswerStream<>(PEER, framing);
        final MemoryChannel channel = new MemoryChannel(input);
        try {
            while (channel.read(answers.room()) > 0) {
                answers.split();
                require(answers.room().hasRemaining(), "no room is left for what comes next");
            }
            for (int request = 0; request < MOST_REQUESTS; request++) {
                answers.take(request).ifPresent(reader);
            }
        } catch (final FrankaException refused) {
            // As documented.
        }
    }

    /** A request to a hand, and a hand's state. */
    static void handRequest(final byte[] input) {
        if (input.length == HandState.BYTES) {
            HandState.read(new UnsafeBuffer(input), 0);
        }
        if (input.length < HandRequest.HEADER_BYTES) {
            return;
        }
        final HandRequest request;
        try {
            request = HandRequest.read(new UnsafeBuffer(input), 0, input.length);
        } catch (final IllegalArgumentException refused) {
            return;
        }
        final int written = request.write(1, new UnsafeBuffer(new byte[HandRequest.LONGEST]), 0);
        require(written == input.length, "a request of " + input.length + " bytes is written with " + written);
    }
}
