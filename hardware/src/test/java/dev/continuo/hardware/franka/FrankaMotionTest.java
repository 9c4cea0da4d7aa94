package dev.continuo.hardware.franka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Motions on a robot that does not do its part, or does it in another order. */
class FrankaMotionTest {
    private static final long CYCLE_NANOS = 1_000_000;
    private static final long TIMEOUT_NANOS = 100 * CYCLE_NANOS;
    private static final long PATIENCE_NANOS = 20_000_000_000L;
    private static final FciRequest.Move MOVE = new FciRequest.Move(ControllerMode.JOINT_IMPEDANCE, MotionGenerator.JOINT_VELOCITY);

    private final UnsafeBuffer datagram = new UnsafeBuffer(new byte[RobotState.bytes(FciVersion.FR3)]);
    private final RobotState sent = new RobotState(FciVersion.FR3).wrap(datagram, 0);
    private final AtomicReference<FciHeader> asked = new AtomicReference<>();
    private final AtomicReference<OutputStream> answers = new AtomicReference<>();
    private ScriptedRobot robot;
    private DatagramSocket states;
    private FrankaRobot client;
    private volatile int port;
    private long nowNanos;
    private long id;

    @BeforeEach
    void switchOn() throws IOException {
        states = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        robot = new ScriptedRobot((header, payload, out) -> {
            if (header.command() == FciCommand.CONNECT.number(FciVersion.FR3)) {
                port = new UnsafeBuffer(payload).getShort(2, java.nio.ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
                out.write(ScriptedRobot.answer(header, (byte) 0, (byte) 10, (byte) 0));
            } else {
                answers.set(out);
                asked.set(header);
            }
        });
        client = FrankaRobot.connect(robot.address(), () -> nowNanos, TIMEOUT_NANOS);
        sent.robotMode(RobotMode.IDLE).controllerMode(ControllerMode.OTHER);
        say();
        while (!client.await(0)) {
            Thread.onSpinWait();
        }
    }

    @AfterEach
    void switchOff() throws IOException {
        client.close();
        robot.close();
        states.close();
    }

    private void say() throws IOException {
        sent.messageId(++id);
        states.send(new DatagramPacket(datagram.byteArray(), datagram.capacity(), InetAddress.getLoopbackAddress(), port));
    }

    private boolean cycle(final FrankaMotion motion) throws IOException {
        nowNanos += CYCLE_NANOS;
        say();
        return motion.await(0);
    }

    /** States come, but no time passes: what another thread sends takes as long as it takes. */
    private void until(final FrankaMotion motion, final BooleanSupplier reached) throws IOException {
        final long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!reached.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadline < 0, "in vain");
            say();
            motion.await(0);
            Thread.onSpinWait();
        }
    }

    private void answer(final FciStatus status) throws IOException {
        while (asked.get() == null) {
            Thread.onSpinWait();
        }
        answers.get().write(ScriptedRobot.answer(asked.get(), (byte) status.number(FciCommand.MOVE, FciVersion.FR3)));
    }

    private FrankaMotion running() throws IOException {
        final FrankaMotion motion = client.begin(MOVE);
        answer(FciStatus.MOTION_STARTED);
        sent.robotMode(RobotMode.MOVE).controllerMode(ControllerMode.JOINT_IMPEDANCE).run(MotionGenerator.JOINT_VELOCITY);
        until(motion, motion::running);
        return motion;
    }

    private void assertGivesUp(final FrankaMotion motion, final String why) {
        final String told = assertThrows(FrankaException.class, () -> {
            for (int i = 0; i < 1_000; i++) {
                cycle(motion);
            }
        }).getMessage();
        assertTrue(told.contains(why), told);
    }

    @Test
    void aRobotThatDoesNotBeginIsNotWaitedForForEver() {
        assertGivesUp(client.begin(MOVE), "does not begin the motion for 100 ms");
    }

    @Test
    void aRobotThatDoesNotRestIsNotWaitedForForEver() throws IOException {
        final FrankaMotion motion = running();
        motion.command();
        motion.finish();
        assertGivesUp(motion, "does not come to rest for 100 ms");
    }

    @Test
    void aRobotThatDoesNotSayHowItEndedIsNotWaitedForForEver() throws IOException {
        final FrankaMotion motion = running();
        sent.robotMode(RobotMode.IDLE).controllerMode(ControllerMode.OTHER).rest();
        assertGivesUp(motion, "does not say how the motion ended for 100 ms");
    }

    @Test
    void theLastWordAndItsStateMayComeInEitherOrder() throws IOException {
        for (final boolean wordFirst : new boolean[] {true, false}) {
            asked.set(null);
            final FrankaMotion motion = running();
            sent.endedBy(FrankaError.JOINT_REFLEX, true);
            if (wordFirst) {
                answer(FciStatus.REFLEX_ABORTED);
                for (int i = 0; i < 50; i++) {
                    cycle(motion);
                }
                assertTrue(motion.end().isEmpty(), "the state still shows a motion");
            }
            sent.robotMode(RobotMode.REFLEX).controllerMode(ControllerMode.OTHER).rest();
            if (!wordFirst) {
                cycle(motion);
                assertFalse(cycle(motion));
                answer(FciStatus.REFLEX_ABORTED);
            }
            until(motion, () -> motion.end().isPresent());
            assertEquals(List.of(FrankaError.JOINT_REFLEX), motion.end().orElseThrow().reasons());
            sent.robotMode(RobotMode.IDLE);
            say();
            client.await(0);
        }
    }

    @Test
    void strangersDoNotGetTheCommands() throws IOException {
        try (DatagramSocket stranger = new DatagramSocket(0, InetAddress.getByName("127.0.0.2"))) {
            sent.messageId(1_000_000);
            stranger.send(new DatagramPacket(datagram.byteArray(), datagram.capacity(), InetAddress.getLoopbackAddress(), port));
            assertFalse(client.await(20 * CYCLE_NANOS));
            final FrankaMotion motion = running();
            motion.command();
            motion.send();
            final DatagramPacket command = new DatagramPacket(new byte[500], 500);
            states.setSoTimeout(2_000);
            states.receive(command);
            assertEquals(RobotCommand.bytes(FciVersion.FR3), command.getLength());
        }
    }
}
