package dev.continuo.hardware.kinematics;

import dev.continuo.config.AxisVector;
import dev.continuo.config.DriverProfile;
import dev.continuo.hardware.kinematics.SerialChain.Axis;
import dev.continuo.hardware.kinematics.SerialChain.Joint;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The Franka arms. Panda (FER) and FR3 have the same geometry (franka-fci.md section 11) and other ranges. The tool is the flange. Masses and inertias are those
 * that Gaz et al. identified on a Panda ("Dynamic Identification of the Franka Emika Panda Robot With Retrieval of Feasible Parameters Using
 * Penalty-Based Optimization", 2019), as the maker's robot description has them; an FR3 is taken to have the same.
 */
public final class FrankaChains {
    private static final int JOINTS = 7;
    /** From the last joint's frame along its axis, m. */
    public static final double FLANGE = 0.107;
    /** From the flange to between the tips of the hand's fingers, m. */
    public static final double FINGERTIPS = 0.1034;
    /** The hand is mounted an eighth of a turn about the flange's axis, rad. */
    public static final double HAND_TURN = -Math.PI / 4;
    /** Shoulder and base, each about 9 cm thick, and about as much of whatever would meet them. */
    private static final SerialChain.Column COLUMN = new SerialChain.Column(0.333, 0.18);
    private static final int[] LANDMARKS = {3, 5, 6};
    private static final double QUARTER = Math.PI / 2;

    private record Link(double[] origin, double roll, double mass, double[] centre, double[] inertia) {
    }

    private static final List<Link> LINKS = List.of(
        new Link(at(0, 0, 0.333), 0, 4.970684, at(0.003875, 0.002081, -0.04762),
            new double[] {0.70337, -0.000139, 0.006772, 0.70661, 0.019169, 0.009117}),
        new Link(at(0, 0, 0), -QUARTER, 0.646926, at(-0.003141, -0.02872, 0.003495),
            new double[] {0.007962, -0.003925, 0.010254, 0.02811, 0.000704, 0.025995}),
        new Link(at(0, -0.316, 0), QUARTER, 3.228604, at(0.027518, 0.039252, -0.066502),
            new double[] {0.037242, -0.004761, -0.011396, 0.036155, -0.012805, 0.01083}),
        new Link(at(0.0825, 0, 0), QUARTER, 3.587895, at(-0.05317, 0.104419, 0.027454),
            new double[] {0.025853, 0.007796, -0.001332, 0.019552, 0.008641, 0.028323}),
        new Link(at(-0.0825, 0.384, 0), -QUARTER, 1.225946, at(-0.011953, 0.041065, -0.038437),
            new double[] {0.035549, -0.002117, -0.004037, 0.029474, 0.000229, 0.008627}),
        new Link(at(0, 0, 0), QUARTER, 1.666555, at(0.060149, -0.014117, -0.010517),
            new double[] {0.001964, 0.000109, -0.001158, 0.004354, 0.000341, 0.005433}),
        new Link(at(0.088, 0, 0), QUARTER, 0.735522, at(0.010517, -0.004252, 0.061597),
            new double[] {0.012516, -0.000428, -0.001196, 0.010027, -0.000741, 0.004815}));

    /** Panda, also called FER. */
    public static final SerialChain PANDA = chain("panda",
        at(-2.8973, -1.7628, -2.8973, -3.0718, -2.8973, -0.0175, -2.8973), at(2.8973, 1.7628, 2.8973, -0.0698, 2.8973, 3.7525, 2.8973));
    /** FR3 with system 5.9 or later. */
    public static final SerialChain FR3 = chain("fr3",
        at(-2.9007, -1.8361, -2.9007, -3.0770, -2.8763, 0.4398, -3.0508), at(2.9007, 1.8361, 2.9007, -0.1169, 2.8763, 4.6216, 3.0508));

    /** What is left of friction when the robot has compensated for it, and the rotors as seen at the joints; estimates. */
    public static final ChainDynamics.Drive DRIVE = new ChainDynamics.Drive(
        AxisVector.uniform(JOINTS, 0.1), AxisVector.uniform(JOINTS, 0.3), AxisVector.uniform(JOINTS, 0));

    private FrankaChains() {
    }

    /** The arm of a profile; its tool is the point between the tips of the hand's fingers where it has a hand, with the fingers along its second axis, and the flange where it has none. */
    public static SerialChain of(final DriverProfile.Franka profile) {
        final SerialChain arm = profile.model().equals(PANDA.name()) ? PANDA : FR3;
        return profile.handPort().isPresent() ? withHand(arm) : arm;
    }

    /** An arm with a hand: its tool is the point between the fingertips, and the fingers open along its second axis. */
    public static SerialChain withHand(final SerialChain arm) {
        return arm.withTool(at(0, 0, FLANGE + FINGERTIPS), HAND_TURN);
    }

    private static SerialChain chain(final String name, final double[] lowest, final double[] highest) {
        return new SerialChain(name, at(0, 0, FLANGE), LANDMARKS, IntStream.range(0, JOINTS).mapToObj(i -> {
            final Link link = LINKS.get(i);
            return new Joint(link.origin, link.roll, Axis.Z, lowest[i], highest[i], link.mass, link.centre, link.inertia);
        }).toArray(Joint[]::new)).withColumn(COLUMN);
    }

    private static double[] at(final double... values) {
        return values;
    }
}
