package dev.continuo.simulation.motors;

import static dev.continuo.simulation.motors.DamiaoMotorTest.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncosMotorTest {
    private final BenchShaft shaft = new BenchShaft();
    private final EncosMotor motor = new EncosMotor(1, shaft);
    private final MotorReply reply = new MotorReply();

    @ParameterizedTest
    @CsvSource({
        "00 00 00 7f ff 7f f7 ff, 0, 0, 0, 0, 0",
        "05 1e cc 8a 3c 83 88 cc, 80, 2, 1.0, 0.5, 3",
        "01 ea 66 78 51 78 d7 77, 30, 1, -0.75, -1, -2",
        "1f ff ff ff ff ff ff ff, 500, 5, 12.5, 18, 30"})
    void followsTheReferenceCommandsAtOnce(final String bytes, final double stiffness, final double damping, final double position,
        final double velocity, final double torque) {
        assertTrue(motor.onFrame(1, hex(bytes), 8, 0, reply));
        assertTrue(shaft.drive.enabled);
        assertEquals(stiffness, shaft.drive.stiffness, 0.13);
        assertEquals(damping, shaft.drive.damping, 0.01);
        assertEquals(position, shaft.drive.position, 0.0004);
        assertEquals(velocity, shaft.drive.velocity, 0.009);
        assertEquals(torque, shaft.drive.torque, 0.015);
        assertEquals(1, reply.id);
        assertEquals(1, reply.data >>> 61);
    }

    @Test
    void packsItsStateAsTheReferenceDoes() {
        shaft.angle = -0.3;
        shaft.speed = 0.1;
        shaft.torque = 2.0 * 1.4;
        motor.temperatures(28, 30);
        motor.onFrame(1, hex("00 00 00 7f ff 7f f7 ff"), 8, 0, reply);
        assertEquals("207ced80a8886e6a", HexFormat.of().toHexDigits(reply.data));
    }

    @Test
    void wrapsItsPositionAndTakesTheShortWayAcrossTheSeam() {
        motor.turnOffset(12.4);
        shaft.angle = 0.2;
        motor.onFrame(1, hex("00 00 00 7f ff 7f f7 ff"), 8, 0, reply);
        final double read = -12.5 + (reply.data >>> 40 & 0xFFFF) * 25.0 / 65535;
        assertEquals(-12.4, read, 0.001);
        // asked for 12.45, which is 0.15 behind the shaft across the seam
        final long position = Math.round((12.45 + 12.5) * 65535 / 25);
        motor.onFrame(1, hex("05 1e cc 00 00 7f f7 ff") | position << 24, 8, 0, reply);
        assertEquals(0.05, shaft.drive.position, 0.001);
    }

    @Test
    void tellsItsRanges() {
        assertTrue(motor.onFrame(1, 0xE019L << 48, 2, 0, reply));
        assertEquals(5, reply.data >>> 61);
        assertEquals(25, reply.data >>> 48 & 0xFF);
        assertEquals(-1250, (short) (reply.data >>> 32));
        assertEquals(1250, (short) (reply.data >>> 16));
        assertFalse(motor.onFrame(1, 0xE0C8L << 48, 2, 0, reply), "an unknown question is not answered");
    }

    @Test
    void goesLimpOnAnErrorAndWhenCommandsStop() {
        motor.onFrame(1, hex("05 1e cc 8a 3c 83 88 cc"), 8, 0, reply);
        motor.fail(EncosMotor.OVER_CURRENT);
        assertFalse(shaft.drive.enabled);
        motor.onFrame(1, hex("05 1e cc 8a 3c 83 88 cc"), 8, 0, reply);
        assertEquals(2, reply.data >>> 56 & 0x1F);
        assertFalse(shaft.drive.enabled);
        motor.fail(EncosMotor.OK);
        assertTrue(motor.onFrame(1, 0xC00B_0064L << 32, 4, 0, reply));
        motor.onFrame(1, hex("05 1e cc 8a 3c 83 88 cc"), 8, 0, reply);
        motor.tick(99_000_000, 0.001);
        assertTrue(shaft.drive.enabled);
        motor.tick(101_000_000, 0.001);
        assertFalse(shaft.drive.enabled);
    }

    @Test
    void ignoresFramesOfOtherKindsAndLengths() {
        assertFalse(motor.onFrame(2, 0, 8, 0, reply));
        assertFalse(motor.onFrame(1, 0, 7, 0, reply));
        assertFalse(motor.onFrame(1, 0, 0, 0, reply));
        assertFalse(motor.onFrame(1, hex("20 00 00 00 00 00 00 00"), 8, 0, reply));
        assertFalse(shaft.drive.enabled);
    }
}
