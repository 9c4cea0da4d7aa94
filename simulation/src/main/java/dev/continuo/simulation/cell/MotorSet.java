package dev.continuo.simulation.cell;

import dev.continuo.simulation.motors.DamiaoMotor;
import dev.continuo.simulation.motors.EncosMotor;
import dev.continuo.simulation.motors.Shaft;
import dev.continuo.simulation.motors.SimulatedMotor;
import dev.continuo.simulation.physics.ArmPlant;
import java.util.ArrayList;
import java.util.List;

/** The motors of an arm, under the identifiers that ARX gives them. */
public final class MotorSet {
    /** The CAN identifiers of the axes; 3 is unused. */
    private static final int[] CAN_IDS = {1, 2, 4, 5, 6, 7, 8};
    private static final int SHOULDER_JOINTS = 3;

    private MotorSet() {
    }

    /** Seven motors that turn the axes of {@code arm}, in their order. */
    public static List<SimulatedMotor> of(final ArmPlant arm) {
        final List<SimulatedMotor> motors = new ArrayList<>();
        for (int axis = 0; axis < ArmPlant.AXES; axis++) {
            final int id = CAN_IDS[axis];
            final Shaft shaft = Shaft.of(arm, axis);
            if (axis >= SHOULDER_JOINTS) {
                motors.add(DamiaoMotor.j4310(id, shaft));
            } else {
                motors.add(arm.model().encosShoulder() ? new EncosMotor(id, shaft) : DamiaoMotor.j4340(id, shaft));
            }
        }
        return motors;
    }

    /** The CAN identifier of an axis' motor. */
    public static int canId(final int axis) {
        return CAN_IDS[axis];
    }
}
