package dev.continuo.hardware.arx;

/**
 * One motor of an arm and how it is driven.
 *
 * @param joint       the joint's name: {@code J1} to {@code J6} or {@code gripper}
 * @param canId       identifier on the bus, 1 to 15
 * @param type        its type
 * @param kp          stiffness while holding, Nm/rad
 * @param kd          damping while holding, Nm s/rad
 * @param dampingKd   damping while the arm is only damped: raised where gravity pulls most
 * @param torqueLimit the torque past which the driver trips, Nm: what the motor can deliver
 */
public record ArxMotor(
    String joint, int canId, MotorType type, float kp, float kd, float dampingKd, float torqueLimit) {

    /** How people find it: joint, identifier and type. */
    public String describe() {
        return "motor " + canId + " (" + joint + ", " + type.name() + ")";
    }
}
