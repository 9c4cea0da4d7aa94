package dev.continuo.supervision.roles;

import dev.continuo.config.ArmProfile;
import dev.continuo.config.DriverProfile;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileException;
import dev.continuo.config.TransportProfile;
import dev.continuo.hardware.Arm;
import dev.continuo.hardware.ArmKinds;
import dev.continuo.hardware.arx.ArxArm;
import dev.continuo.hardware.can.CanBus;
import dev.continuo.hardware.franka.FciVersion;
import dev.continuo.hardware.franka.FrankaArm;
import dev.continuo.hardware.franka.FrankaConnector;
import dev.continuo.hardware.franka.FrankaException;
import dev.continuo.hardware.franka.FrankaWarmUp;
import dev.continuo.hardware.kinematics.ArxChains;
import dev.continuo.hardware.kinematics.ChainDynamics;
import dev.continuo.hardware.kinematics.FrankaChains;
import org.agrona.concurrent.SystemNanoClock;

/** Makes the driver of an arm as its profile describes it. */
final class ArmDrivers {
    /** For whatever a robot has to say. */
    private static final long ANSWER_NANOS = 3_000_000_000L;

    private ArmDrivers() {
    }

    /**
     * A driver that connects as soon as it is polled.
     *
     * @throws ProfileException if the adapter is absent or cannot be used
     */
    static Arm open(final ArmProfile profile) {
        return switch (profile.driver()) {
            case DriverProfile.Arx arx -> new ArxArm(profile, CanBus.open(arx.transport()), new ChainDynamics(ArxChains.of(arx.model())));
            case DriverProfile.Franka franka ->
                new FrankaArm(profile.name(), FrankaConnector.to(franka, SystemNanoClock.INSTANCE::nanoTime, ANSWER_NANOS), franka.cutOffHertz());
            case DriverProfile.Plugin plugin -> ArmKinds.open(profile, plugin);
        };
    }

    /**
     * Requires the adapters, CAN interfaces, plugins and robots of a cell before anything is started; those that are simulated are there once the cell is.
     *
     * @throws ProfileException if one is absent or cannot be used
     */
    static void require(final Profile cell) {
        for (final ArmProfile arm : cell.arms()) {
            switch (arm.driver()) {
                case DriverProfile.Arx(_, final TransportProfile.LocalSocket _, _) -> { }
                case DriverProfile.Arx _, DriverProfile.Plugin _ -> open(arm).close();
                case DriverProfile.Franka franka -> {
                    if (!cell.cell().enabled()) {
                        requireRobot(arm.name(), franka);
                    }
                }
            }
        }
    }

    /** Runs the drivers that can be run without their arm, so that their code is compiled before an arm moves. */
    static void warmUp(final Profile cell, final int cycles) {
        for (final ArmProfile arm : cell.arms()) {
            if (arm.driver() instanceof DriverProfile.Franka franka) {
                FrankaWarmUp.run(FrankaChains.PANDA.name().equals(franka.model()) ? FciVersion.PANDA : FciVersion.FR3, arm.readyPose().toArray(), cycles,
                    SystemNanoClock.INSTANCE::nanoTime);
            }
        }
    }

    private static void requireRobot(final String arm, final DriverProfile.Franka franka) {
        try {
            FrankaConnector.connect(franka, SystemNanoClock.INSTANCE::nanoTime, ANSWER_NANOS).close();
        } catch (final FrankaException absent) {
            throw new ProfileException("arm " + arm + ": " + absent.getMessage(), absent);
        }
    }
}
