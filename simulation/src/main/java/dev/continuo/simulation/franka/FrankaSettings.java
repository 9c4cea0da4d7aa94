package dev.continuo.simulation.franka;

import dev.continuo.hardware.franka.FciRequest;
import dev.continuo.hardware.franka.FrankaLimits;
import dev.continuo.hardware.kinematics.FrankaChains;
import java.util.Arrays;

/** What a client can set of the robot; in the beginning what the vendor's web interface sets for the Franka Hand. For one thread. */
final class FrankaSettings {
    private static final int JOINTS = FrankaLimits.JOINTS;
    private static final double STIFFEST_JOINT = 14_250;
    private static final double HAND_MASS = 0.73;

    /** The nominal end effector in the flange's frame: between the fingertips. */
    final double[] nominal = Frames.screw(FrankaChains.HAND_TURN, FrankaChains.FINGERTIPS);
    /** The end effector in the nominal one's. */
    double[] endEffector = Frames.identity();
    /** The stiffness frame in the end effector's. */
    double[] stiffnessFrame = Frames.identity();
    final double[] handCentre = {-0.01, 0, 0.03};
    final double[] handInertia = {0.001, 0, 0, 0, 0.0025, 0, 0, 0, 0.0017};
    double loadMass;
    double[] loadCentre = new double[3];
    double[] loadInertia = new double[9];
    double[] jointStiffness = {3000, 3000, 3000, 2500, 2500, 2000, 2000};
    /** External torques that a motion ends at, Nm. */
    double[] torqueThresholds = {20, 20, 18, 18, 16, 14, 12};

    double handMass() {
        return HAND_MASS;
    }

    /** The end effector in the flange's frame. */
    double[] endEffectorInFlange() {
        final double[] frame = new double[16];
        Frames.multiply(nominal, endEffector, frame);
        return frame;
    }

    /** Sets what a request says; whether its values are within their ranges. */
    boolean set(final FciRequest.SetNumbers request) {
        final double[] values = request.values();
        return switch (request.command()) {
            case SET_COLLISION_BEHAVIOR -> collisions(values);
            case SET_JOINT_IMPEDANCE -> {
                final boolean right = Arrays.stream(values).allMatch(value -> value >= 0 && value <= STIFFEST_JOINT);
                jointStiffness = right ? values.clone() : jointStiffness;
                yield right;
            }
            case SET_CARTESIAN_IMPEDANCE -> within(values, 0, 3, 10, 3000) && within(values, 3, 6, 1, 300);
            case SET_EE_TO_K -> {
                final boolean right = Frames.rigid(values);
                stiffnessFrame = right ? values.clone() : stiffnessFrame;
                yield right;
            }
            case SET_NE_TO_EE -> {
                final boolean right = Frames.rigid(values);
                endEffector = right ? values.clone() : endEffector;
                yield right;
            }
            case SET_LOAD -> load(values);
            case SET_FILTERS -> true;
            default -> throw new IllegalArgumentException(request.command().documentedName() + " sets no numbers");
        };
    }

    private boolean collisions(final double[] values) {
        if (Arrays.stream(values).anyMatch(value -> value < 0)) {
            return false;
        }
        // Lower and upper torques while it accelerates, lower and upper else, then forces alike, which nobody exerts here: the last upper torques count.
        torqueThresholds = Arrays.copyOfRange(values, 3 * JOINTS, 4 * JOINTS);
        return true;
    }

    private boolean load(final double[] values) {
        if (values[0] < 0) {
            return false;
        }
        loadMass = values[0];
        loadCentre = Arrays.copyOfRange(values, 1, 4);
        loadInertia = Arrays.copyOfRange(values, 4, 13);
        return true;
    }

    private static boolean within(final double[] values, final int from, final int to, final double least, final double most) {
        return Arrays.stream(values, from, to).allMatch(value -> value >= least && value <= most);
    }
}
