package dev.continuo.hardware.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.hardware.Arm;
import dev.continuo.hardware.safety.Failsafe.Reaction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All circumstances there are. */
final class FailsafeTest {
    /** How things stand; {@code good} has a bit for each of: nobody lets go, may move, fresh, wanted. */
    private record Circumstances(Arm.Mode mode, int good) {
        Reaction reaction() {
            return Failsafe.reaction(mode, !is(0), is(1), is(2), is(3));
        }

        boolean is(final int bit) {
            return (good >> bit & 1) == 1;
        }
    }

    private static final int FLAGS = 4;
    private static final int ALL_GOOD = (1 << FLAGS) - 1;

    private static List<Circumstances> all() {
        final List<Circumstances> all = new ArrayList<>();
        for (final Arm.Mode mode : Arm.Mode.values()) {
            for (int good = 0; good <= ALL_GOOD; good++) {
                all.add(new Circumstances(mode, good));
            }
        }
        return all;
    }

    @Test
    void anArmFollowsInOneOfAllCircumstancesOnly() {
        assertEquals(List.of(new Circumstances(Arm.Mode.HOLDING, ALL_GOOD)), all().stream().filter(each -> each.reaction() == Reaction.FOLLOW).toList());
    }

    @Test
    void anArmThatIsNotStiffIsNeverStiffened() {
        for (final Circumstances each : all()) {
            final boolean stiff = each.mode == Arm.Mode.ARMING || each.mode == Arm.Mode.HOLDING;
            assertEquals(!stiff || !each.is(0), each.reaction() == Reaction.DAMP, each::toString);
        }
    }

    @Test
    void whatGetsWorseNeverMakesTheReactionMilder() {
        for (final Circumstances each : all()) {
            for (int flag = 0; flag < FLAGS; flag++) {
                final Circumstances worse = new Circumstances(each.mode, each.good & ~(1 << flag));
                assertTrue(worse.reaction().compareTo(each.reaction()) >= 0, () -> each + " and " + worse);
            }
        }
    }

    @Test
    void ofTwoReactionsTheMoreSevereWins() {
        for (final Reaction one : Reaction.values()) {
            for (final Reaction other : Reaction.values()) {
                assertEquals(Reaction.values()[Math.max(one.ordinal(), other.ordinal())], one.or(other));
            }
        }
        assertEquals(Reaction.DECELERATE, Failsafe.unless(false));
        assertEquals(Reaction.FOLLOW, Failsafe.unless(true));
    }
}
