package dev.continuo.hardware;

import dev.continuo.config.ArmProfile;
import dev.continuo.config.DriverProfile;
import dev.continuo.config.ProfileException;
import dev.continuo.hardware.kinematics.SerialChain;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** Finds the code of arms that plugins bring. All failures are {@link ProfileException}s of one line that names the arm. */
public final class ArmKinds {
    private ArmKinds() {
    }

    /**
     * The geometry of a plugin's arm.
     *
     * @throws ProfileException if nobody brings its type, the message says which there are; if it has another number of joints than the profile says, or landmarks on none of its links
     */
    public static SerialChain chain(final DriverProfile.Plugin driver) {
        final SerialChain chain = kind(driver).chain(driver.settings());
        if (chain.jointCount() + 1 != driver.axisCount()) {
            throw new ProfileException(driver.settings().owner() + ": the type " + driver.model() + " has " + chain.jointCount() + " joints and a gripper, its limits have "
                + driver.axisCount() + " values");
        }
        for (final int landmark : chain.landmarks()) {
            if (landmark < 0 || landmark >= chain.jointCount()) {
                throw new ProfileException(driver.settings().owner() + ": the type " + driver.model() + " has its landmark on link " + landmark + " of 0 to " + (chain.jointCount() - 1));
            }
        }
        return chain;
    }

    /**
     * Makes the driver of a plugin's arm.
     *
     * @throws ProfileException if nobody brings its type, its settings cannot work, or the driver does not fit the profile
     */
    public static Arm open(final ArmProfile profile, final DriverProfile.Plugin driver) {
        chain(driver);
        final Arm arm = kind(driver).open(profile, driver.settings());
        try {
            driver.settings().finish();
            if (arm.axisCount() != driver.axisCount() || arm.state().position.length != driver.axisCount()) {
                throw new ProfileException(driver.settings().owner() + ": the driver of the type " + driver.model() + " has " + arm.axisCount() + " axes and a state of "
                    + arm.state().position.length + ", its limits have " + driver.axisCount() + " values");
            }
            return arm;
        } catch (final ProfileException unfit) {
            arm.close();
            throw unfit;
        }
    }

    private static ArmKind kind(final DriverProfile.Plugin driver) {
        final List<ArmKind> kinds = ServiceLoader.load(ArmKind.class).stream().map(ServiceLoader.Provider::get).toList();
        return kinds.stream().filter(kind -> kind.name().equals(driver.model())).findFirst().orElseThrow(() -> new ProfileException(driver.settings().owner() + ": no type "
            + driver.model() + "; there are " + String.join(", ", Stream.concat(DriverProfile.BUILT_IN.stream(), kinds.stream().map(ArmKind::name)).sorted().toList())));
    }
}
