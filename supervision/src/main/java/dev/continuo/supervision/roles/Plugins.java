package dev.continuo.supervision.roles;

import dev.continuo.actors.agent.Policies;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileException;
import dev.continuo.hardware.kinematics.ArmChains;
import dev.continuo.perception.sensor.Sensors;

/** What a profile wants of plugins. */
public final class Plugins {
    private Plugins() {
    }

    /**
     * Requires the arms, sensors and the policy that a profile names to be there, without opening any.
     *
     * @throws ProfileException with one line that says what nobody brings, and which there are
     */
    public static void require(final Profile profile) {
        profile.arms().forEach(arm -> ArmChains.of(arm.driver()));
        profile.sensors().forEach(Sensors::kind);
        if (!profile.policy().isModel()) {
            Policies.kind(profile.policy());
        }
    }
}
