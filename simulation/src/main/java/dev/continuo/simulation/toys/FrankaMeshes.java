package dev.continuo.simulation.toys;

import dev.continuo.hardware.kinematics.FrankaChains;
import dev.continuo.simulation.render.Mesh;

/** What a Franka looks like, one mesh per link in the link's frame (franka-fci.md section 11), and its hand. Simple solids that have the size and the place of the real parts. */
final class FrankaMeshes {
    /** Palette: the white shells. */
    static final int SHELL = 0;
    /** Palette: the grey rings and caps of the joints. */
    static final int RING = 1;
    /** Palette: the hand. */
    static final int HAND_BODY = 2;
    /** Palette: fingers. */
    static final int PAD = 3;
    /** Entries that the arm has in a palette. */
    static final int MATERIALS = 4;

    private static final double FLANGE = FrankaChains.FLANGE;
    private static final int X = 0;
    private static final int Y = 1;
    private static final int Z = 2;
    private static final double[] MIDDLE = {0, 0, 0};

    /** What stands still. */
    static final Mesh BASE = new Mesh.Builder().box(SHELL, -0.04, 0, 0.035, 0.2, 0.18, 0.07).cylinder(SHELL, Z, MIDDLE, 0.06, 0.2, 0.062).build();

    /** The seven links. */
    static final Mesh[] LINKS = {
        new Mesh.Builder().cylinder(SHELL, Z, MIDDLE, -0.135, -0.055, 0.058).cylinder(RING, Z, MIDDLE, -0.142, -0.135, 0.055)
            .cylinder(SHELL, Y, MIDDLE, -0.06, 0.06, 0.060).build(),
        new Mesh.Builder().cylinder(RING, Z, MIDDLE, -0.066, 0.066, 0.050).cylinder(SHELL, Y, MIDDLE, -0.19, -0.05, 0.056).build(),
        new Mesh.Builder().cylinder(SHELL, Z, MIDDLE, -0.125, 0.0, 0.054).box(SHELL, 0.041, 0, 0.0, 0.11, 0.09, 0.09)
            .cylinder(SHELL, Y, new double[] {0.0825, 0, 0}, -0.055, 0.055, 0.055).build(),
        new Mesh.Builder().cylinder(RING, Z, MIDDLE, -0.062, 0.062, 0.045).box(SHELL, -0.041, 0.04, 0, 0.11, 0.09, 0.085)
            .cylinder(SHELL, Y, new double[] {-0.0825, 0, 0}, 0.05, 0.13, 0.050).build(),
        new Mesh.Builder().cylinder(SHELL, Z, MIDDLE, -0.255, -0.17, 0.050).box(SHELL, 0, 0.055, -0.12, 0.07, 0.05, 0.2)
            .cylinder(SHELL, Y, MIDDLE, -0.05, 0.08, 0.048).build(),
        new Mesh.Builder().cylinder(RING, Z, MIDDLE, -0.055, 0.055, 0.042).box(SHELL, 0.044, 0, 0, 0.09, 0.08, 0.08)
            .cylinder(SHELL, Y, new double[] {0.088, 0, 0}, -0.045, 0.05, 0.048).build(),
        new Mesh.Builder().cylinder(SHELL, Z, MIDDLE, 0.03, 0.085, 0.045).cylinder(RING, Z, MIDDLE, 0.085, FLANGE, 0.032).build()};

    /** The hand, in its own frame. */
    static final Mesh HAND = new Mesh.Builder()
        .box(HAND_BODY, 0, 0, HandShape.PALM_Z, 2 * HandShape.PALM.x(), 2 * HandShape.PALM.y(), 2 * HandShape.PALM.z())
        .cylinder(RING, X, new double[] {0, 0, FLANGE + 0.03}, -0.033, 0.033, 0.02).build();

    /** One finger, its inner side in the plane y = 0, the finger at positive y, in the hand's frame. */
    static final Mesh FINGERS_HALF = new Mesh.Builder()
        .box(PAD, 0, HandShape.FINGER.y(), HandShape.FINGER_Z, 2 * HandShape.FINGER.x(), 2 * HandShape.FINGER.y(), 2 * HandShape.FINGER.z()).build();

    private FrankaMeshes() {
    }
}
