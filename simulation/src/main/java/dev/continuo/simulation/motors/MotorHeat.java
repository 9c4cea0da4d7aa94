package dev.continuo.simulation.motors;

/**
 * How warm a motor gets: coil and power stage, each a first-order lag driven by the square of the torque. At rated torque the coil ends
 * at 80 °C.
 */
final class MotorHeat {
    private static final double AMBIENT = 25;
    private static final double COIL_RISE = 55;
    private static final double COIL_SECONDS = 120;
    private static final double MOSFET_RISE = 20;
    private static final double MOSFET_SECONDS = 20;

    private final double ratedTorque;
    private double coil = AMBIENT + 8;
    private double mosfet = AMBIENT + 11;

    MotorHeat(final double ratedTorque) {
        this.ratedTorque = ratedTorque;
    }

    void step(final double torque, final double seconds) {
        final double load = torque * torque / (ratedTorque * ratedTorque);
        coil += seconds / COIL_SECONDS * (AMBIENT + COIL_RISE * load - coil);
        mosfet += seconds / MOSFET_SECONDS * (AMBIENT + MOSFET_RISE * load - mosfet);
    }

    void set(final double mosfetCelsius, final double coilCelsius) {
        mosfet = mosfetCelsius;
        coil = coilCelsius;
    }

    double coilCelsius() {
        return coil;
    }

    double mosfetCelsius() {
        return mosfet;
    }
}
