package dev.continuo.hardware.arx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Frames computed by independent arithmetic. */
class CodecVectorsTest {
    private static final MotorRanges V45_T18 = MotorRanges.damiao(12.5f, 45.0f, 18.0f);
    private static final MotorRanges V45_T10 = MotorRanges.damiao(12.5f, 45.0f, 10.0f);
    private static final MotorRanges ENCOS = MotorType.EC_A4310.ranges();

    @Test
    void damiaoCommandsMatchTheVectors() {
        assertFrame("7f ff 7f f0 00 00 07 ff", DamiaoCommand.pack(V45_T18, 0, 0, 0, 0, 0));
        assertFrame("8a 3c 81 62 8f 66 69 54", DamiaoCommand.pack(V45_T18, 80, 2, 1.0f, 0.5f, 3));
        assertFrame("8a 3c 81 62 8f 66 6a 65", DamiaoCommand.pack(V45_T10, 80, 2, 1.0f, 0.5f, 3));
        assertFrame("78 51 7d 20 f5 33 37 1c", DamiaoCommand.pack(V45_T18, 30, 1, -0.75f, -1, -2));
        assertFrame("78 51 7d 20 f5 33 36 66", DamiaoCommand.pack(V45_T10, 30, 1, -0.75f, -1, -2));
    }

    @Test
    void encosCommandsMatchTheVectors() {
        assertFrame("00 00 00 7f ff 7f f7 ff", EncosCommand.pack(ENCOS, 0, 0, 0, 0, 0));
        assertFrame("05 1e cc 8a 3c 83 88 cc", EncosCommand.pack(ENCOS, 80, 2, 1.0f, 0.5f, 3));
        assertFrame("01 ea 66 78 51 78 d7 77", EncosCommand.pack(ENCOS, 30, 1, -0.75f, -1, -2));
    }

    @Test
    void valuesPastTheirRangeAreClamped() {
        assertFrame("ff ff ff ff ff ff ff ff", DamiaoCommand.pack(V45_T18, 500, 5, 12.5f, 99, 99));
        assertFrame("1f ff ff ff ff ff ff ff", EncosCommand.pack(ENCOS, 500, 5, 12.5f, 99, 99));
        assertFrame("00 00 00 00 00 00 00 00", DamiaoCommand.pack(V45_T18, -1, -1, -13, -99, Float.NEGATIVE_INFINITY));
        assertEquals(0, DamiaoCommand.rawTorque(DamiaoCommand.pack(V45_T18, 0, 0, 0, 0, Float.NaN)));
    }

    @Test
    void feedbackMatchesTheVectorsBothWays() {
        final long damiao = frame("15 85 1e 7f 68 aa 24 21");
        assertFrame("15 85 1e 7f 68 aa 24 21", DamiaoFeedback.pack(V45_T18, 1, 5, 0.5f, -0.2f, 1.5f, 36, 33));
        assertEquals(5, DamiaoFeedback.motorId(damiao));
        assertEquals(DamiaoFeedback.ENABLED, DamiaoFeedback.status(damiao));
        assertEquals(0.5f, DamiaoFeedback.position(V45_T18, damiao), 4e-4f);
        assertEquals(-0.2f, DamiaoFeedback.velocity(V45_T18, damiao), 0.023f);
        assertEquals(1.5f, DamiaoFeedback.torque(V45_T18, damiao), 0.009f);
        assertEquals(36, DamiaoFeedback.mosfetCelsius(damiao));
        assertEquals(33, DamiaoFeedback.coilCelsius(damiao));

        final long encos = frame("20 7c ed 80 a8 88 6e 6a");
        assertFrame("20 7c ed 80 a8 88 6e 6a", EncosFeedback.pack(ENCOS, 0, -0.3f, 0.1f, 2.0f, 30, 28));
        assertEquals(EncosFeedback.STATE, EncosFeedback.type(encos));
        assertEquals(0, EncosFeedback.error(encos));
        assertEquals(-0.3f, EncosFeedback.position(ENCOS, encos), 4e-4f);
        assertEquals(0.1f, EncosFeedback.velocity(ENCOS, encos), 0.009f);
        assertEquals(2.0f, EncosFeedback.current(ENCOS, encos), 0.015f);
        assertEquals(30, EncosFeedback.motorCelsius(encos));
        assertEquals(28, EncosFeedback.mosfetCelsius(encos));
    }

