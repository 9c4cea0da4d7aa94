package dev.continuo.simulation.toys;

import dev.continuo.hardware.kinematics.FrankaChains;
import dev.continuo.simulation.physics.RigidBodies;

/** The measures of a Franka Hand in its own frame: the flange's, an eighth of a turn about its axis, so that the fingers open along y and reach along z. Metres. */
public final class HandShape {
    /** Half the size of its body. */
    public static final RigidBodies.HalfSize PALM = new RigidBodies.HalfSize(0.031, 0.102, 0.031);
    /** Where the middle of its body is, along z. */
    public static final double PALM_Z = FrankaChains.FLANGE + 0.033;
    /** Half the size of a finger. */
    public static final RigidBodies.HalfSize FINGER = new RigidBodies.HalfSize(0.010, 0.007, 0.023);
    /** Where the middle of a finger is, along z. */
    public static final double FINGER_Z = FrankaChains.FLANGE + 0.085;
    /** Where the point between the fingertips is that is the hand's tool. */
    public static final double TOOL_Z = FrankaChains.FLANGE + FrankaChains.FINGERTIPS;

    private HandShape() {
    }
}
