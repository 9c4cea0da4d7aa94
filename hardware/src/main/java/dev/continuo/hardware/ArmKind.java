package dev.continuo.hardware;

import dev.continuo.config.ArmProfile;
import dev.continuo.config.PluginSettings;
import dev.continuo.hardware.kinematics.SerialChain;

/**
 * A kind of arm: what has to be written to add one. Named in {@code META-INF/services/dev.continuo.hardware.ArmKind} and made with a constructor without parameters.
 *
 * <p>Its calls may allocate and come from any thread; none of them waits for the arm.
 */
public interface ArmKind {

    /** The kind's name, a profile's {@code model} of an arm. */
    String name();

    /**
     * The arm's geometry, to the tool: as many joints as the profile's limits have values, but for the gripper.
     *
     * @throws dev.continuo.config.ProfileException if the settings cannot work
     */
    SerialChain chain(PluginSettings settings);

    /**
     * Makes the driver of an arm, which connects once it is polled. Called again after a failure that the driver did not recover from.
     *
     * @param settings those of the profile's arm
     * @throws dev.continuo.config.ProfileException if the settings cannot work
     */
    Arm open(ArmProfile profile, PluginSettings settings);
}
