package dev.continuo.simulation.motors;

/**
 * An ENCOS EC motor: always active, follows each hybrid command at once and answers with its state on its own identifier.
 *
 * <p>It counts its position over several turns within plus or minus 12.5 rad and wraps there; the shortest way to a commanded position
 * is taken on that circle. The torque field is newton metres, the reported current is torque over the torque constant.
 */
public final class EncosMotor implements SimulatedMotor {
    /** No error. */
    public static final int OK = 0;
    /** Error: coil too hot. */
    public static final int HOT = 1;
    /** Error: over-current. */
    public static final int OVER_CURRENT = 2;
    /** Error: supply too high. */
    public static final int OVER_VOLTAGE = 3;
    /** Error: supply too low. */
    public static final int UNDER_VOLTAGE = 4;
    /** Error: encoder. */
    public static final int ENCODER = 5;
    /** Warning: warm; the motor goes on. */
    public static final int WARM = 8;

    private static final int HYBRID = 0;
    private static final int WRITE = 6;
    private static final int QUERY = 7;
    private static final int STATE_REPLY = 1;
    private static final int QUERY_REPLY = 5;
    private static final int WRITE_REPLY = 6;
    private static final int CODE_POSITION = 1;
    private static final int CODE_SPEED = 2;
    private static final int CODE_CURRENT = 3;
    private static final int CODE_STIFFNESS_RANGE = 23;
    private static final int CODE_CURRENT_RANGE = 28;
    private static final int CODE_VERSION = 30;
    private static final int CODE_TIMEOUT = 31;
    private static final int WRITE_TIMEOUT = 0x0B;
    private static final float TORQUE_CONSTANT = 1.4f;
    private static final double RATED_TORQUE = 10;
    private static final double HOT_CELSIUS = 100;
    private static final double WARM_CELSIUS = 85;
    private static final int FIRMWARE = 0x0203;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final double DEGREES = 180 / Math.PI;

    private final int id;
    private final Shaft shaft;
    private final MotorHeat heat = new MotorHeat(RATED_TORQUE);
    private final float stiffnessMax = 500;
    private final float dampingMax = 5;
    private final float positionMax = 12.5f;
    private final float velocityMax = 18;
    private final float torqueMax = 30;
    private final float currentMax = 30;
    private int error = OK;
    private double turnOffset;
    private int timeoutMillis;
    private long lastCommandNanos;

    /** A motor with the given CAN identifier. */
    public EncosMotor(final int id, final Shaft shaft) {
        this.id = id;
        this.shaft = shaft;
    }

    @Override
    public int canId() {
        return id;
    }

    /** The error that is reported in the low five bits of D0. */
    public int error() {
        return error;
    }

    /** Shifts what the encoder counts, as after several turns by hand without power: readings wrap elsewhere. */
    public void turnOffset(final double radians) {
        turnOffset = radians;
    }

    /** Sets the temperatures; they drift back to what the load makes of them. */
    public void temperatures(final double mosfetCelsius, final double coilCelsius) {
        heat.set(mosfetCelsius, coilCelsius);
    }

    @Override
    public boolean onFrame(final int frameId, final long data, final int length, final long nowNanos, final MotorReply reply) {
        if (frameId != id || length == 0) {
            return false;
        }
        switch (FieldCode.bits(data, 0, 3)) {
            case HYBRID -> {
                if (length != 8) {
                    return false;
                }
                lastCommandNanos = nowNanos;
                state(reply);
                if (error == OK || error == WARM) {
                    follow(data);
                }
                return true;
            }
            case QUERY -> {
                return query(FieldCode.bits(data, 8, 8), reply);
            }
            case WRITE -> {
                return write(data, length, reply);
            }
            default -> {
                // position, speed and current modes are not used by these arms
                return false;
            }
        }
    }

    private void follow(final long data) {
        final float stiffness = FieldCode.decode(FieldCode.bits(data, 3, 12), 0, stiffnessMax, 12);
        final float damping = FieldCode.decode(FieldCode.bits(data, 15, 9), 0, dampingMax, 9);
        final float position = FieldCode.decode(FieldCode.bits(data, 24, 16), -positionMax, positionMax, 16);
        final float velocity = FieldCode.decode(FieldCode.bits(data, 40, 12), -velocityMax, velocityMax, 12);
        final float torque = FieldCode.decode(FieldCode.bits(data, 52, 12), -torqueMax, torqueMax, 12);
        shaft.drive().set(stiffness, damping, shaft.angle() + wrapped(position - count()), velocity, torque);
    }

