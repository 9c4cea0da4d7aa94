package dev.continuo.actors.agent;

import dev.continuo.actors.message.JointStateDecoder;
import dev.continuo.config.ArmProfile;
import dev.continuo.config.Profile;
import java.util.stream.IntStream;

/** The policy's view of all arms' measured axes. Nothing is allocated after construction. For one thread. */
public final class StateColumns {
    private final ArmColumns[] arms;
    private final int[] axes;
    private final int[] firsts;

    /** The columns of a profile's arms, in its order. */
    public StateColumns(final Profile profile) {
        arms = profile.arms().stream().map(ArmColumns::of).toArray(ArmColumns[]::new);
        axes = profile.arms().stream().mapToInt(ArmProfile::axisCount).toArray();
        firsts = IntStream.range(0, arms.length).map(profile::firstColumn).toArray();
    }

    /** Axes of an arm, its gripper among them. */
    public int axes(final int arm) {
        return axes[arm];
    }

    /** Reads the positions of as many axes as there is room for. */
    public static void readPositions(final JointStateDecoder state, final double[] positions) {
        int axis = 0;
        for (final JointStateDecoder.AxesDecoder measured = state.axes(); measured.hasNext(); axis++) {
            measured.next();
            if (axis < positions.length) {
                positions[axis] = measured.position();
            }
        }
    }

    /**
     * Writes one arm's columns.
     *
     * @param measured positions of its axes
     * @param state    receives the columns of this arm, of all arms' columns
     */
    public void write(final int arm, final double[] measured, final double[] state) {
        arms[arm].write(measured, state, firsts[arm]);
    }
}
