package dev.continuo.hardware.franka;

import java.util.List;
import java.util.stream.Collectors;

/**
 * How a motion ended.
 *
 * @param answer      the robot's last word on it
 * @param reasons     the errors that ended it; none when it ended as it should
 * @param successRate share of the last hundred commands that came in time, 0 to 1, when it was last seen running
 * @param lost        states that never came while it ran
 */
public record MotionEnd(FciAnswer answer, List<FrankaError> reasons, double successRate, long lost) {
    /** Copies the list. */
    public MotionEnd {
        reasons = List.copyOf(reasons);
    }

    /** Whether it ended because it was finished. */
    public boolean finished() {
        return answer.is(FciStatus.SUCCESS);
    }

    /** For people: {@code Move: aborted by a reflex [joint_reflex], 97 % of the last commands in time, 2 states lost}. */
    public String text() {
        final String errors = reasons.isEmpty()
            ? "" : reasons.stream().map(FrankaError::documentedName).collect(Collectors.joining(", ", " [", "]"));
        return answer.text() + errors + ", " + Math.round(100 * successRate) + " % of the last commands in time, " + lost + " states lost";
    }
}
