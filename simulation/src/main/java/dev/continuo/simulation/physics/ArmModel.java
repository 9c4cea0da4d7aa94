package dev.continuo.simulation.physics;

import java.util.Locale;

/**
 * The mechanics of one ARX arm type, as published by its maker: joint origins, masses and inertias of the URDF, ratings of the motors.
 *
 * <p>Lengths in metres, masses in kilograms, inertias in kg m². Joint {@code i} turns link {@code i} (0 to 5) about {@link #axis}.
 * Friction, armature and mechanical stops are plausible values, not identified ones.
 */
public enum ArmModel {
    /** The 2023 X5: EC-A4310 in the first three joints, DM-J4310 in the rest. */
    X5(true, new double[][] {
        {0, 0, 0.0603}, {0.02, 0, 0.0402}, {-0.264, 0, 0}, {0.245, 0, -0.056}, {0.06575, -0.001, -0.0825}, {0.02845, 0, 0.0825}},
        new double[] {0, 0, -Math.PI, 0, 0, -Math.PI}, 0.145,
        new double[] {0.064, 1.165, 0.546, 0.080971, 0.655, 0.581},
        new double[][] {
            {0.00571213, 0.0002547, 0.01750661}, {-0.13225701, 0.00072373, 4.274e-5}, {0.19096098, 0.00069065, -0.05342172},
            {0.03092317, 0.0066107, -0.03138504}, {0.0040681, 8.85e-6, 0.05120675}, {0.05435277, 0, 0}},
        new double[] {8e-5, 0, 1e-5, 3e-5, 0, 7e-5}),
    /** The L5: DM-J4340 in the first three joints, DM-J4310 in the rest. */
    L5(false, Tables.L5_ORIGINS, Tables.L5_ROLLS, 0.155, new double[] {0.09728, 1.1477, 0.66, 0.11714, 0.6353, 0.581},
        Tables.L5_CENTRES, Tables.L5_FIRST_INERTIA),
    /** The R5: an L5 with a heavier forearm. */
    R5(false, Tables.L5_ORIGINS, Tables.L5_ROLLS, 0.155, new double[] {0.09728, 1.1477, 0.74116, 0.11714, 0.6353, 0.581},
        Tables.L5_CENTRES, Tables.L5_FIRST_INERTIA);

    /** Joints without the gripper. */
    public static final int JOINTS = 6;
    /** The gripper's opening between its stops, metres. */
    public static final double GRIPPER_WIDTH = 0.088;
    /** The gripper motor's angle at full opening, radians; closed is 0. */
    public static final double GRIPPER_OPEN_RADIANS = 5.03;

    private static final int[] AXES = {2, 1, 1, 1, 2, 0};
    private static final double[] STOP_MINIMUM = {-3.2, -0.12, -0.12, -1.75, -1.65, -2.15};
    private static final double[] STOP_MAXIMUM = {3.2, 3.65, 3.25, 1.62, 1.65, 2.15};
    private static final double[] ARMATURE = {0.02, 0.02, 0.02, 0.002, 0.002, 0.002};
    private static final double[] VISCOUS = {0.3, 0.3, 0.3, 0.1, 0.1, 0.1};
    private static final double[] COULOMB = {0.2, 0.2, 0.2, 0.1, 0.1, 0.1};

    private final boolean encosShoulder;
    private final double[][] origins;
    private final double[] rolls;
    private final double toolOffset;
    private final double[] masses;
    private final double[][] centres;
    private final double[][] inertias;

    ArmModel(final boolean encosShoulder, final double[][] origins, final double[] rolls, final double toolOffset,
        final double[] masses, final double[][] centres, final double[] firstInertia) {
        this.encosShoulder = encosShoulder;
        this.origins = origins;
        this.rolls = rolls;
        this.toolOffset = toolOffset;
        this.masses = masses;
        this.centres = centres;
        this.inertias = new double[][] {firstInertia, Tables.INERTIA_2, Tables.INERTIA_3, Tables.INERTIA_4, Tables.INERTIA_5,
            Tables.INERTIA_6};
    }

