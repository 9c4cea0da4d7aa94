package dev.continuo.simulation.toys;

import dev.continuo.config.AxisVector;
import dev.continuo.config.BasePose;

/** The measures of the toy-placement cell, in the world frame, metres: the table is the plane z = 0. */
public final class ToyTable {
    /** Where the Franka stands. */
    public static final BasePose BASE = new BasePose(0, 0, 0, 0);
    /** How the arm waits: joint angles, radians, the fingers along x above the near edge of the part where things lie. */
    public static final AxisVector READY = AxisVector.of(0, -0.426, 0, -2.373, 0, 1.947, -Math.PI / 4);
    /** Things on the table in a trial: the object, the target, and two others. */
    public static final int THINGS = 4;
    /** Of these, the one that is picked. */
    public static final int OBJECT = 0;
    /** Of these, the one that it is placed by. */
    public static final int TARGET = 1;
    /** Where things may lie, along x. */
    public static final double MIN_X = 0.40;
    /** Where things may lie, along x. */
    public static final double MAX_X = 0.68;
    /** Where things may lie, along y. */
    public static final double MIN_Y = -0.18;
    /** Where things may lie, along y. */
    public static final double MAX_Y = 0.18;
    /** Room for a hand between two things. */
    public static final double ROOM = 0.045;

    private ToyTable() {
    }

    /** Whether a place is on the part of the table where things lie. */
    public static boolean contains(final double x, final double y) {
        return x >= MIN_X && x <= MAX_X && y >= MIN_Y && y <= MAX_Y;
    }
}