    @Test
    void zeroComesBackHalfAStepLow() {
        final long zero = DamiaoCommand.pack(V45_T18, 0, 0, 0, 0, 0);
        assertEquals(-0.011f, DamiaoCommand.velocity(V45_T18, zero), 1e-4f);
        assertEquals(-0.0044f, DamiaoCommand.torque(V45_T18, zero), 1e-4f);
    }

    @Test
    void specialCommandsAreToldFromMotionCommands() {
        assertFrame("ff ff ff ff ff ff ff fc", DamiaoCommand.ENABLE);
        assertTrue(DamiaoCommand.isSpecial(DamiaoCommand.ENABLE));
        assertTrue(DamiaoCommand.isSpecial(DamiaoCommand.CLEAR_ERROR));
        assertTrue(DamiaoCommand.isSpecial(DamiaoCommand.DISABLE));
        assertTrue(DamiaoCommand.isSpecial(DamiaoCommand.SET_ZERO));
        assertFalse(DamiaoCommand.isSpecial(DamiaoCommand.pack(V45_T18, 500, 5, 12.5f, 99, 99)));
        assertFalse(DamiaoCommand.isSpecial(0));
    }

    @Test
    void registersAreLittleEndian() {
        final long request = DamiaoRegister.read(0x0105, DamiaoRegister.TORQUE_RANGE);
        assertFrame("05 01 33 17 00 00 00 00", request);
        final long reply = DamiaoRegister.pack(5, DamiaoRegister.READ, 23, Float.floatToRawIntBits(10.0f));
        assertFrame("05 00 33 17 00 00 20 41", reply);
        assertEquals(10.0f, DamiaoRegister.floatValue(reply));
        assertEquals(5, DamiaoRegister.motorId(reply));
        assertTrue(DamiaoRegister.looksLikeReply(reply));
        assertFalse(DamiaoRegister.looksLikeReply(frame("15 85 1e 7f 68 aa 24 21")));
        assertFrame("08 00 55 09 10 27 00 00", DamiaoRegister.write(8, DamiaoRegister.TIMEOUT, 10_000));
    }

    @Test
    void parametersAreBigEndianInTheirUnits() {
        assertFrame("e0 19 00 00 00 00 00 00", EncosParameter.query(EncosParameter.POSITION_RANGE));
        final long position = EncosParameter.packRange(EncosParameter.POSITION_RANGE, 0, -12.5f, 12.5f);
        assertFrame("a0 19 fb 1e 04 e2 00 00", position);
        assertEquals(-12.5f, EncosParameter.minimum(position), 1e-4f);
        assertEquals(12.5f, EncosParameter.maximum(position), 1e-4f);
        assertEquals(500.0f, EncosParameter.maximum(EncosParameter.packRange(EncosParameter.KP_RANGE, 0, 0, 500)));
        assertEquals(30.0f, EncosParameter.maximum(EncosParameter.packRange(EncosParameter.TORQUE_RANGE, 0, -30, 30)), 1e-4f);
        assertFrame("c0 0b 01 f4 00 00 00 00", EncosParameter.writeTimeout(500));
    }

    private static void assertFrame(final String expected, final long actual) {
        assertEquals(expected, HexFormat.ofDelimiter(" ").formatHex(java.nio.ByteBuffer.allocate(8).putLong(actual).array()));
    }

    private static long frame(final String hex) {
        return java.nio.ByteBuffer.wrap(HexFormat.ofDelimiter(" ").parseHex(hex)).getLong();
    }
}
