package dev.continuo.hardware.franka;

import dev.continuo.config.DriverProfile;

/**
 * The first-order low-pass filter of set-points (franka-fci.md section 11): what was accepted before is the robot's own account of it in its last state. Nothing is
 * allocated. For one thread.
 */
public final class LowPassFilter {
    /** What libfranka filters with, Hz. */
    public static final double DEFAULT_HERTZ = DriverProfile.Franka.CUT_OFF_HERTZ;
    /** From here on there is no filter, Hz. */
    public static final double NO_FILTER_HERTZ = 1000;

    private static final double CYCLE_SECONDS = FrankaLimits.CYCLE_SECONDS;

    private final double gain;
    private final double[] rotation = new double[9];
    private final double[] previousRotation = new double[9];
    private final double[] turn = new double[3];

    /**
     * A filter.
     *
     * @param cutOffHertz above 0; from {@link #NO_FILTER_HERTZ} on set-points stay as they are
     * @throws IllegalArgumentException when it is not above 0
     */
    public LowPassFilter(final double cutOffHertz) {
        if (!(cutOffHertz > 0)) {
            throw new IllegalArgumentException("a cut-off of " + cutOffHertz + " Hz");
        }
        gain = cutOffHertz >= NO_FILTER_HERTZ ? 1 : CYCLE_SECONDS / (CYCLE_SECONDS + 1 / (2 * Math.PI * cutOffHertz));
    }

    /** How much of a set-point counts, 0 to 1. */
    public double gain() {
        return gain;
    }

    /** Filters one value. */
    public double value(final double wanted, final double previous) {
        return gain * wanted + (1 - gain) * previous;
    }

    /** Filters each of some values, in place. */
    public void values(final double[] wanted, final double[] previous) {
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = value(wanted[i], previous[i]);
        }
    }

    /** Filters a 4×4 pose, column by column, in place: the rotation leads a part of the short way. */
    public void pose(final double[] wanted, final double[] previous) {
        if (gain == 1) {
            return;
        }
        for (int i = 12; i < 15; i++) {
            wanted[i] = value(wanted[i], previous[i]);
        }
        Rotations.ofPose(wanted, rotation);
        Rotations.ofPose(previous, previousRotation);
        Rotations.between(previousRotation, rotation, turn, 0);
        for (int i = 0; i < turn.length; i++) {
            turn[i] *= gain;
        }
        Rotations.turned(previousRotation, turn, 0, rotation);
        Rotations.toPose(rotation, wanted);
    }
}
