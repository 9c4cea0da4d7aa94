package dev.continuo.hardware.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.ArmProfile;
import dev.continuo.config.ProfileReader;
import dev.continuo.hardware.can.AllocatedBytes;
import dev.continuo.hardware.kinematics.JointTrajectory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ways to the ready pose of an ARX R5 that the envelope lets pass. */
class PoseRouteTest {
    /** Folded onto its own base with the tool on the table, as it lay after it lost its power while it reached out. */
    private static final double[] FOLDED = {-0.0002, 2.5331, 0.8665, -1.4639, -0.0003, -0.0005, 0.07};

    private final ArmProfile arm = ProfileReader.read("arx-sim").arms().getFirst();
    private final double[] ready = arm.readyPose().toArray();
    private final PoseRoute route = new PoseRoute(arm);

    @Test
    void theStraightWayIsTakenWhereThereIsOne() {
        assertEquals(1, search(arm.parkPose().toArray()));
        assertTrue(route.isFound());
        assertFalse(route.hasCorner());
        assertTrue(goes(arm.parkPose().toArray(), List.of(ready)));
    }

    @Test
    void anArmThatIsFoldedOntoItsBaseComesOutRoundACorner() {
        assertFalse(goes(FOLDED, List.of(ready)), "straight it does not get there: that is why there is a search");
        search(FOLDED);
        assertTrue(route.isFound() && route.hasCorner());
        assertTrue(goes(FOLDED, List.of(route.corner().clone(), ready)), Arrays.toString(route.corner()));
    }

    @Test
    void whereThereIsNoneTheSearchEnds() {
        final double[] below = {0.0391, 3.6555, 1.1343, -1.647, -0.1963, -0.3145, 0.069};
        assertEquals(63, search(below), "all corners but the pose itself");
        assertFalse(route.isFound());
        assertFalse(route.hasCorner());
    }

    @Test
    void searchingAllocatesNothing() {
        final int[] next = new int[1];
        assertEquals(0, AllocatedBytes.over(5_000, 1_000, () -> {
            if (route.search()) {
                route.begin(FOLDED, ready);
                next[0]++;
            }
        }));
        assertTrue(next[0] > 0);
    }

    /** Calls until the search is over. */
    private int search(final double[] from) {
        route.begin(from, ready);
        int calls = 1;
        while (!route.search()) {
            calls++;
        }
        return calls;
    }

    /** Whether the envelope lets an arm go from pose to pose, without a single hold. */
    private boolean goes(final double[] from, final List<double[]> poses) {
        final SafetyEnvelope envelope = new SafetyEnvelope(arm);
        assertTrue(envelope.reset(from));
        final JointTrajectory trajectory = new JointTrajectory(arm.limits(), 0.4);
        final double[] position = from.clone();
        final double[] velocity = new double[from.length];
        final double[] setpoint = new double[from.length];
        final List<double[]> rest = new ArrayList<>(poses);
        while (!rest.isEmpty()) {
            final double seconds = trajectory.plan(position, rest.removeFirst());
            for (double at = 0; at < seconds + 0.1; at += arm.periodNanos() * 1e-9) {
                trajectory.sample(at, setpoint);
                if (envelope.enforce(setpoint, arm.periodNanos(), position, velocity).isHeld()) {
                    return false;
                }
            }
        }
        return true;
    }
}