    /** What the encoder counts. */
    private double count() {
        return wrapped(shaft.angle() + turnOffset);
    }

    private double wrapped(final double radians) {
        return Math.IEEEremainder(radians, 2 * positionMax);
    }

    private void state(final MotorReply reply) {
        final long position = FieldCode.encode((float) count(), -positionMax, positionMax, 16);
        final long velocity = FieldCode.encode((float) shaft.speed(), -velocityMax, velocityMax, 12);
        final long current = FieldCode.encode((float) shaft.torque() / TORQUE_CONSTANT, -currentMax, currentMax, 12);
        reply.set(id, head(STATE_REPLY) << 56 | position << 40 | velocity << 28 | current << 16
            | celsiusCode(heat.coilCelsius()) << 8 | celsiusCode(heat.mosfetCelsius()), 8);
    }

    private boolean query(final int code, final MotorReply reply) {
        final long head = head(QUERY_REPLY) << 56 | (long) code << 48;
        if (code >= CODE_STIFFNESS_RANGE && code <= CODE_CURRENT_RANGE) {
            return reply.set(id, head | range(code), 6);
        }
        return switch (code) {
            case CODE_POSITION -> reply.set(id, head | real(count() * DEGREES), 6);
            case CODE_SPEED -> reply.set(id, head | real(shaft.speed() * DEGREES / 6), 6);
            case CODE_CURRENT -> reply.set(id, head | real(shaft.torque() / TORQUE_CONSTANT), 6);
            case CODE_VERSION -> reply.set(id, head | (long) FIRMWARE << 32, 4);
            case CODE_TIMEOUT -> reply.set(id, head | (long) timeoutMillis << 32, 4);
            default -> false;
        };
    }

    /** Minimum and maximum in 16 bits each: gains in ones, positions and speeds in hundredths, torques and currents in tenths. */
    private long range(final int code) {
        final int maximum = switch (code) {
            case 23 -> Math.round(stiffnessMax);
            case 24 -> Math.round(dampingMax);
            case 25 -> Math.round(positionMax * 100);
            case 26 -> Math.round(velocityMax * 100);
            case 27 -> Math.round(torqueMax * 10);
            default -> Math.round(currentMax * 10);
        };
        final int minimum = code <= 24 ? 0 : -maximum;
        return (minimum & 0xFFFFL) << 32 | (maximum & 0xFFFFL) << 16;
    }

    private static long real(final double value) {
        return (Float.floatToIntBits((float) value) & 0xFFFF_FFFFL) << 16;
    }

    private boolean write(final long data, final int length, final MotorReply reply) {
        final int code = FieldCode.bits(data, 8, 8);
        final boolean accepted = code == WRITE_TIMEOUT && length >= 4;
        if (accepted) {
            timeoutMillis = FieldCode.bits(data, 16, 16);
        }
        return reply.set(id, head(WRITE_REPLY) << 56 | (long) code << 48 | (accepted ? 1L : 0L) << 40, 3);
    }

    private long head(final int type) {
        return (long) type << 5 | error;
    }

    private static long celsiusCode(final double celsius) {
        return Math.clamp(Math.round(celsius * 2 + 50), 0, 255);
    }

    @Override
    public void tick(final long nowNanos, final double seconds) {
        heat.step(shaft.torque(), seconds);
        if (timeoutMillis > 0 && nowNanos - lastCommandNanos > timeoutMillis * NANOS_PER_MILLI) {
            shaft.drive().release();
        }
        if (heat.coilCelsius() > HOT_CELSIUS) {
            fail(HOT);
        } else if (error == HOT || error == WARM || error == OK) {
            error = heat.coilCelsius() > WARM_CELSIUS ? WARM : OK;
        }
    }

    /** An error: limp until it is gone (0); a warning changes nothing but the report. */
    @Override
    public void fail(final int status) {
        error = status;
        if (status != OK && status != WARM) {
            shaft.drive().release();
        }
    }

    @Override
    public void powerCycle() {
        error = OK;
        timeoutMillis = 0;
        shaft.drive().release();
    }
}
