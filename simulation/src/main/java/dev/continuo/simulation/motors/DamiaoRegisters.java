package dev.continuo.simulation.motors;

import java.util.BitSet;

/** A Damiao motor's registers: what is in force, and what flash holds. Values are raw 32-bit words, of floats or unsigned integers. */
final class DamiaoRegisters {
    static final int OVER_TEMPERATURE = 2;
    static final int UNDER_VOLTAGE = 0;
    static final int MST_ID = 7;
    static final int ESC_ID = 8;
    static final int TIMEOUT = 9;
    static final int CONTROL_MODE = 10;
    static final int POSITION_MAX = 21;
    static final int VELOCITY_MAX = 22;
    static final int TORQUE_MAX = 23;
    static final int OVER_VOLTAGE = 29;
    static final int BUS_VOLTAGE = 60;
    static final int BOARD_CELSIUS = 61;
    static final int MOTOR_CELSIUS = 62;
    static final int MOTOR_POSITION = 80;
    static final int OUTPUT_POSITION = 81;

    private static final int COUNT = 82;
    private static final int[] READ_ONLY = {1, 13, 14, 20, 36, BUS_VOLTAGE, BOARD_CELSIUS, MOTOR_CELSIUS, MOTOR_POSITION,
        OUTPUT_POSITION};

    private final int[] words = new int[COUNT];
    private final int[] flash = new int[COUNT];
    private final BitSet known = new BitSet(COUNT);
    private final BitSet readOnly = new BitSet(COUNT);

    DamiaoRegisters(final int id, final float position, final float velocity, final float torque, final float gearRatio) {
        for (final int register : READ_ONLY) {
            readOnly.set(register);
        }
        real(UNDER_VOLTAGE, 15);
        real(1, 0.9f);
        real(OVER_TEMPERATURE, 100);
        real(3, 9.8f);
        real(4, 10);
        real(5, -10);
        real(6, 30);
        whole(MST_ID, 0);
        whole(ESC_ID, id);
        whole(TIMEOUT, 0);
        whole(CONTROL_MODE, 1);
        whole(13, 0x1102);
        whole(14, 0x5016);
        real(20, gearRatio);
        real(POSITION_MAX, position);
        real(VELOCITY_MAX, velocity);
        real(TORQUE_MAX, torque);
        real(OVER_VOLTAGE, 32);
        whole(35, 4);
        whole(36, 2);
        real(BUS_VOLTAGE, 24);
        real(BOARD_CELSIUS, 0);
        real(MOTOR_CELSIUS, 0);
        real(MOTOR_POSITION, 0);
        real(OUTPUT_POSITION, 0);
        save();
    }

    boolean knows(final int register) {
        return register < COUNT && known.get(register);
    }

    int word(final int register) {
        return words[register];
    }

    float real(final int register) {
        return Float.intBitsToFloat(words[register]);
    }

    /** A write over the bus; read-only registers keep their value. */
    void write(final int register, final int word) {
        if (!readOnly.get(register)) {
            words[register] = word;
        }
    }

    void real(final int register, final float value) {
        whole(register, Float.floatToRawIntBits(value));
    }

    void whole(final int register, final int value) {
        words[register] = value;
        known.set(register);
    }

    /** RAM to flash. */
    void save() {
        System.arraycopy(words, 0, flash, 0, COUNT);
    }

    /** Flash to RAM, as at power-on. */
    void restore() {
        System.arraycopy(flash, 0, words, 0, COUNT);
    }
}
