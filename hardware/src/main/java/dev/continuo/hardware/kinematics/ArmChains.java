package dev.continuo.hardware.kinematics;

import dev.continuo.config.DriverProfile;

/** The geometry of the arms that profiles name. */
public final class ArmChains {
    private ArmChains() {
    }

    /** The chain of a profile's arm, to the tool that it has. */
    public static SerialChain of(final DriverProfile driver) {
        return switch (driver) {
            case DriverProfile.Arx arx -> ArxChains.of(arx.model());
            case DriverProfile.Franka franka -> FrankaChains.of(franka);
        };
    }
}
