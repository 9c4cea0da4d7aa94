package dev.continuo.hardware;

/** The torque that holds an arm against gravity. */
@FunctionalInterface
public interface GravityModel {

    /** No gravity: an arm lying on its side, or a test. */
    GravityModel NONE = (jointPosition, torqueOut) -> java.util.Arrays.fill(torqueOut, 0.0);

    /**
     * Computes the holding torques. Called in the control cycle: must not allocate.
     *
     * @param jointPosition joint angles in radians, base to tip; may be longer than the number of joints
     * @param torqueOut     receives the torque that each motor must supply, in Nm at the joint
     */
    void torques(double[] jointPosition, double[] torqueOut);
}
