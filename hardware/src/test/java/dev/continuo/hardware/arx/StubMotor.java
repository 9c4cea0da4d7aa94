package dev.continuo.hardware.arx;

import dev.continuo.hardware.can.CanBus;

/**
 * One motor in a test: answers frames as the real ones do and swings a small inertia. Its faults are public switches. It allocates
 * nothing.
 */
final class StubMotor {
    private static final double JOINT_INERTIA = 0.1;
    private static final double FINGER_INERTIA = 0.002;
    private static final double STEP_SECONDS = 0.0005;

    final ArxMotor motor;
    private final double inertia;
    MotorRanges ranges;
    /** Answers nothing. */
    boolean silent;
    /** Answers commands but no questions about ranges. */
    boolean mute;
    /** Status nibble or error that it reports instead of its own; -1 for none. */
    int reported = -1;
    /** Added to the reported torque. */
    double extraTorque;
    /** Added to the reported position. */
    double readingOffset;
    /** A wall that its position cannot pass downwards. */
    double wall = Double.NEGATIVE_INFINITY;
    /** Torque of its load. */
    double load;
    boolean enabled;
    double position;
    double velocity;
    double appliedTorque;
    long lastCommand;
    int commands;
    int clearings;
    int timeoutRegister;

    StubMotor(final ArxMotor motor) {
        this.motor = motor;
        inertia = motor.joint().equals("gripper") ? FINGER_INERTIA : JOINT_INERTIA;
        ranges = motor.type().ranges();
        enabled = isEncos();
    }

    boolean isEncos() {
        return motor.type() instanceof MotorType.Encos;
    }

    void onCommand(final CanBus bus, final long data, final int length) {
        if (silent) {
            return;
        }
        if (isEncos()) {
            onEncos(bus, data, length);
        } else {
            onDamiao(bus, data);
        }
    }

    private void onEncos(final CanBus bus, final long data, final int length) {
        if (EncosCommand.mode(data) == 7 && length == EncosParameter.QUERY_LENGTH) {
            if (!mute) {
                final int code = EncosParameter.code(data);
                final float range = switch (code) {
                    case EncosParameter.KP_RANGE -> ranges.kp();
                    case EncosParameter.KD_RANGE -> ranges.kd();
                    case EncosParameter.POSITION_RANGE -> ranges.position();
                    case EncosParameter.VELOCITY_RANGE -> ranges.velocity();
                    case EncosParameter.TORQUE_RANGE -> ranges.torque();
                    default -> ranges.current();
                };
                final float low = code <= EncosParameter.KD_RANGE ? 0 : -range;
                bus.send(motor.canId(), EncosParameter.packRange(code, 0, low, range), EncosParameter.RANGE_LENGTH);
            }
        } else if (EncosCommand.mode(data) == 6) {
            timeoutRegister = (int) (data >>> 32) & 0xFFFF;
        } else if (EncosCommand.mode(data) == 0 && length == 8) {
            lastCommand = data;
            commands++;
            final float constant = ((MotorType.Encos) motor.type()).torqueConstant();
            bus.send(motor.canId(), EncosFeedback.pack(ranges, Math.max(0, reported), (float) (position + readingOffset),
                (float) velocity, (float) ((appliedTorque + extraTorque) / constant), 30, 28), 8);
        }
    }

    private void onDamiao(final CanBus bus, final long data) {
        if (data == DamiaoCommand.ENABLE) {
            enabled = reported < DamiaoFeedback.OVER_VOLTAGE;
        } else if (data == DamiaoCommand.DISABLE) {
            enabled = false;
        } else if (data == DamiaoCommand.CLEAR_ERROR) {
            clearings++;
            reported = -1;
        } else if (!DamiaoCommand.isSpecial(data)) {
            lastCommand = data;
            commands++;
        }
        final int own = enabled ? DamiaoFeedback.ENABLED : DamiaoFeedback.DISABLED;
        bus.send(DamiaoFeedback.CAN_ID, DamiaoFeedback.pack(ranges, reported >= 0 ? reported : own, motor.canId(),
            (float) (position + readingOffset), (float) velocity, (float) (appliedTorque + extraTorque), 36, 33), 8);
    }

    void onRegister(final CanBus bus, final long data) {
        if (silent || mute || isEncos() || DamiaoRegister.motorId(data) != motor.canId()) {
            return;
        }
        final int register = DamiaoRegister.register(data);
        final int operation = DamiaoRegister.operation(data);
        if (operation == DamiaoRegister.WRITE) {
            timeoutRegister = DamiaoRegister.intValue(data);
            bus.send(DamiaoFeedback.CAN_ID, data, 8);
            return;
        }
        final float value = switch (register) {
            case DamiaoRegister.POSITION_RANGE -> ranges.position();
            case DamiaoRegister.VELOCITY_RANGE -> ranges.velocity();
            case DamiaoRegister.TORQUE_RANGE -> ranges.torque();
            default -> 0.0f;
        };
        bus.send(DamiaoFeedback.CAN_ID,
            DamiaoRegister.pack(motor.canId(), operation, register, Float.floatToRawIntBits(value)), 8);
    }

    void step(final double seconds) {
        for (double t = 0; t < seconds; t += STEP_SECONDS) {
            appliedTorque = enabled && commands > 0 ? law() : 0.0;
            velocity += (appliedTorque - load) / inertia * STEP_SECONDS;
            position += velocity * STEP_SECONDS;
            if (position < wall) {
                position = wall;
                velocity = 0.0;
            }
        }
    }

    private double law() {
        return kp() * (commandedPosition() - position) + kd() * (commandedVelocity() - velocity) + commandedTorque();
    }

    double kp() {
        return isEncos() ? EncosCommand.kp(ranges, lastCommand) : DamiaoCommand.kp(ranges, lastCommand);
    }

    double kd() {
        return isEncos() ? EncosCommand.kd(ranges, lastCommand) : DamiaoCommand.kd(ranges, lastCommand);
    }

    double commandedPosition() {
        return isEncos() ? EncosCommand.position(ranges, lastCommand) : DamiaoCommand.position(ranges, lastCommand);
    }

    double commandedVelocity() {
        return isEncos() ? EncosCommand.velocity(ranges, lastCommand) : DamiaoCommand.velocity(ranges, lastCommand);
    }

    double commandedTorque() {
        return isEncos() ? EncosCommand.torque(ranges, lastCommand) : DamiaoCommand.torque(ranges, lastCommand);
    }
}
