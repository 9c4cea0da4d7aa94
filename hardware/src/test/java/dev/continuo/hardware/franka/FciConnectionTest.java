package dev.continuo.hardware.franka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FciConnectionTest {
    private static final long TIMEOUT_NANOS = 2_000_000_000L;
    private static final int UDP_PORT = 47_313;

    private static FciConnection open(final ScriptedRobot robot) {
        return FciConnection.open(robot.address(), UDP_PORT, System::nanoTime, TIMEOUT_NANOS);
    }

    private static byte[] greeting(final FciHeader header, final byte[] payload, final int version) {
        return ScriptedRobot.answer(header, (byte) (payload[0] == version ? 0 : 1), (byte) version, (byte) 0);
    }

    @Test
    void speaksTheNewestVersionOrTheRobots() throws IOException {
        for (final FciVersion version : FciVersion.values()) {
            try (ScriptedRobot robot = new ScriptedRobot((header, payload, out) -> out.write(greeting(header, payload, version.number())));
                 FciConnection connection = open(robot)) {
                assertEquals(version, connection.version());
                assertEquals(version == FciVersion.FR3 ? 1 : 2, robot.headers().size());
                assertEquals(0, robot.headers().getLast().request());
            }
        }
    }

    @Test
    void anotherVersionIsRefusedWithBothSidesNamed() throws IOException {
        try (ScriptedRobot robot = new ScriptedRobot((header, payload, out) -> out.write(greeting(header, payload, 7)))) {
            final String message = assertThrows(FrankaException.class, () -> open(robot)).getMessage();
            assertEquals("the robot at localhost:" + robot.address().getPort() + " speaks FCI version 7, this driver 5 (Panda, system 4.2.1 or later), "
                + "10 (FR3, system 5.9.0 or later)", message.replace("127.0.0.1", "localhost"));
        }
        try (ScriptedRobot robot = new ScriptedRobot((header, _, out) -> out.write(ScriptedRobot.answer(header, (byte) 1, (byte) 10, (byte) 0)))) {
            assertThrows(FrankaException.class, () -> open(robot), "a robot that refuses what it says that it speaks");
        }
    }

    @Test
    void answersMayComeInAnyOrderInPiecesAndTwice() throws IOException {
        final FciHeader[] move = new FciHeader[1];
        final byte[] model = "<robot/>".repeat(20_000).getBytes(StandardCharsets.US_ASCII);
        try (ScriptedRobot robot = new ScriptedRobot((header, payload, out) -> {
                switch (FciCommand.of(FciVersion.FR3, header.command()).orElseThrow()) {
                    case CONNECT -> {
                        for (final byte piece : greeting(header, payload, 10)) {
                            out.write(piece);
                            out.flush();
                        }
                    }
                    case MOVE -> move[0] = header;
                    case STOP_MOVE -> {
                        out.write(ScriptedRobot.answer(header, (byte) 0));
                        out.write(ScriptedRobot.answer(move[0], (byte) 1));
                        out.write(ScriptedRobot.answer(move[0], (byte) 2));
                    }
                    default -> {
                        final byte[] payloadOut = Arrays.copyOf(new byte[] {0}, 1 + model.length);
                        System.arraycopy(model, 0, payloadOut, 1, model.length);
                        out.write(ScriptedRobot.answer(header, payloadOut));
                    }
                }
            });
             FciConnection connection = open(robot)) {
            final int motion = connection.send(new FciRequest.Move(ControllerMode.JOINT_IMPEDANCE, MotionGenerator.JOINT_POSITION));
            assertEquals(Optional.empty(), connection.take(motion));
            connection.demand(new FciRequest.Plain(FciCommand.STOP_MOVE));
            assertTrue(connection.await(motion).is(FciStatus.MOTION_STARTED));
            assertTrue(connection.await(motion).is(FciStatus.PREEMPTED));
            assertArrayEquals(model, connection.demand(new FciRequest.Plain(FciCommand.GET_ROBOT_MODEL)).rest());
        }
    }

    @Test
    void whatARobotRefusesIsSaidInItsWords() throws IOException {
        try (ScriptedRobot robot = new ScriptedRobot((header, payload, out) -> out.write(
                header.command() == 0 ? greeting(header, payload, 10) : ScriptedRobot.answer(header, (byte) (header.command() == 9 ? 3 : 77))));
             FciConnection connection = open(robot)) {
            assertTrue(message(connection, FciCommand.SET_LOAD).endsWith(": SetLoad: rejected: a safety function is active"));
            assertTrue(message(connection, FciCommand.SET_JOINT_IMPEDANCE)
                .endsWith(": SetJointImpedance: status 77, which FCI version 10 does not name"));
            assertThrows(IllegalArgumentException.class,
                () -> connection.send(new FciRequest.SetNumbers(FciCommand.SET_FILTERS, new double[5])), "not in this version");
        }
    }

    private static String message(final FciConnection connection, final FciCommand command) {
        final FciRequest request = new FciRequest.SetNumbers(command, new double[FciRequest.SetNumbers.count(command)]);
        return assertThrows(FrankaException.class, () -> connection.demand(request)).getMessage();
    }

    @Test
    void aRobotThatHangsUpOrTalksNonsenseOrKeepsSilentIsAnError() throws IOException {
        try (ScriptedRobot robot = new ScriptedRobot((_, _, _) -> {
                throw new IOException("hang up");
            })) {
            assertTrue(assertThrows(FrankaException.class, () -> open(robot)).getMessage().contains("hung up"));
        }
        try (ScriptedRobot robot = new ScriptedRobot((header, _, out) -> out.write(ScriptedRobot.answer(new FciHeader(99, header.request(), 0), (byte) 0)))) {
            assertTrue(assertThrows(FrankaException.class, () -> open(robot)).getMessage().endsWith("answers command 99, which there is none"));
        }
        try (ScriptedRobot robot = new ScriptedRobot((_, _, out) -> out.write(new byte[FciHeader.BYTES]))) {
            assertTrue(assertThrows(FrankaException.class, () -> open(robot)).getMessage().endsWith("an answer of 0 bytes to Connect"));
        }
        try (ScriptedRobot robot = new ScriptedRobot((_, _, _) -> { })) {
            final FrankaException silent = assertThrows(
                FrankaException.class, () -> FciConnection.open(robot.address(), UDP_PORT, System::nanoTime, 50_000_000));
            assertTrue(silent.getMessage().endsWith("did not answer request 0 within 50 ms"), silent.getMessage());
        }
    }

    @Test
    void aRobotThatIsNotThereIsAnError() throws IOException {
        final int nobody;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = server.getLocalPort();
        }
        final InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), nobody);
        assertTrue(assertThrows(FrankaException.class, () -> FciConnection.open(address, UDP_PORT, System::nanoTime, TIMEOUT_NANOS))
            .getMessage().startsWith("cannot connect to the robot at "));
        final InetSocketAddress unknown = InetSocketAddress.createUnresolved("no-such-robot.invalid", 1337);
        assertEquals("the robot at no-such-robot.invalid:1337: no such host", assertThrows(
            FrankaException.class, () -> FciConnection.open(unknown, UDP_PORT, System::nanoTime, TIMEOUT_NANOS)).getMessage());
    }
}
