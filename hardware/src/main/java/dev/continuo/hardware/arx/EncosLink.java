package dev.continuo.hardware.arx;

import dev.continuo.hardware.can.CanBus;

/** The driver's view of an ENCOS motor. */
final class EncosLink extends MotorLink {
    private static final int RANGE_QUESTIONS = EncosParameter.CURRENT_RANGE - EncosParameter.KP_RANGE + 1;
    /** Damping of frames that are sent before the range is known: were it ten times the assumed one, it still would not shake. */
    private static final float CAUTIOUS_KD = 0.4f;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final int timeoutMillis;
    private final float torqueConstant;
    private final float[] told = new float[RANGE_QUESTIONS];
    private int error;

    /** A motor that is to go limp after {@code timeoutNanos} without commands; 0 leaves its own setting alone. */
    EncosLink(final ArxMotor motor, final float torqueConstant, final long timeoutNanos) {
        super(motor);
        this.torqueConstant = torqueConstant;
        timeoutMillis = (int) (timeoutNanos / NANOS_PER_MILLI);
    }

    @Override
    boolean command(
        final CanBus bus, final float kp, final float kd, final float position, final float velocity, final float torque) {
        return bus.send(motor.canId(), EncosCommand.pack(ranges, kp, kd, wrapped(position), velocity, torque), 8);
    }

    @Override
    void clearError(final CanBus bus) {
        // The protocol has no such command: an error goes when its cause does.
    }

    @Override
    void applySettings(final CanBus bus) {
        if (timeoutMillis > 0) {
            bus.send(motor.canId(), EncosParameter.writeTimeout(timeoutMillis), EncosParameter.TIMEOUT_LENGTH);
        }
    }

    @Override
    void enable(final CanBus bus) {
        command(bus, 0.0f, motor.kd(), position, 0.0f, 0.0f);
    }

    @Override
    void knock(final CanBus bus) {
        command(bus, 0.0f, CAUTIOUS_KD, 0.0f, 0.0f, 0.0f);
    }

    @Override
    boolean isEnabled() {
        return measuredAtNanos != Long.MIN_VALUE && !reportsFault();
    }

    @Override
    boolean reportsFault() {
        return error != 0 && error != EncosFeedback.TEMPERATURE_WARNING;
    }

    @Override
    String report() {
        return EncosFeedback.describe(error);
    }

    @Override
    void reset() {
        super.reset();
        error = 0;
    }

    @Override
    int questions() {
        return RANGE_QUESTIONS;
    }

    @Override
    boolean isRangeQuestion(final int number) {
        return true;
    }

    @Override
    void ask(final CanBus bus, final int number) {
        bus.send(motor.canId(), EncosParameter.query(EncosParameter.KP_RANGE + number), EncosParameter.QUERY_LENGTH);
    }

    @Override
    MotorRanges toldRanges() {
        return new MotorRanges(told[2], told[3], told[4], told[5], told[0], told[1]);
    }

    /** Takes in a frame on the motor's identifier. Returns false if it is of no known use. */
    boolean onFrame(final long data, final int length, final long atNanos) {
        if (EncosFeedback.type(data) == EncosFeedback.STATE && length == 8) {
            error = EncosFeedback.error(data);
            celsius = Math.max(EncosFeedback.motorCelsius(data), EncosFeedback.mosfetCelsius(data));
            measured(
                EncosFeedback.position(ranges, data),
                EncosFeedback.velocity(ranges, data),
                EncosFeedback.current(ranges, data) * torqueConstant,
                atNanos);
            return true;
        }
        final int number = outstandingQuestion();
        if (EncosFeedback.type(data) == EncosFeedback.QUERY && length >= EncosParameter.RANGE_LENGTH
            && number >= 0 && EncosParameter.code(data) == EncosParameter.KP_RANGE + number) {
            told[number] = EncosParameter.maximum(data);
            answered(atNanos);
            return true;
        }
        return false;
    }

    @Override
    float nearestTurn(final float reading) {
        final float turn = 2.0f * ranges.position();
        if (reading - position > ranges.position()) {
            return reading - turn;
        }
        return reading - position < -ranges.position() ? reading + turn : reading;
    }

    /** The inverse of the unwrapping: the motor counts within its range. */
    private float wrapped(final float target) {
        if (target > ranges.position()) {
            return target - 2.0f * ranges.position();
        }
        return target < -ranges.position() ? target + 2.0f * ranges.position() : target;
    }
}
