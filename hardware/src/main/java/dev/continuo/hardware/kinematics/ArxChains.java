package dev.continuo.hardware.kinematics;

import dev.continuo.config.AxisVector;
import dev.continuo.hardware.kinematics.SerialChain.Axis;
import dev.continuo.hardware.kinematics.SerialChain.Joint;

/**
 * The ARX arms: geometry and masses from the makers' robot descriptions, position limits where the arx5-sdk and the vendor's own
 * library agree (the intersection of both).
 */
public final class ArxChains {

    private static final int[] LANDMARKS = {2, 3, 5};
    private static final double[] INERTIA_1_X5 = {8e-5, 0, 1e-5, 3e-5, 0, 7e-5};
    private static final double[] INERTIA_1_L5 = {1.1e-4, -1e-5, 1e-5, 5e-5, -1e-5, 1e-4};
    private static final double[] INERTIA_2 = {5.7063e-4, 1.1251e-4, 1.979e-5, 0.03669927, 1.203e-8, 0.03683489};
    private static final double[] INERTIA_3 = {1.78249e-3, -3.986e-5, 5.71e-3, 0.02486615, 1.346e-5, 0.02329476};
    private static final double[] INERTIA_4 = {1.7832e-4, 1.697e-5, 7.76e-5, 2.1182e-4, -1.779e-5, 1.1328e-4};
    private static final double[] INERTIA_5 = {2.54972e-3, 2.6e-7, -2.1534e-4, 2.55018e-3, -5.98e-7, 2.6961e-4};
    private static final double[] INERTIA_6 = {2.9e-4, 0, 0, 2.8e-4, -1e-5, 4.5e-4};

    /** ARX X5. */
    public static final SerialChain X5 = new SerialChain("x5", new double[] {0.145, 0, 0}, LANDMARKS,
        new Joint(at(0, 0, 0.0603), 0, Axis.Z, -2.618, 2.618, 0.064, at(0.00571213, 0.0002547, 0.01750661), INERTIA_1_X5),
        new Joint(at(0.02, 0, 0.0402), 0, Axis.Y, -0.05, 3.5, 1.165, at(-0.13225701, 0.00072373, 4.274e-5), INERTIA_2),
        new Joint(at(-0.264, 0, 0), -Math.PI, Axis.Y, -0.1, 3.0, 0.546, at(0.19096098, 0.00069065, -0.05342172), INERTIA_3),
        new Joint(at(0.245, 0, -0.056), 0, Axis.Y, -1.6, 1.55, 0.080971, at(0.03092317, 0.0066107, -0.03138504), INERTIA_4),
        new Joint(at(0.06575, -0.001, -0.0825), 0, Axis.Z, -1.57, 1.57, 0.655, at(0.0040681, 8.85e-6, 0.05120675), INERTIA_5),
        new Joint(at(0.02845, 0, 0.0825), -Math.PI, Axis.X, -1.97, 2.0, 0.581, at(0.05435277, 0, 0), INERTIA_6));

    /** ARX L5. */
    public static final SerialChain L5 = new SerialChain("l5", new double[] {0.155, 0, 0}, LANDMARKS,
        new Joint(at(0, 0, 0.0565), 0, Axis.Z, -2.618, 2.618, 0.09728, at(0.005056, -0.0078534, 0.020887), INERTIA_1_L5),
        new Joint(at(0.02, 0, 0.047), 0, Axis.Y, -0.05, 3.5, 1.1477, at(-0.12983, -0.00073729, -1.2236e-5), INERTIA_2),
        new Joint(at(-0.264, 0, 0), Math.PI, Axis.Y, -0.1, 3.0, 0.66, at(0.15404, 5.5e-7, -0.054689), INERTIA_3),
        new Joint(at(0.245, 0, -0.06), 0, Axis.Y, -1.6, 1.55, 0.11714, at(0.040231, 0.0039307, -0.035335), INERTIA_4),
        new Joint(at(0.06775, -5e-5, -0.0865), 0, Axis.Z, -1.57, 1.57, 0.6353, at(0.0036004, -1.5445e-5, 0.055255), INERTIA_5),
        new Joint(at(0.02895, 0, 0.0865), Math.PI, Axis.X, -1.97, 2.0, 0.581, at(0.050676, -4.9137e-5, 5.123e-5), INERTIA_6));

    /** ARX R5: an L5 with a heavier forearm. */
    public static final SerialChain R5 = new SerialChain("r5", new double[] {0.155, 0, 0}, LANDMARKS,
        L5.joint(0), L5.joint(1), L5.joint(2).withMass(0.74116), L5.joint(3), L5.joint(4), L5.joint(5));

    /** Typical of the motors that ARX uses; estimates. */
    public static final ChainDynamics.Drive DRIVE = new ChainDynamics.Drive(
        AxisVector.of(0.03, 0.03, 0.03, 0.01, 0.01, 0.01),
        AxisVector.of(0.3, 0.3, 0.3, 0.1, 0.1, 0.1),
        AxisVector.of(0.2, 0.2, 0.2, 0.1, 0.1, 0.1));

    private ArxChains() {
    }

    /**
     * The chain of an arm model as profiles name it: {@code x5}, {@code l5} or {@code r5}.
     *
     * @throws IllegalArgumentException for any other name
     */
    public static SerialChain of(final String model) {
        return switch (model) {
            case "x5" -> X5;
            case "l5" -> L5;
            case "r5" -> R5;
            default -> throw new IllegalArgumentException("unknown arm model " + model + ": x5, l5 or r5");
        };
    }

    private static double[] at(final double x, final double y, final double z) {
        return new double[] {x, y, z};
    }
}
