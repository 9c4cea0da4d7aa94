package dev.continuo.simulation.physics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FallingArmTest {
    private static final double STEP_SECONDS = 0.001;

    @Test
    void anArmThatLetsGoComesToRestOnTheTable() {
        for (final double shoulder : new double[] {1.3, 1.8, 2.4}) {
            final ArmPlant arm = new ArmPlant(ArmModel.R5);
            arm.reset(new double[] {0.2, shoulder, 1.2, -0.7, 0.1, 0, 0.07}, 0);
            double lowest = 1;
            for (int i = 0; i < 8_000; i++) {
                arm.step(STEP_SECONDS);
                for (int link = 2; link < ArmModel.JOINTS; link++) {
                    lowest = Math.min(lowest, arm.dynamics().origin(link)[2]);
                }
            }
            assertTrue(lowest > -0.02, "from " + shoulder + " a link sinks to " + lowest);
            for (int joint = 0; joint < ArmModel.JOINTS; joint++) {
                assertEquals(0, arm.speed(joint), 0.05, "from " + shoulder + " joint " + joint + " comes to rest");
            }
        }
    }
}
