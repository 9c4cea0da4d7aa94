package dev.continuo.config;

/**
 * One arm of the cell.
 *
 * @param name           the arm's name: {@code left} or {@code right} in a bimanual cell
 * @param model          the arm's type: {@code x5}, {@code l5} or {@code r5}
 * @param transport      how CAN frames reach its motors
 * @param rateHz         control cycles per second
 * @param base           where the arm stands in the cell
 * @param limits         what the safety envelope enforces, per axis; axis 6 is the gripper in metres of opening
 * @param readyPose      the pose between trials, six joint angles in radians and the gripper opening in metres
 * @param parkPose       the pose before exit, likewise
 * @param motorTimeoutNanos the time after which the motors go limp by themselves without commands; 0 leaves their setting alone
 */
public record ArmProfile(
    String name,
    String model,
    TransportProfile transport,
    int rateHz,
    BasePose base,
    AxisLimits limits,
    AxisVector readyPose,
    AxisVector parkPose,
    long motorTimeoutNanos) {

    /** Axes of an ARX arm as state and action vectors see it: six joints and the gripper. */
    public static final int AXES = 7;

    /** The nominal duration of one control cycle. */
    public long periodNanos() {
        return 1_000_000_000L / rateHz;
    }
}