    /** The model of the given name in a profile: {@code x5}, {@code l5} or {@code r5}. */
    public static ArmModel named(final String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** Whether joints 0 to 2 are driven by ENCOS motors; else by Damiao DM-J4340. */
    public boolean encosShoulder() {
        return encosShoulder;
    }

    /** Component 0 to 2 of a joint's origin in the frame of the link before it. */
    double origin(final int joint, final int component) {
        return origins[joint][component];
    }

    /** The turn about x between a joint's frame and the link before it: 0 or half a turn. */
    double roll(final int joint) {
        return rolls[joint];
    }

    /** The axis of a joint: 0 for x, 1 for y, 2 for z of its own frame. */
    int axis(final int joint) {
        return AXES[joint];
    }

    /** The tool frame's distance from the last joint along its x axis. */
    public double toolOffset() {
        return toolOffset;
    }

    /** The mass of a link. */
    double mass(final int link) {
        return masses[link];
    }

    /** A component of a link's centre of mass in its own frame. */
    double centre(final int link, final int component) {
        return centres[link][component];
    }

    /** A link's inertia about its centre of mass: xx, xy, xz, yy, yz, zz. */
    double inertia(final int link, final int component) {
        return inertias[link][component];
    }

    /** The lower mechanical stop of a joint, radians: a little outside of what any SDK allows. */
    public double stopMinimum(final int joint) {
        return STOP_MINIMUM[joint];
    }

    /** The upper mechanical stop of a joint, radians. */
    public double stopMaximum(final int joint) {
        return STOP_MAXIMUM[joint];
    }

    /** A rotor's inertia seen at the output. */
    double armature(final int joint) {
        return ARMATURE[joint];
    }

    /** Viscous friction of a joint, Nm s/rad. */
    double viscousFriction(final int joint) {
        return VISCOUS[joint];
    }

    /** Dry friction of a joint, Nm. */
    double coulombFriction(final int joint) {
        return COULOMB[joint];
    }

    /** The torque at which the motor of an axis saturates, Nm. */
    public double peakTorque(final int axis) {
        if (axis >= 3) {
            return 7.0;
        }
        return encosShoulder ? 30.0 : 27.0;
    }

    /** Numbers that several models share; enum constants cannot refer to the enum's own static fields. */
    private static final class Tables {
        static final double[][] L5_ORIGINS = {
            {0, 0, 0.0565}, {0.02, 0, 0.047}, {-0.264, 0, 0}, {0.245, 0, -0.06}, {0.06775, -5e-5, -0.0865}, {0.02895, 0, 0.0865}};
        static final double[] L5_ROLLS = {0, 0, Math.PI, 0, 0, Math.PI};
        static final double[][] L5_CENTRES = {
            {0.005056, -0.0078534, 0.020887}, {-0.12983, -0.00073729, -1.2236e-5}, {0.15404, 5.5e-7, -0.054689},
            {0.040231, 0.0039307, -0.035335}, {0.0036004, -1.5445e-5, 0.055255}, {0.050676, -4.9137e-5, 5.123e-5}};
        static final double[] L5_FIRST_INERTIA = {1.1e-4, -1e-5, 1e-5, 5e-5, -1e-5, 1e-4};
        static final double[] INERTIA_2 = {5.7063e-4, 1.1251e-4, 1.979e-5, 0.03669927, 1.203e-8, 0.03683489};
        static final double[] INERTIA_3 = {1.78249e-3, -3.986e-5, 5.71e-3, 0.02486615, 1.346e-5, 0.02329476};
        static final double[] INERTIA_4 = {1.7832e-4, 1.697e-5, 7.76e-5, 2.1182e-4, -1.779e-5, 1.1328e-4};
        static final double[] INERTIA_5 = {2.54972e-3, 2.6e-7, -2.1534e-4, 2.55018e-3, -5.98e-7, 2.6961e-4};
        static final double[] INERTIA_6 = {2.9e-4, 0, 0, 2.8e-4, -1e-5, 4.5e-4};
    }
}
