package dev.continuo.hardware.arx;

import dev.continuo.hardware.can.CanBus;

/** The driver's view of a Damiao motor. */
final class DamiaoLink extends MotorLink {
    private static final int TIMEOUT_QUESTION = 3;
    private static final int[] RANGE_REGISTERS = {
        DamiaoRegister.POSITION_RANGE, DamiaoRegister.VELOCITY_RANGE, DamiaoRegister.TORQUE_RANGE
    };

    private final int timeoutUnits;
    private final float[] told = new float[RANGE_REGISTERS.length];
    private int status;

    /** A motor that is to go limp after {@code timeoutNanos} without commands; 0 leaves its own setting alone. */
    DamiaoLink(final ArxMotor motor, final long timeoutNanos) {
        super(motor);
        timeoutUnits = (int) (timeoutNanos / DamiaoRegister.TIMEOUT_UNIT_NANOS);
    }

    @Override
    boolean command(
        final CanBus bus, final float kp, final float kd, final float position, final float velocity, final float torque) {
        return bus.send(motor.canId(), DamiaoCommand.pack(ranges, kp, kd, position, velocity, torque), 8);
    }

    @Override
    void clearError(final CanBus bus) {
        bus.send(motor.canId(), DamiaoCommand.CLEAR_ERROR, 8);
    }

    @Override
    void enable(final CanBus bus) {
        bus.send(motor.canId(), DamiaoCommand.ENABLE, 8);
    }

    @Override
    void knock(final CanBus bus) {
        // Answered in every state, and no motion comes of it: an enabled motor goes on as it was.
        enable(bus);
    }

    @Override
    void applySettings(final CanBus bus) {
        // The time-out is the last question: the motor acknowledges it.
    }

    @Override
    boolean isEnabled() {
        return status == DamiaoFeedback.ENABLED;
    }

    @Override
    boolean reportsFault() {
        return status != DamiaoFeedback.ENABLED;
    }

    @Override
    String report() {
        return DamiaoFeedback.describe(status);
    }

    @Override
    void reset() {
        super.reset();
        status = DamiaoFeedback.DISABLED;
    }

    @Override
    int questions() {
        return timeoutUnits > 0 ? TIMEOUT_QUESTION + 1 : TIMEOUT_QUESTION;
    }

    @Override
    boolean isRangeQuestion(final int number) {
        return number < TIMEOUT_QUESTION;
    }

    @Override
    void ask(final CanBus bus, final int number) {
        final long request = number < TIMEOUT_QUESTION
            ? DamiaoRegister.read(motor.canId(), RANGE_REGISTERS[number])
            : DamiaoRegister.write(motor.canId(), DamiaoRegister.TIMEOUT, timeoutUnits);
        bus.send(DamiaoRegister.CAN_ID, request, 8);
    }

    @Override
    MotorRanges toldRanges() {
        return MotorRanges.damiao(told[0], told[1], told[2]);
    }

    /** Takes a frame as the answer to the outstanding question, if it is. */
    boolean onRegister(final long data, final long atNanos) {
        final int number = outstandingQuestion();
        if (number < 0) {
            return false;
        }
        final boolean isRange = number < TIMEOUT_QUESTION;
        final int operation = isRange ? DamiaoRegister.READ : DamiaoRegister.WRITE;
        final int register = isRange ? RANGE_REGISTERS[number] : DamiaoRegister.TIMEOUT;
        if (DamiaoRegister.operation(data) != operation || DamiaoRegister.register(data) != register) {
            return false;
        }
        if (isRange) {
            told[number] = DamiaoRegister.floatValue(data);
        }
        answered(atNanos);
        return true;
    }

    /** Takes in a state frame. */
    void onState(final long data, final long atNanos) {
        status = DamiaoFeedback.status(data);
        celsius = Math.max(DamiaoFeedback.mosfetCelsius(data), DamiaoFeedback.coilCelsius(data));
        measured(
            DamiaoFeedback.position(ranges, data), DamiaoFeedback.velocity(ranges, data), DamiaoFeedback.torque(ranges, data), atNanos);
    }

    @Override
    float nearestTurn(final float reading) {
        return reading;
    }
}
