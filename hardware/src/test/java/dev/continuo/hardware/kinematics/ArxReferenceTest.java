package dev.continuo.hardware.kinematics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.Test;

/** Forward kinematics and gravity against values that two independent programs computed from the makers' robot descriptions. */
class ArxReferenceTest {
    private static final double[][] POSES = {
        {0, 0, 0, 0, 0, 0}, {0, .948, .858, -.573, 0, 0}, {0, 1.57, 1.57, 0, 0, 0}, {.5, 1.2, .9, -.4, .3, -.2}, {0, .6, .3, .3, 0, 0}};

    @ParameterizedTest(name = "{0} pose {1}")
    @CsvSource({
        "x5, 0, .2402 .001 .1565, 0 0 0, 0 .82808 5.5063 1.31947 0 0",
        "x5, 1, .30357 .001 .20146, 0 .663 0, 0 -1.7451 5.4396 1.179 4e-5 0",
        "x5, 2, .50399 .001 .4205, 0 0 0, 0 -5.50175 5.5063 1.31947 0 0",
        "x5, 3, .33298 .12464 .17855, -.44397 .66295 .11567, 0 -3.14097 5.43582 1.13772 .09483 0",
        "x5, 4, .29192 .001 .23066, 0 0 0, 0 -.38987 5.61758 1.31947 0 0",
        "l5, 0, .2527 5e-5 .1635, 0 0 0, 0 1.09101 5.53141 1.33049 0 -.00028",
        "l5, 1, .31378 5e-5 .20075, 0 .663 0, 0 -1.61683 5.47985 1.1936 1.1e-4 -2.2e-4",
        "l5, 2, .51649 5e-5 .4275, 0 0 0, 0 -5.52599 5.53141 1.33049 0 -2.8e-4",
        "l5, 3, .34403 .12606 .17762, -.44395 .66295 .11566, 0 -3.10306 5.50287 1.1531 .09072 -1e-4",
        "l5, 4, .3056 5e-5 .23748, 0 0 0, 0 -.21447 5.68026 1.33049 0 -2.8e-4"})
    void toolPoseAndGravityTorquesAgreeWithTheReference(
        final String model, final int index, final String tip, final String angles, final String torques) {
        final SerialChain chain = ArxChains.of(model);
        final Pose pose = new Pose();
        new ArxKinematics(chain).toolPose(POSES[index], pose);
        assertArrayEquals(values(tip), pose.position, 1e-4);
        assertArrayEquals(values(angles), new double[] {pose.roll(), pose.pitch(), pose.yaw()}, 1e-4);

        final double[] torque = new double[6];
        new ChainDynamics(chain).torques(POSES[index], torque);
        assertArrayEquals(values(torques), torque, 1e-3);
    }

    @Test
    void pitchOfTheToolFollowsTheThreeParallelJoints() {
        final double[] position = {0, 1.1, 0.7, -0.6, 0, 0};
        final Pose pose = new Pose();
        new ArxKinematics(ArxChains.R5).toolPose(position, pose);
        assertEquals(position[1] - position[2] - position[3], pose.pitch(), 1e-12);
    }

    @Test
    void shouldRefuseAnUnknownModelByName() {
        assertThrows(IllegalArgumentException.class, () -> ArxChains.of("x7"));
    }

    private static double[] values(final String text) {
        final String[] parts = text.trim().split("\\s+");
        final double[] values = new double[parts.length];
        for (int i = 0; i < parts.length; i++) {
            values[i] = Double.parseDouble(parts[i]);
        }
        return values;
    }
}
