package dev.continuo.simulation.motors;

/**
 * A Damiao motor in MIT mode: follows impedance commands while enabled, answers every frame that is meant for it with its state, and
 * goes limp on every fault.
 *
 * <p>Commands are unpacked, and states packed, with the ranges of the motor's own registers, whatever the host believes them to be.
 * Control modes other than MIT are not followed: with such a mode set, commands of that mode are answered and make no torque.
 */
public final class DamiaoMotor implements SimulatedMotor {
    /** Limp, without a fault. */
    public static final int DISABLED = 0;
    /** Follows commands. */
    public static final int ENABLED = 1;
    /** Fault: supply too high. */
    public static final int OVER_VOLTAGE = 0x8;
    /** Fault: supply too low. */
    public static final int UNDER_VOLTAGE = 0x9;
    /** Fault: phase current too high. */
    public static final int OVER_CURRENT = 0xA;
    /** Fault: power stage above 120 °C. */
    public static final int MOSFET_HOT = 0xB;
    /** Fault: coil too hot. */
    public static final int COIL_HOT = 0xC;
    /** Fault: no command within the time-out. */
    public static final int COMMUNICATION_LOST = 0xD;
    /** Fault: overload. */
    public static final int OVERLOAD = 0xE;

    /** The identifier of register requests. */
    public static final int REGISTER_ID = 0x7FF;

    private static final long SPECIAL = 0xFFFFFFFF_FFFFFF00L;
    private static final int ENABLE = 0xFC;
    private static final int DISABLE = 0xFD;
    private static final int SET_ZERO = 0xFE;
    private static final int CLEAR = 0xFB;
    private static final int READ = 0x33;
    private static final int WRITE = 0x55;
    private static final int SAVE = 0xAA;
    private static final int REFRESH = 0xCC;
    private static final long TIMEOUT_UNIT_NANOS = 50_000;
    private static final double MOSFET_LIMIT = 120;
    private static final float STIFFNESS_MAX = 500;
    private static final float DAMPING_MAX = 5;
    private static final int MIT_MODE = 1;

    private final Shaft shaft;
    private final DamiaoRegisters registers;
    private final MotorHeat heat;
    private int status = DISABLED;
    private double zero;
    private long lastCommandNanos;

    /**
     * A disabled motor.
     *
     * @param id          its CAN identifier, 1 to 15
     * @param shaft       what it turns
     * @param torqueMax   its TMAX register, Nm
     * @param ratedTorque the torque it can hold for ever, Nm
     * @param gearRatio   motor turns per turn of the shaft
     */
    public DamiaoMotor(final int id, final Shaft shaft, final float torqueMax, final double ratedTorque, final float gearRatio) {
        this.shaft = shaft;
        registers = new DamiaoRegisters(id, 12.5f, 45f, torqueMax, gearRatio);
        heat = new MotorHeat(ratedTorque);
    }

    /** A DM-J4310. */
    public static DamiaoMotor j4310(final int id, final Shaft shaft) {
        return new DamiaoMotor(id, shaft, 10, 3, 10);
    }

    /** A DM-J4340. */
    public static DamiaoMotor j4340(final int id, final Shaft shaft) {
        return new DamiaoMotor(id, shaft, 28, 9, 40);
    }

    @Override
    public int canId() {
        return registers.word(DamiaoRegisters.ESC_ID);
    }

    /** The status that is reported in the high nibble of D0. */
    public int status() {
        return status;
    }

    /** A float register, for tests that make host and motor disagree. */
    public float register(final int number) {
        return registers.real(number);
    }

    /** Sets a float register as if another host had. */
    public void register(final int number, final float value) {
        registers.real(number, value);
    }

    /** Sets the temperatures; they drift back to what the load makes of them. */
    public void temperatures(final double mosfetCelsius, final double coilCelsius) {
        heat.set(mosfetCelsius, coilCelsius);
    }

    /** Sets the supply voltage. */
    public void supply(final double volts) {
        registers.real(DamiaoRegisters.BUS_VOLTAGE, (float) volts);
    }

    @Override
    public boolean onFrame(final int id, final long data, final int length, final long nowNanos, final MotorReply reply) {
        final int own = canId();
        if (id == own && length == 8) {
            lastCommandNanos = nowNanos;
            return onCommand(data, reply);
        }
        if (id == REGISTER_ID && length >= 4 && addressee(data) == own) {
            return onRegister(data, nowNanos, reply);
        }
        // the identifiers of the other modes: 0x100, 0x200, 0x300 above the motor's own
        final int mode = registers.word(DamiaoRegisters.CONTROL_MODE);
        if (mode > MIT_MODE && mode <= 4 && id == ((mode - 1) << 8) + own) {
            lastCommandNanos = nowNanos;
            return state(reply);
        }
        return false;
    }

    private boolean onCommand(final long data, final MotorReply reply) {
        if ((data & SPECIAL) == SPECIAL) {
            switch ((int) data & 0xFF) {
                case ENABLE -> {
                    if (status == DISABLED) {
                        status = ENABLED;
                        shaft.drive().set(0, 0, 0, 0, 0);
                    }
                    return state(reply);
                }
                case DISABLE -> {
                    if (status == ENABLED) {
                        limp(DISABLED);
                    }
                    return state(reply);
                }
                case SET_ZERO -> {
                    zero = shaft.angle();
                    return state(reply);
                }
                case CLEAR -> {
                    if (status != ENABLED) {
                        limp(DISABLED);
                    }
                    return state(reply);
                }
                default -> {
                    // all ones but for the last byte is an ordinary command at full scale
                }
            }
        }
        if (registers.word(DamiaoRegisters.CONTROL_MODE) != MIT_MODE) {
            return false;
        }
        final boolean replies = state(reply);
        if (status == ENABLED) {
            follow(data);
        }
        return replies;
    }

