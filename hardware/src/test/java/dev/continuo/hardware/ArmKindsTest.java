package dev.continuo.hardware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.continuo.config.ArmProfile;
import dev.continuo.config.DriverProfile;
import dev.continuo.config.ProfileException;
import dev.continuo.config.ProfileReader;
import dev.continuo.hardware.kinematics.ArmChains;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArmKindsTest {
    @TempDir
    private Path folder;

    private ArmProfile arm(final String model, final String settings, final String axes) throws IOException {
        return ProfileReader.read(Files.writeString(folder.resolve("arm.conf"), """
            extends = arx-sim
            arms = [ { name = left, model = %1$s, rate-hz = 100, settings { %2$s }, base { x = 0, y = 0, z = 0, yaw = 0 }, ready-pose = %3$s, park-pose = %3$s
              limits { minimum = %3$s, maximum = %4$s, velocity = %4$s, acceleration = %4$s, jerk = %4$s, workspace = ${definitions.r5-limits.workspace} } } ]
            """.formatted(model, settings, axes, axes.replace('0', '1'))).toString()).arms().getFirst();
    }

    private void assertRefused(final String model, final String settings, final String axes, final String why) throws IOException {
        final ArmProfile arm = arm(model, settings, axes);
        assertEquals(why, assertThrows(ProfileException.class, () -> ArmKinds.open(arm, (DriverProfile.Plugin) arm.driver())).getMessage());
    }

    @Test
    void anArmIsWhatItsPluginSays() throws IOException {
        final ArmProfile arm = arm("two-joint", "tool = 0.25", "[0, 0, 0]");
        assertEquals(2, ArmChains.of(arm.driver()).jointCount());
        assertEquals(0.25, ArmChains.of(arm.driver()).toolOffset()[0]);
        try (Arm driver = ArmKinds.open(arm, (DriverProfile.Plugin) arm.driver())) {
            assertEquals("left", driver.name());
        }
    }

    @Test
    void whatDoesNotFitIsToldInOneLine() throws IOException {
        assertRefused("three-joint", "tool = 0.25", "[0, 0, 0]", "arm left: no type three-joint; there are fr3, l5, panda, r5, two-joint, x5");
        assertRefused("two-joint", "tool = 0.25", "[0, 0]", "arm left: the type two-joint has 2 joints and a gripper, its limits have 2 values");
        assertRefused("two-joint", "tool = 2.5", "[0, 0, 0]", "arm left: settings.tool must be from 0.0 to 1.0, is 2.5");
        assertRefused("two-joint", "tool = 0.25, landmark = 2", "[0, 0, 0]", "arm left: the type two-joint has its landmark on link 2 of 0 to 1");
        final int closed = TwoJointKind.closed;
        assertRefused("two-joint", "tool = 0.25, tol = 1", "[0, 0, 0]", "arm left: unknown key settings.tol; known here: driver-axes, landmark, tool");
        assertRefused("two-joint", "tool = 0.25, driver-axes = 5", "[0, 0, 0]", "arm left: the driver of the type two-joint has 5 axes and a state of 5, its limits have 3 values");
        assertEquals(closed + 2, TwoJointKind.closed, "what was opened is closed");
    }
}
