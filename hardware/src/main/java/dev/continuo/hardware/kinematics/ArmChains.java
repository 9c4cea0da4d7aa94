package dev.continuo.hardware.kinematics;

import dev.continuo.config.DriverProfile;
import dev.continuo.hardware.ArmKinds;

/** The geometry of the arms that profiles name. */
public final class ArmChains {
    private ArmChains() {
    }

    /**
     * The chain of a profile's arm, to the tool that it has.
     *
     * @throws dev.continuo.config.ProfileException if no plugin brings its type, or the plugin's arm is not as the profile says
     */
    public static SerialChain of(final DriverProfile driver) {
        return switch (driver) {
            case DriverProfile.Arx arx -> ArxChains.of(arx.model());
            case DriverProfile.Franka franka -> FrankaChains.of(franka);
            case DriverProfile.Plugin plugin -> ArmKinds.chain(plugin);
        };
    }
}
