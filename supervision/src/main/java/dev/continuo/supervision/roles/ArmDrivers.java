package dev.continuo.supervision.roles;

import dev.continuo.config.ArmProfile;
import dev.continuo.config.TransportProfile;
import dev.continuo.hardware.Arm;
import dev.continuo.hardware.arx.ArxArm;
import dev.continuo.hardware.can.CanBus;
import dev.continuo.hardware.kinematics.ArxChains;
import dev.continuo.hardware.kinematics.ChainDynamics;

/** Makes the driver of an arm as its profile describes it. */
final class ArmDrivers {
    private ArmDrivers() {
    }

    /**
     * A driver that connects as soon as it is polled.
     *
     * @throws dev.continuo.config.ProfileException if the adapter is absent or cannot be used
     */
    static Arm open(final ArmProfile profile) {
        return new ArxArm(profile, CanBus.open(profile.transport()), new ChainDynamics(ArxChains.of(profile.model())));
    }

    /**
     * Requires the adapters and CAN interfaces of all arms before anything is started.
     *
     * @throws dev.continuo.config.ProfileException if one is absent or cannot be used
     */
    static void require(final Iterable<ArmProfile> arms) {
        for (final ArmProfile arm : arms) {
            if (!(arm.transport() instanceof TransportProfile.LocalSocket)) {
                open(arm).close();
            }
        }
    }
}
