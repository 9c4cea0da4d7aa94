package dev.continuo.hardware.safety;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.AxisLimits;
import dev.continuo.config.BasePose;
import dev.continuo.hardware.kinematics.ArxChains;
import dev.continuo.hardware.kinematics.ArxKinematics;
import dev.continuo.hardware.kinematics.Pose;
import java.util.Arrays;

/**
 * Judges a sequence of commands by nothing but their positions: finite differences against the limits, and the tool's place.
 */
final class EnvelopeOracle {
    private static final double TOLERANCE = 1e-9;

    private final AxisLimits limits;
    private final double seconds;
    private final ArxKinematics kinematics;
    private final Pose tool = new Pose();
    private final Pose[] links = {new Pose(), new Pose(), new Pose(), new Pose(), new Pose(), new Pose()};
    private double[] last;
    private double[] lastVelocity;
    private double[] lastAcceleration;
    private int cycle;

    EnvelopeOracle(final AxisLimits limits, final BasePose base, final long periodNanos, final double[] start) {
        this.limits = limits;
        seconds = periodNanos * 1e-9;
        kinematics = new ArxKinematics(ArxChains.R5, base);
        last = start.clone();
        lastVelocity = new double[start.length];
        lastAcceleration = new double[start.length];
    }

    /** Checks one command against all before it. */
    void accept(final double[] position, final double[] velocity) {
        cycle++;
        final double[] speed = new double[position.length];
        final double[] acceleration = new double[position.length];
        for (int i = 0; i < position.length; i++) {
            assertTrue(Double.isFinite(position[i]) && Double.isFinite(velocity[i]), "not finite" + at(i));
            speed[i] = (position[i] - last[i]) / seconds;
            acceleration[i] = (speed[i] - lastVelocity[i]) / seconds;
            final double jerk = (acceleration[i] - lastAcceleration[i]) / seconds;
            check(position[i], limits.minimum().at(i), limits.maximum().at(i), "position" + at(i));
            checkSize(speed[i], limits.velocity().at(i), "velocity" + at(i));
            checkSize(acceleration[i], limits.acceleration().at(i), "acceleration" + at(i));
            // Rounding of a position by one unit in the last place shows as 4e-16 / h^3 in the jerk.
            checkSize(jerk, limits.jerk().at(i) + 4e-15 / (seconds * seconds * seconds), "jerk" + at(i));
            checkSize(velocity[i] - speed[i], 1e-9, "difference of commanded and actual velocity" + at(i));
        }
        last = position.clone();
        lastVelocity = speed;
        lastAcceleration = acceleration;
        checkWorkspace(position);
    }

    double[] last() {
        return last;
    }

    private void checkWorkspace(final double[] position) {
        kinematics.toolPose(position, tool);
        kinematics.linkPoses(position, links);
        final AxisLimits.Workspace box = limits.workspace();
        check(tool.x(), box.minX(), box.maxX(), "tool x in cycle " + cycle);
        check(tool.y(), box.minY(), box.maxY(), "tool y in cycle " + cycle);
        check(tool.z(), box.minZ(), box.maxZ(), "tool z in cycle " + cycle);
        for (final Pose link : Arrays.asList(links[2], links[3], links[5])) {
            assertTrue(link.z() >= box.minZ() + 0.03 - TOLERANCE, "link at " + link.z() + " in cycle " + cycle);
        }
    }

    private static void checkSize(final double value, final double limit, final String what) {
        check(value, -limit, limit, what);
    }

    private static void check(final double value, final double minimum, final double maximum, final String what) {
        final double slack = TOLERANCE * Math.max(1, Math.max(Math.abs(minimum), Math.abs(maximum)));
        assertTrue(value >= minimum - slack && value <= maximum + slack, what + ": " + value + " not in " + minimum + ".." + maximum);
    }

    private String at(final int axis) {
        return " of axis " + axis + " in cycle " + cycle;
    }
}