    private void follow(final long data) {
        final float p = registers.real(DamiaoRegisters.POSITION_MAX);
        final float v = registers.real(DamiaoRegisters.VELOCITY_MAX);
        final float t = registers.real(DamiaoRegisters.TORQUE_MAX);
        final float position = FieldCode.decode(FieldCode.bits(data, 0, 16), -p, p, 16);
        final float velocity = FieldCode.decode(FieldCode.bits(data, 16, 12), -v, v, 12);
        final float stiffness = FieldCode.decode(FieldCode.bits(data, 28, 12), 0, STIFFNESS_MAX, 12);
        final float damping = FieldCode.decode(FieldCode.bits(data, 40, 12), 0, DAMPING_MAX, 12);
        final float torque = FieldCode.decode(FieldCode.bits(data, 52, 12), -t, t, 12);
        shaft.drive().set(stiffness, damping, position + zero, velocity, torque);
    }

    private boolean onRegister(final long data, final long nowNanos, final MotorReply reply) {
        final int register = (int) (data >>> 32) & 0xFF;
        switch ((int) (data >>> 40) & 0xFF) {
            case REFRESH -> {
                lastCommandNanos = nowNanos;
                return state(reply);
            }
            case WRITE -> {
                if (!registers.knows(register)) {
                    return false;
                }
                final int sender = registers.word(DamiaoRegisters.MST_ID);
                registers.write(register, Integer.reverseBytes((int) data));
                return registerReply(data, register, sender, reply);
            }
            case READ -> {
                if (!registers.knows(register)) {
                    return false;
                }
                measure();
                return registerReply(data, register, registers.word(DamiaoRegisters.MST_ID), reply);
            }
            case SAVE -> {
                registers.save();
                return reply.set(registers.word(DamiaoRegisters.MST_ID), data, 8);
            }
            default -> {
                return false;
            }
        }
    }

    private boolean registerReply(final long request, final int register, final int sender, final MotorReply reply) {
        final long value = Integer.reverseBytes(registers.word(register)) & 0xFFFF_FFFFL;
        return reply.set(sender, request & 0xFFFF_FFFF_0000_0000L | value, 8);
    }

    private void measure() {
        registers.real(DamiaoRegisters.BOARD_CELSIUS, (float) heat.mosfetCelsius());
        registers.real(DamiaoRegisters.MOTOR_CELSIUS, (float) heat.coilCelsius());
        registers.real(DamiaoRegisters.OUTPUT_POSITION, (float) (shaft.angle() - zero));
        registers.real(DamiaoRegisters.MOTOR_POSITION, (float) (shaft.angle() - zero) * registers.real(20));
    }

    private boolean state(final MotorReply reply) {
        final float p = registers.real(DamiaoRegisters.POSITION_MAX);
        final float v = registers.real(DamiaoRegisters.VELOCITY_MAX);
        final float t = registers.real(DamiaoRegisters.TORQUE_MAX);
        final long position = FieldCode.encode((float) (shaft.angle() - zero), -p, p, 16);
        final long velocity = FieldCode.encode((float) shaft.speed(), -v, v, 12);
        final long torque = FieldCode.encode(status == ENABLED ? (float) shaft.torque() : 0, -t, t, 12);
        final long mosfet = Math.clamp((long) heat.mosfetCelsius(), 0, 255);
        final long coil = Math.clamp((long) heat.coilCelsius(), 0, 255);
        final long head = (long) status << 4 | canId() & 0xF;
        return reply.set(registers.word(DamiaoRegisters.MST_ID),
            head << 56 | position << 40 | velocity << 28 | torque << 16 | mosfet << 8 | coil, 8);
    }

    private static int addressee(final long data) {
        return (int) (data >>> 56) & 0xFF | ((int) (data >>> 48) & 0xFF) << 8;
    }

    @Override
    public void tick(final long nowNanos, final double seconds) {
        heat.step(status == ENABLED ? shaft.torque() : 0, seconds);
        if (status != ENABLED) {
            return;
        }
        final long timeoutNanos = (registers.word(DamiaoRegisters.TIMEOUT) & 0xFFFF_FFFFL) * TIMEOUT_UNIT_NANOS;
        final float volts = registers.real(DamiaoRegisters.BUS_VOLTAGE);
        if (timeoutNanos > 0 && nowNanos - lastCommandNanos > timeoutNanos) {
            fail(COMMUNICATION_LOST);
        } else if (volts < registers.real(DamiaoRegisters.UNDER_VOLTAGE)) {
            fail(UNDER_VOLTAGE);
        } else if (volts > registers.real(DamiaoRegisters.OVER_VOLTAGE)) {
            fail(OVER_VOLTAGE);
        } else if (heat.mosfetCelsius() > MOSFET_LIMIT) {
            fail(MOSFET_HOT);
        } else if (heat.coilCelsius() > registers.real(DamiaoRegisters.OVER_TEMPERATURE)) {
            fail(COIL_HOT);
        }
    }

    /** A fault: limp, and the status stays until it is cleared. */
    @Override
    public void fail(final int fault) {
        limp(fault);
    }

    @Override
    public void powerCycle() {
        registers.restore();
        limp(DISABLED);
    }

    private void limp(final int newStatus) {
        status = newStatus;
        shaft.drive().release();
    }
}
