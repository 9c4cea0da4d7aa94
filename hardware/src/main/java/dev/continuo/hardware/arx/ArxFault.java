package dev.continuo.hardware.arx;

import dev.continuo.hardware.can.CanBus;
import java.util.Locale;

/** Why an arm stands still: noted in the control cycle without allocating, put into words when someone asks. */
final class ArxFault {
    /** What went wrong. */
    enum Cause {
        NONE,
        BUS_LOST,
        BUS_OFF,
        MOTOR_REPORTS,
        MOTOR_SILENT,
        OVER_TORQUE,
        IMPLAUSIBLE,
        NOT_ENABLED
    }

    private final CanBus bus;
    private Cause cause = Cause.NONE;
    private MotorLink link;
    private double value;
    private long count;

    ArxFault(final CanBus bus) {
        this.bus = bus;
    }

    /** Notes a fault of the bus. The first cause stays until {@link #clear}. */
    void set(final Cause newCause) {
        set(newCause, null, 0.0);
    }

    /** Notes a fault of a motor. The first cause stays until {@link #clear}. */
    void set(final Cause newCause, final MotorLink motor, final double measured) {
        if (cause == Cause.NONE) {
            cause = newCause;
            link = motor;
            value = measured;
            count++;
        }
    }

    void clear() {
        cause = Cause.NONE;
        link = null;
    }

    Cause cause() {
        return cause;
    }

    long count() {
        return count;
    }

    /** One line for people; empty without a fault. */
    String text() {
        final String motor = link == null ? "" : link.motor.describe();
        return switch (cause) {
            case NONE -> "";
            case BUS_LOST -> "the CAN bus is lost: " + bus.describe();
            case BUS_OFF -> "the CAN controller went bus-off: check cable, termination and bit rate; " + bus.describe();
            case MOTOR_REPORTS -> motor + " reports " + link.report();
            case MOTOR_SILENT -> motor + " stopped answering: check its cable and power";
            case OVER_TORQUE -> String.format(Locale.ROOT, "%s held %.1f Nm, past its limit of %.1f Nm: look for a collision",
                motor, value, link.motor.torqueLimit());
            case IMPLAUSIBLE -> motor + " reads positions that it cannot have got to: check its encoder and the bus";
            case NOT_ENABLED -> motor + " does not become enabled, it reports " + link.report();
        };
    }
}
