package dev.continuo.hardware.arx;

import dev.continuo.config.ProfileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A type of ARX arm: its motors in axis order (six joints and the gripper) and the scale of its gripper.
 *
 * @param name                  {@code x5}, {@code l5} or {@code r5}
 * @param motors                seven motors in axis order
 * @param gripperWidthMetres    the opening of the open gripper
 * @param gripperOpenRadians    the gripper motor's position there; negative on some units; closed is 0
 * @param gripperSpeed          fastest motion of the gripper, m/s
 * @param gripperTorqueLimit    the torque that the gripper may press with, Nm at its motor
 */
public record ArxModel(
    String name,
    List<ArxMotor> motors,
    double gripperWidthMetres,
    double gripperOpenRadians,
    double gripperSpeed,
    double gripperTorqueLimit) {

    /** Axes of every ARX arm: six joints and the gripper. */
    public static final int AXES = 7;
    /** The gripper's axis. */
    public static final int GRIPPER = 6;

    /** X5: ENCOS motors in the first three joints. */
    public static final ArxModel X5 = of("x5", MotorType.EC_A4310);
    /** L5: Damiao motors throughout. */
    public static final ArxModel L5 = of("l5", MotorType.DM_J4340);
    /** R5: driven as the L5. */
    public static final ArxModel R5 = of("r5", MotorType.DM_J4340);

    private static final float[] PATH_KP = {200, 200, 200, 120, 80, 60};
    private static final float[] PATH_KD = {5, 5, 5, 1, 1, 1};

    /** A model of seven motors. */
    public ArxModel {
        motors = List.copyOf(motors);
        if (motors.size() != AXES) {
            throw new IllegalArgumentException("an ARX arm has " + AXES + " motors, not " + motors.size());
        }
    }

    private static ArxModel of(final String name, final MotorType proximal) {
        final MotorType distal = MotorType.DM_J4310;
        final float strong = proximal.peakTorque();
        final float weak = distal.peakTorque();
        // Damping of J2 and J3 is raised threefold up to the end of the field, of J4 by half: they carry the arm down.
        return new ArxModel(name, List.of(
            new ArxMotor("J1", 1, proximal, 80, 2.0f, 2.0f, strong),
            new ArxMotor("J2", 2, proximal, 70, 2.0f, 5.0f, strong),
            new ArxMotor("J3", 4, proximal, 70, 2.0f, 5.0f, strong),
            new ArxMotor("J4", 5, distal, 30, 1.0f, 1.5f, weak),
            new ArxMotor("J5", 6, distal, 30, 1.0f, 1.0f, weak),
            new ArxMotor("J6", 7, distal, 20, 0.7f, 0.7f, weak),
            new ArxMotor("gripper", 8, distal, 5, 0.2f, 0.2f, weak)), 0.088, 5.03, 0.3, 1.5);
    }

    /**
     * The model of that name, in any case.
     *
     * @throws ProfileException if there is none
     */
    public static ArxModel named(final String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "x5" -> X5;
            case "l5" -> L5;
            case "r5" -> R5;
            default -> throw new ProfileException("unknown ARX arm '" + name + "': x5, l5 and r5 are known");
        };
    }

    /**
     * The same model with the gains that the SDK follows paths with (those of its Cartesian controller). With the softer joint gains
     * the tool lags and overshoots by a centimetre in motions of half a second, with these by two millimetres.
     */
    public ArxModel forPaths() {
        final List<ArxMotor> stiff = new ArrayList<>();
        for (int axis = 0; axis < AXES; axis++) {
            final ArxMotor motor = motors.get(axis);
            stiff.add(axis == GRIPPER ? motor : new ArxMotor(motor.joint(), motor.canId(), motor.type(), PATH_KP[axis],
                PATH_KD[axis], motor.dampingKd(), motor.torqueLimit()));
        }
        return new ArxModel(name, stiff, gripperWidthMetres, gripperOpenRadians, gripperSpeed, gripperTorqueLimit);
    }

    /** The same model with the gripper as calibrated on one unit. */
    public ArxModel withGripper(final double widthMetres, final double openRadians) {
        return new ArxModel(name, motors, widthMetres, openRadians, gripperSpeed, gripperTorqueLimit);
    }
}
