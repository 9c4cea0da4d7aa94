package dev.continuo.hardware.arx;

/** A type of motor: the protocol that it speaks and what its maker says that it can do. */
public sealed interface MotorType {
    /** Damiao DM-J4310: wrists and grippers. Ranges as ARX's own library assumes them for the R5. */
    MotorType DM_J4310 = new Damiao("DM-J4310", MotorRanges.damiao(12.5f, 45.0f, 10.0f), 7.0f, 20.9f);
    /** Damiao DM-J4340: the first three joints of L5 and R5. */
    MotorType DM_J4340 = new Damiao("DM-J4340", MotorRanges.damiao(12.5f, 45.0f, 28.0f), 27.0f, 5.4f);
    /** ENCOS EC-A4310-P2: the first three joints of the X5. */
    MotorType EC_A4310 =
        new Encos("EC-A4310", new MotorRanges(12.5f, 18.0f, 30.0f, 30.0f, 500.0f, 5.0f), 30.0f, 18.0f, 1.4f);

    /** The maker's name for it. */
    String name();

    /** The ranges to assume of a motor that does not tell its own. */
    MotorRanges ranges();

    /** The largest torque it delivers, Nm at the output. */
    float peakTorque();

    /** Its speed without load, rad/s at the output. */
    float maximumSpeed();

    /**
     * A motor that speaks the Damiao protocol in MIT mode, answers on the identifier 0, and has to be enabled.
     *
     * @param name         the maker's name
     * @param ranges       assumed unless the motor's registers say otherwise
     * @param peakTorque   Nm
     * @param maximumSpeed rad/s
     */
    record Damiao(String name, MotorRanges ranges, float peakTorque, float maximumSpeed) implements MotorType {
    }

    /**
     * A motor that speaks the ENCOS protocol, answers on its own identifier, and is always enabled.
     *
     * @param name           the maker's name
     * @param ranges         assumed unless the motor says otherwise
     * @param peakTorque     Nm
     * @param maximumSpeed   rad/s
     * @param torqueConstant Nm per ampere: its feedback carries current
     */
    record Encos(String name, MotorRanges ranges, float peakTorque, float maximumSpeed, float torqueConstant)
        implements MotorType {
    }
}
