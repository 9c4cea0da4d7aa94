package dev.continuo.hardware;

/**
 * The torques that hold an arm still against gravity: the feed-forward of a control cycle.
 *
 * <p>Implementations are used by one thread and do not allocate.
 */
@FunctionalInterface
public interface GravityModel {

    /**
     * Computes the torques at rest.
     *
     * @param position joint angles, radians; at least as many as the arm has joints, further values are ignored
     * @param torque   receives one torque per joint, Nm; further elements are left alone
     */
    void torques(double[] position, double[] torque);
}
