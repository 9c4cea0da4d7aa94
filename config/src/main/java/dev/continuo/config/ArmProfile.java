package dev.continuo.config;

import java.util.Optional;

/**
 * One arm of the cell.
 *
 * @param name           the arm's name: {@code left} or {@code right} in a bimanual cell
 * @param driver         which arm it is, and how it is reached
 * @param actions        what the policy's numbers for it mean
 * @param rateHz         control cycles per second
 * @param base           where the arm stands in the cell
 * @param limits         what the safety envelope enforces, per axis; the last axis is the gripper in metres of opening
 * @param readyPose      the pose between trials, joint angles in radians and the gripper opening in metres
 * @param parkPose       the pose before exit, likewise
 * @param contact        how hard it may touch something; empty where nothing feels that
 */
public record ArmProfile(
    String name,
    DriverProfile driver,
    ActionSpace actions,
    int rateHz,
    BasePose base,
    AxisLimits limits,
    AxisVector readyPose,
    AxisVector parkPose,
    Optional<ContactLimit> contact) {

    /** The arm's type as profiles name it, for example {@code r5}. */
    public String model() {
        return driver.model();
    }

    /** The joints and the gripper. */
    public int axisCount() {
        return driver.axisCount();
    }

    /** The arm's numbers in a chunk's rows and in the policy's state. */
    public int columns() {
        return actions.columns(axisCount());
    }

    /** The nominal duration of one control cycle. */
    public long periodNanos() {
        return 1_000_000_000L / rateHz;
    }

    /**
     * What drives it, for those who know ARX arms only.
     *
     * @throws ProfileException if it is another arm
     */
    public DriverProfile.Arx arx() {
        if (driver instanceof DriverProfile.Arx arx) {
            return arx;
        }
        throw new ProfileException("the " + name + " arm is of type " + model() + "; this needs an ARX arm: x5, l5 or r5");
    }

    /** The CAN interface of this computer that its motors hang on; empty where they are reached in another way. */
    public Optional<String> canInterface() {
        return driver instanceof DriverProfile.Arx(_, TransportProfile.SocketCan(final String name), _) ? Optional.of(name) : Optional.empty();
    }

    /** The same arm, reached in another way. */
    public ArmProfile withDriver(final DriverProfile other) {
        return new ArmProfile(name, other, actions, rateHz, base, limits, readyPose, parkPose, contact);
    }
}
