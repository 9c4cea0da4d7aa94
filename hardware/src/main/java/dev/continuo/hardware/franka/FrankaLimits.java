package dev.continuo.hardware.franka;

import dev.continuo.hardware.kinematics.FrankaChains;
import dev.continuo.hardware.kinematics.SerialChain;

/**
 * What a robot bears, as its vendor documents it and libfranka 0.9.2 (Panda) and 0.21.2 (FR3, system 5.9.0 or later) compute with it
 * (franka-fci.md section 11). Arrays are of the seven joints and not to be changed.
 */
public enum FrankaLimits {
    /** Panda (FER). */
    PANDA(FrankaChains.PANDA,
        new double[] {2.175, 2.175, 2.175, 2.175, 2.61, 2.61, 2.61},
        new double[] {15, 7.5, 10, 12.5, 15, 20, 20},
        new double[] {7500, 3750, 5000, 6250, 7500, 10_000, 10_000},
        new Rates(2.0, 13, 6500), new Rates(2.5, 25, 12_500), new Rates(2.175, 10, 5000), 3),
    /** FR3. */
    FR3(FrankaChains.FR3,
        new double[] {2.62, 2.62, 2.62, 2.62, 5.26, 4.18, 5.26},
        new double[] {10, 10, 10, 10, 10, 10, 10},
        new double[] {5000, 5000, 5000, 5000, 5000, 5000, 5000},
        new Rates(3.0, 9, 4500), new Rates(2.5, 17, 8500), new Rates(1.5, 10, 5000), 0);

    /** Joints of either. */
    public static final int JOINTS = 7;
    private static final double[] STRONGEST = {87, 87, 87, 87, 12, 12, 12};
    private static final double[] FR3_DECELERATION = {6.0, 2.585, 3.5, 4.0, 17.0, 5.5, 17.0};
    private static final double[] FR3_VELOCITY_OFFSET = {0.6599, 0.2517, 0.2000, 0.3533, 0.5757, 0.4878, 0.4628};
    /** What libfranka keeps away from each limit. */
    private static final double MARGIN = 1e-3;
    /** How fast torques may be commanded to change, Nm/s; below what the robot bears. */
    public static final double TORQUE_RATE = 1000 - MARGIN;
    /** From one state to the next. */
    public static final double CYCLE_SECONDS = 1e-3;

    /**
     * Greatest values of one kind of motion.
     *
     * @param velocity     m/s or rad/s
     * @param acceleration per second
     * @param jerk         per second squared
     */
    public record Rates(double velocity, double acceleration, double jerk) {
    }

    private final SerialChain chain;
    private final double[] velocity;
    private final double[] acceleration;
    private final double[] jerk;
    private final Rates translation;
    private final Rates rotation;
    private final Rates elbow;
    private final int toleratedCycles;

    FrankaLimits(final SerialChain chain, final double[] velocity, final double[] acceleration, final double[] jerk,
        final Rates translation, final Rates rotation, final Rates elbow, final int toleratedCycles) {
        this.chain = chain;
        this.velocity = velocity;
        this.acceleration = acceleration;
        this.jerk = jerk;
        this.translation = translation;
        this.rotation = rotation;
        this.elbow = elbow;
        this.toleratedCycles = toleratedCycles;
    }

    /** The limits of the robots that speak a version. */
    public static FrankaLimits of(final FciVersion version) {
        return version == FciVersion.PANDA ? PANDA : FR3;
    }

    /** The arm's geometry; its tool is the flange. */
    public SerialChain chain() {
        return chain;
    }

    /** Lowest position of a joint, rad. */
    public double lowest(final int joint) {
        return chain.minimum(joint);
    }

    /** Highest position of a joint, rad. */
    public double highest(final int joint) {
        return chain.maximum(joint);
    }

    /** Highest acceleration of a joint that is commanded, rad/s²; below what the robot bears. */
    public double jointAcceleration(final int joint) {
        return acceleration[joint] - MARGIN;
    }

    /** Highest jerk of a joint that is commanded, rad/s³; below what the robot bears. */
    public double jointJerk(final int joint) {
        return jerk[joint] - MARGIN;
    }

    /**
     * Highest velocity of a joint that is commanded, rad/s; below what the robot bears there.
     *
     * @param position of the joint, rad: an FR3 has to be slower near the ends of its range
     */
    public double highestVelocity(final int joint, final double position) {
        if (this == PANDA) {
            return commandedVelocity(velocity[joint], acceleration[joint]);
        }
        return Math.min(velocity[joint], braking(joint, highest(joint) - position)) - MARGIN;
    }

    /** Lowest velocity of a joint that is commanded, rad/s: the fastest in the other direction. */
    public double lowestVelocity(final int joint, final double position) {
        if (this == PANDA) {
            return -commandedVelocity(velocity[joint], acceleration[joint]);
        }
        return Math.max(-velocity[joint], -braking(joint, position - lowest(joint))) + MARGIN;
    }

    /** What the motor of a joint can do, Nm; the same for all robots. */
    public static double strongest(final int joint) {
        return STRONGEST[joint];
    }

    /** What a joint bears anywhere but near the ends of its range, rad/s. */
    public double fastest(final int joint) {
        return velocity[joint];
    }

    /** How an FR3's joint has to slow down near the ends of its range: what a speed may be there is less by this, rad/s. */
    public double velocityOffset(final int joint) {
        return FR3_VELOCITY_OFFSET[joint];
    }

    /** How an FR3's joint has to slow down near the ends of its range: as if it braked by this, rad/s². */
    public double deceleration(final int joint) {
        return FR3_DECELERATION[joint];
    }

    /** Bound on the end effector's translation that is commanded. */
    public Rates translation() {
        return commanded(translation);
    }

    /** Bound on the end effector's rotation that is commanded. */
    public Rates rotation() {
        return commanded(rotation);
    }

    /** Bound on the elbow's motion that is commanded. */
    public Rates elbow() {
        return commanded(elbow);
    }

    private double braking(final int joint, final double room) {
        return Math.max(0, Math.sqrt(Math.max(0, 2 * FR3_DECELERATION[joint] * room)) - FR3_VELOCITY_OFFSET[joint]);
    }

    private double commandedVelocity(final double limit, final double accelerationLimit) {
        // While commands are missing, a robot goes on with the acceleration that it had.
        return limit - MARGIN - toleratedCycles * CYCLE_SECONDS * accelerationLimit;
    }

    private Rates commanded(final Rates rates) {
        return new Rates(commandedVelocity(rates.velocity, rates.acceleration), rates.acceleration - MARGIN, rates.jerk - MARGIN);
    }
}
