package dev.continuo.simulation.motors;

/** A motor on a CAN bus. */
public sealed interface SimulatedMotor permits DamiaoMotor, EncosMotor {

    /** The identifier that it is commanded on. */
    int canId();

    /**
     * A frame on the bus, addressed to this motor or not.
     *
     * @param reply filled in if the motor replies
     * @return whether it replies
     */
    boolean onFrame(int id, long data, int length, long nowNanos, MotorReply reply);

    /** Lets time pass: time-outs, temperatures. */
    void tick(long nowNanos, double seconds);

    /** A fault as its drive reports it, latched or not as that drive does; see the motor's own status codes. */
    void fail(int status);

    /** Switches the drive off and on again: disabled, without errors, registers as they were saved. */
    void powerCycle();
}
