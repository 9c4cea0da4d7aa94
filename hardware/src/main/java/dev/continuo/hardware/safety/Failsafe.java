package dev.continuo.hardware.safety;

import dev.continuo.hardware.Arm;

/**
 * What an arm does in a cycle, whatever anybody wants: a pure function of how things stand. Each circumstance demands a {@link Reaction}, the most severe one wins, and a circumstance that gets worse never makes the
 * reaction milder.
 */
public final class Failsafe {
    /** What an arm does in a cycle, from the mildest to the most severe. */
    public enum Reaction {
        /** Follows its setpoint, as far as the safety envelope lets it. */
        FOLLOW,
        /** Comes to rest within its limits, and holds. */
        DECELERATE,
        /** Lets go: damped, without stiffness. */
        DAMP;

        /** The more severe of two. */
        public Reaction or(final Reaction other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    private Failsafe() {
    }

    /**
     * The reaction to how things stand, before anybody has looked for a setpoint.
     *
     * @param mode       what the driver says that the arm is doing
     * @param letGo      whether somebody asks to let go in this cycle
     * @param mayMove    whether the arms of the cell may move
     * @param stateFresh whether the last measurement is good to move by
     * @param wanted     whether a motion was asked for
     */
    public static Reaction reaction(final Arm.Mode mode, final boolean letGo, final boolean mayMove, final boolean stateFresh, final boolean wanted) {
        return ofMode(mode).or(letGo ? Reaction.DAMP : Reaction.FOLLOW).or(unless(mayMove)).or(unless(stateFresh)).or(unless(wanted));
    }

    /** Comes to rest where something is missing without which an arm does not follow: above, or a setpoint that is due. */
    public static Reaction unless(final boolean there) {
        return there ? Reaction.FOLLOW : Reaction.DECELERATE;
    }

    private static Reaction ofMode(final Arm.Mode mode) {
        return switch (mode) {
            case CONNECTING, DAMPING, FAULT -> Reaction.DAMP;
            case ARMING -> Reaction.DECELERATE;
            case HOLDING -> Reaction.FOLLOW;
        };
    }
}
