package dev.continuo.simulation.motors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DamiaoMotorTest {
    private static final long ENABLE = 0xFFFFFFFF_FFFFFFFCL;
    private static final long DISABLE = 0xFFFFFFFF_FFFFFFFDL;
    private static final long SET_ZERO = 0xFFFFFFFF_FFFFFFFEL;
    private static final long CLEAR = 0xFFFFFFFF_FFFFFFFBL;

    private final BenchShaft shaft = new BenchShaft();
    private final DamiaoMotor motor = DamiaoMotor.j4310(5, shaft);
    private final MotorReply reply = new MotorReply();
    private long nowNanos;

    @ParameterizedTest
    @CsvSource({
        "10, 7f ff 7f f0 00 00 07 ff, 0, 0, 0, 0, 0",
        "18, 8a 3c 81 62 8f 66 69 54, 80, 2, 1.0, 0.5, 3",
        "10, 8a 3c 81 62 8f 66 6a 65, 80, 2, 1.0, 0.5, 3",
        "18, 78 51 7d 20 f5 33 37 1c, 30, 1, -0.75, -1, -2",
        "10, 78 51 7d 20 f5 33 36 66, 30, 1, -0.75, -1, -2",
        "10, ff ff ff ff ff ff ff ff, 500, 5, 12.5, 45, 10"})
    void followsTheReferenceCommandsByItsOwnTorqueRange(final float torqueMax, final String bytes, final double stiffness,
        final double damping, final double position, final double velocity, final double torque) {
        motor.register(23, torqueMax);
        send(5, ENABLE);
        assertTrue(send(5, hex(bytes)));
        assertTrue(shaft.drive.enabled);
        assertEquals(stiffness, shaft.drive.stiffness, 0.13);
        assertEquals(damping, shaft.drive.damping, 0.0013);
        assertEquals(position, shaft.drive.position, 0.0004);
        assertEquals(velocity, shaft.drive.velocity, 0.023);
        assertEquals(torque, shaft.drive.torque, 0.009);
    }

    @Test
    void packsItsStateAsTheReferenceDoes() {
        motor.register(23, 18);
        motor.temperatures(36, 33);
        send(5, ENABLE);
        shaft.angle = 0.5;
        shaft.speed = -0.2;
        shaft.torque = 1.5;
        assertTrue(send(5, hex("7f ff 7f f0 00 00 07 ff")));
        assertEquals(0, reply.id);
        assertEquals(8, reply.length);
        assertEquals("15851e7f68aa2421", HexFormat.of().toHexDigits(reply.data));
    }

    @Test
    void makesNoTorqueUntilItIsEnabledButAnswers() {
        assertTrue(send(5, hex("8a 3c 81 62 8f 66 6a 65")));
        assertFalse(shaft.drive.enabled);
        assertEquals(0, status());
        send(5, ENABLE);
        assertEquals(1, status());
        assertEquals(0, shaft.drive.stiffness, "an old set-point must not come back with enabling");
        send(5, hex("8a 3c 81 62 8f 66 6a 65"));
        send(5, DISABLE);
        assertEquals(0, status());
        assertFalse(shaft.drive.enabled);
    }

    @Test
    void aFaultStaysUntilItIsClearedAndOnlyThenCanItBeEnabled() {
        send(5, ENABLE);
        motor.fail(DamiaoMotor.OVER_CURRENT);
        assertFalse(shaft.drive.enabled);
        send(5, ENABLE);
        assertEquals(0xA, status());
        send(5, DISABLE);
        assertEquals(0xA, status());
        send(5, CLEAR);
        assertEquals(0, status());
        send(5, ENABLE);
        assertEquals(1, status());
    }

    @Test
    void goesLimpWhenNoCommandComesWithinItsTimeout() {
        send(0x7FF, register(0x55, 9, 2000));
        assertEquals(register(0x55, 9, 2000), reply.data);
        send(5, ENABLE);
        pass(99);
        assertEquals(1, motor.status());
        send(5, hex("8a 3c 81 62 8f 66 6a 65"));
        pass(99);
        assertEquals(1, motor.status());
        pass(2);
        assertEquals(0xD, motor.status());
        assertFalse(shaft.drive.enabled);
    }

    @Test
    void withoutATimeoutItGoesOnForEver() {
        send(5, ENABLE);
        send(5, hex("8a 3c 81 62 8f 66 6a 65"));
        pass(60_000);
        assertEquals(1, motor.status());
        assertTrue(shaft.drive.stiffness > 79);
    }

    @Test
    void registersAreReadWrittenAndLostWithoutSaving() {
        send(0x7FF, register(0x33, 23, 0));
        assertEquals(10f, Float.intBitsToFloat(Integer.reverseBytes((int) reply.data)));
        assertEquals(0x05003317L, reply.data >>> 32);
        send(0x7FF, register(0x55, 23, Float.floatToIntBits(12f)));
        assertEquals(12f, motor.register(23));
        motor.powerCycle();
        assertEquals(10f, motor.register(23));
        send(0x7FF, register(0x55, 23, Float.floatToIntBits(12f)));
        send(0x7FF, register(0xAA, 0, 0));
        motor.powerCycle();
        assertEquals(12f, motor.register(23));
        send(0x7FF, register(0x55, 13, 99));
        send(0x7FF, register(0x33, 13, 0));
        assertEquals(0x1102, Integer.reverseBytes((int) reply.data), "versions cannot be written");
        assertFalse(send(0x7FF, register(0x33, 77, 0)), "an unknown register is not answered");
    }

    @Test
    void refreshAsksForTheState() {
        shaft.angle = 0.5;
        assertTrue(send(0x7FF, register(0xCC, 0, 0)));
        assertEquals(5, reply.data >>> 56);
        assertEquals(0x851eL, reply.data >>> 40 & 0xFFFF);
    }

    @Test
    void framesForOthersAndOtherModesAreIgnored() {
        assertFalse(send(6, ENABLE));
        assertFalse(send(0x105, 0));
        assertFalse(send(0x7FF, register(0x33, 23, 0) + (1L << 56)));
        assertFalse(motor.onFrame(5, ENABLE, 7, nowNanos, reply));
        assertEquals(0, motor.status());
        send(0x7FF, register(0x55, 10, 2));
        assertTrue(send(0x105, 0), "answered once the mode matches");
        assertFalse(send(5, hex("8a 3c 81 62 8f 66 6a 65")), "and MIT commands no more");
    }

    @Test
    void theZeroMovesWhereItIsTold() {
        shaft.angle = 0.7;
        send(5, SET_ZERO);
        send(5, ENABLE);
        assertEquals(0x7fffL, reply.data >>> 40 & 0xFFFF);
        send(5, hex("8a 3c 81 62 8f 66 6a 65"));
        assertEquals(1.7, shaft.drive.position, 0.0004);
    }

    @Test
    void heatAndSupplyTripIt() {
        send(5, ENABLE);
        shaft.torque = 6;
        pass(60_000);
        assertEquals(0xC, motor.status(), "twice the rated torque for a minute");
        shaft.torque = 0;
        motor.temperatures(30, 30);
        send(5, CLEAR);
        send(5, ENABLE);
        motor.supply(12);
        pass(1);
        assertEquals(9, motor.status());
        send(5, CLEAR);
        motor.supply(34);
        send(5, ENABLE);
        pass(1);
        assertEquals(8, motor.status());
        send(5, CLEAR);
        motor.supply(24);
        motor.temperatures(130, 30);
        send(5, ENABLE);
        pass(1);
        assertEquals(0xB, motor.status());
    }

    private boolean send(final int id, final long data) {
        return motor.onFrame(id, data, 8, nowNanos, reply);
    }

    private int status() {
        return (int) (reply.data >>> 60);
    }

    private void pass(final int milliseconds) {
        for (int i = 0; i < milliseconds; i++) {
            nowNanos += 1_000_000;
            motor.tick(nowNanos, 0.001);
        }
    }

    private static long register(final int operation, final int register, final int value) {
        return 5L << 56 | (long) operation << 40 | (long) register << 32 | Integer.reverseBytes(value) & 0xFFFF_FFFFL;
    }

    static long hex(final String bytes) {
        return HexFormat.fromHexDigitsToLong(bytes.replace(" ", ""));
    }
}
