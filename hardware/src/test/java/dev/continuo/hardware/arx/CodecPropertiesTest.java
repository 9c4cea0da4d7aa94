package dev.continuo.hardware.arx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;

/** What holds for every frame. */
class CodecPropertiesTest {

    @Property
    void damiaoFieldsAreRecoveredExactly(@ForAll final long frame) {
        assertEquals(frame, DamiaoCommand.packRaw(
            DamiaoCommand.rawPosition(frame), DamiaoCommand.rawVelocity(frame), DamiaoCommand.rawKp(frame),
            DamiaoCommand.rawKd(frame), DamiaoCommand.rawTorque(frame)));
    }

    @Property
    void encosFieldsAreRecoveredExactly(@ForAll final long bits) {
        final long frame = bits >>> 3;
        assertEquals(frame, EncosCommand.packRaw(
            EncosCommand.rawKp(frame), EncosCommand.rawKd(frame), EncosCommand.rawPosition(frame),
            EncosCommand.rawVelocity(frame), EncosCommand.rawTorque(frame)));
        assertEquals(0, EncosCommand.mode(frame));
    }

    @Property
    void aDamiaoCommandIsUnpackedToWithinOneStepBelow(
        @ForAll @FloatRange(min = 0, max = 500) final float kp,
        @ForAll @FloatRange(min = 0, max = 5) final float kd,
        @ForAll @FloatRange(min = -12.5f, max = 12.5f) final float position,
        @ForAll @FloatRange(min = -30, max = 30) final float velocity,
        @ForAll @FloatRange(min = 1, max = 54) final float torqueRange,
        @ForAll @FloatRange(min = -1, max = 1) final float torqueShare) {
        final MotorRanges ranges = MotorRanges.damiao(12.5f, 30.0f, torqueRange);
        final float torque = torqueShare * torqueRange;
        final long frame = DamiaoCommand.pack(ranges, kp, kd, position, velocity, torque);
        assertBelow(kp, DamiaoCommand.kp(ranges, frame), 500.0f / 4095);
        assertBelow(kd, DamiaoCommand.kd(ranges, frame), 5.0f / 4095);
        assertBelow(position, DamiaoCommand.position(ranges, frame), 25.0f / 65535);
        assertBelow(velocity, DamiaoCommand.velocity(ranges, frame), 60.0f / 4095);
        assertBelow(torque, DamiaoCommand.torque(ranges, frame), 2 * torqueRange / 4095);
    }

    @Property
    void anEncosCommandIsUnpackedToWithinOneStepBelow(
        @ForAll @FloatRange(min = 0, max = 500) final float kp,
        @ForAll @FloatRange(min = 0, max = 5) final float kd,
        @ForAll @FloatRange(min = -12.5f, max = 12.5f) final float position,
        @ForAll @FloatRange(min = -18, max = 18) final float velocity,
        @ForAll @FloatRange(min = -30, max = 30) final float torque) {
        final MotorRanges ranges = MotorType.EC_A4310.ranges();
        final long frame = EncosCommand.pack(ranges, kp, kd, position, velocity, torque);
        assertBelow(kp, EncosCommand.kp(ranges, frame), 500.0f / 4095);
        assertBelow(kd, EncosCommand.kd(ranges, frame), 5.0f / 511);
        assertBelow(position, EncosCommand.position(ranges, frame), 25.0f / 65535);
        assertBelow(velocity, EncosCommand.velocity(ranges, frame), 36.0f / 4095);
        assertBelow(torque, EncosCommand.torque(ranges, frame), 60.0f / 4095);
    }

    @Property
    void damiaoFeedbackIsRecovered(
        @ForAll @IntRange(max = 15) final int status,
        @ForAll @IntRange(min = 1, max = 15) final int motorId,
        @ForAll @FloatRange(min = -12.5f, max = 12.5f) final float position,
        @ForAll @IntRange(max = 255) final int celsius) {
        final MotorRanges ranges = MotorType.DM_J4340.ranges();
        final long frame = DamiaoFeedback.pack(ranges, status, motorId, position, -position, position, celsius, 255 - celsius);
        assertEquals(status, DamiaoFeedback.status(frame));
        assertEquals(motorId, DamiaoFeedback.motorId(frame));
        assertBelow(position, DamiaoFeedback.position(ranges, frame), 25.0f / 65535);
        assertBelow(-position, DamiaoFeedback.velocity(ranges, frame), 90.0f / 4095);
        assertBelow(position, DamiaoFeedback.torque(ranges, frame), 56.0f / 4095);
        assertEquals(celsius, DamiaoFeedback.mosfetCelsius(frame));
        assertEquals(255 - celsius, DamiaoFeedback.coilCelsius(frame));
    }

    @Property
    void encosFeedbackIsRecovered(
        @ForAll @IntRange(max = 31) final int error,
        @ForAll @FloatRange(min = -12.5f, max = 12.5f) final float position,
        @ForAll @IntRange(min = -25, max = 102) final int celsius) {
        final MotorRanges ranges = MotorType.EC_A4310.ranges();
        final long frame = EncosFeedback.pack(ranges, error, position, -position, position, celsius, celsius);
        assertEquals(error, EncosFeedback.error(frame));
        assertBelow(position, EncosFeedback.position(ranges, frame), 25.0f / 65535);
        assertBelow(-position, EncosFeedback.velocity(ranges, frame), 36.0f / 4095);
        assertBelow(position, EncosFeedback.current(ranges, frame), 60.0f / 4095);
        assertEquals(celsius, EncosFeedback.motorCelsius(frame));
        assertEquals(celsius, EncosFeedback.mosfetCelsius(frame));
    }

    @Property
    void registersAreRecovered(@ForAll @IntRange(max = 2047) final int motorId, @ForAll @IntRange(max = 255) final int register,
        @ForAll final int value) {
        final long frame = DamiaoRegister.pack(motorId, DamiaoRegister.WRITE, register, value);
        assertEquals(motorId, DamiaoRegister.motorId(frame));
        assertEquals(DamiaoRegister.WRITE, DamiaoRegister.operation(frame));
        assertEquals(register, DamiaoRegister.register(frame));
        assertEquals(value, DamiaoRegister.intValue(frame));
    }

    /** Truncation: never above, at most one step below; a little for the rounding of 32-bit floats. */
    private static void assertBelow(final float expected, final float actual, final float step) {
        final float rounding = 4 * Math.ulp(Math.max(Math.abs(expected), 25.0f)) + 0.01f * step;
        assertTrue(actual <= expected + rounding && actual >= expected - step - rounding,
            () -> expected + " became " + actual + ", step " + step);
    }
}
