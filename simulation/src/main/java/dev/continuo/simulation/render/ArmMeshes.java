package dev.continuo.simulation.render;

import dev.continuo.simulation.scene.CellGeometry;

/**
 * What an ARX R5 looks like, one mesh per link in the link's frame (joint origins of the makers' robot description), and the card's
 * body. Simple solids that have the size and the place of the real parts.
 */
final class ArmMeshes {
    /** Palette: painted metal. */
    static final int BODY = 0;
    /** Palette: motor housings and gripper. */
    static final int MOTOR = 1;
    /** Palette: coloured parts. */
    static final int ACCENT = 2;
    /** Palette: finger pads. */
    static final int PAD = 3;
    /** Palette: a card's sides and back. */
    static final int CARD = 4;
    /** Entries of a palette. */
    static final int MATERIALS = 5;

    /** Thickness of a finger across the grip. */
    static final double FINGER_THICKNESS = 0.010;

    /** What stands still. */
    static final Mesh BASE = new Mesh.Builder()
        .box(MOTOR, 0, 0, 0.006, 0.15, 0.13, 0.012)
        .cylinder(BODY, 2, new double[3], 0.012, 0.05, 0.056)
        .build();

    /** The six links. */
    static final Mesh[] LINKS = {shoulder(), upperArm(), forearm(), wristPitch(), wristYaw(), gripper()};

    /** One finger, its inner side in the plane y = 0, the finger at positive y, in the frame of the last link. */
    static final Mesh FINGER = new Mesh.Builder()
        .box(MOTOR, 0.098, FINGER_THICKNESS / 2, 0, 0.036, FINGER_THICKNESS, 0.026)
        .box(MOTOR, 0.1375, FINGER_THICKNESS * 0.62, 0, 0.047, FINGER_THICKNESS * 0.76, 0.018)
        .box(PAD, 0.138, FINGER_THICKNESS * 0.12, 0, 0.046, FINGER_THICKNESS * 0.24, 0.017)
        .build();

    /** A card without its face. */
    static final Mesh CARD_BODY = new Mesh.Builder()
        .box(CARD, 0, 0, 0, CellGeometry.CARD_LENGTH, CellGeometry.CARD_WIDTH, CellGeometry.CARD_THICKNESS)
        .build();

    private ArmMeshes() {
    }

    private static Mesh shoulder() {
        return new Mesh.Builder()
            .cylinder(MOTOR, 2, new double[3], -0.006, 0.022, 0.048)
            .box(BODY, 0.012, 0, 0.04, 0.07, 0.062, 0.055)
            .build();
    }

    private static Mesh upperArm() {
        return new Mesh.Builder()
            .cylinder(MOTOR, 1, new double[3], -0.052, 0.052, 0.040)
            .cylinder(ACCENT, 1, new double[3], -0.055, 0.055, 0.022)
            .box(BODY, -0.132, 0, 0, 0.21, 0.058, 0.050)
            .box(ACCENT, -0.132, 0, 0, 0.15, 0.010, 0.053)
            .cylinder(MOTOR, 1, new double[] {-0.264, 0, 0}, -0.048, 0.048, 0.038)
            .cylinder(ACCENT, 1, new double[] {-0.264, 0, 0}, -0.051, 0.051, 0.020)
            .build();
    }

    private static Mesh forearm() {
        return new Mesh.Builder()
            .beam(BODY, new double[] {0.0, 0, -0.010}, new double[] {0.06, 0, -0.052}, 0.056, 0.046)
            .beam(BODY, new double[] {0.045, 0, -0.053}, new double[] {0.225, 0, -0.06}, 0.052, 0.044)
            .beam(ACCENT, new double[] {0.075, 0, -0.0775}, new double[] {0.195, 0, -0.0822}, 0.010, 0.002)
            .cylinder(MOTOR, 1, new double[] {0.245, 0, -0.06}, -0.041, 0.041, 0.031)
            .cylinder(ACCENT, 1, new double[] {0.245, 0, -0.06}, -0.043, 0.043, 0.016)
            .build();
    }

    private static Mesh wristPitch() {
        return new Mesh.Builder()
            .beam(BODY, new double[] {0.01, 0, -0.01}, new double[] {0.0677, 0, -0.052}, 0.050, 0.032)
            .cylinder(MOTOR, 2, new double[] {0.0677, 0, 0}, -0.088, -0.038, 0.031)
            .build();
    }

    private static Mesh wristYaw() {
        return new Mesh.Builder()
            .cylinder(BODY, 2, new double[3], 0.05, 0.062, 0.027)
            .box(BODY, 0.004, 0, 0.078, 0.046, 0.048, 0.044)
            .build();
    }

    private static Mesh gripper() {
        return new Mesh.Builder()
            .cylinder(MOTOR, 0, new double[3], 0.0, 0.042, 0.031)
            .cylinder(ACCENT, 0, new double[3], 0.014, 0.022, 0.0325)
            .box(BODY, 0.062, 0, 0, 0.044, 0.124, 0.044)
            .box(MOTOR, 0.082, 0, 0, 0.008, 0.116, 0.028)
            .build();
    }
}
