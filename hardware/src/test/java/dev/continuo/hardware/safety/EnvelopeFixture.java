package dev.continuo.hardware.safety;

import dev.continuo.config.AxisLimits;
import dev.continuo.config.AxisVector;
import dev.continuo.config.BasePose;
import dev.continuo.hardware.kinematics.ArxChains;
import java.util.Arrays;

/** The left R5 of the cell and its limits. */
final class EnvelopeFixture {
    static final BasePose BASE = new BasePose(0, 0.22, 0, 0);
    static final double[] READY = {0, 1.3025, 1.1961, -1.4644, 0, 0, 0.07};

    private EnvelopeFixture() {
    }

    static AxisLimits limits() {
        return limits(new AxisLimits.Workspace(0.05, 0.62, -0.15, 0.45, 0.004, 0.45));
    }

    static AxisLimits limits(final AxisLimits.Workspace workspace) {
        final double[] minimum = new double[7];
        final double[] maximum = new double[7];
        for (int i = 0; i < 6; i++) {
            minimum[i] = ArxChains.R5.minimum(i);
            maximum[i] = ArxChains.R5.maximum(i);
        }
        maximum[6] = 0.088;
        return new AxisLimits(AxisVector.of(minimum), AxisVector.of(maximum), sized(3, 0.3), sized(20, 3), sized(800, 100), workspace);
    }

    static SafetyEnvelope armed(final long periodNanos, final double[] start) {
        final SafetyEnvelope envelope = new SafetyEnvelope(limits(), ArxChains.R5, BASE, periodNanos);
        if (!envelope.reset(start)) {
            throw new AssertionError("not ready at " + Arrays.toString(start));
        }
        return envelope;
    }

    private static AxisVector sized(final double joints, final double gripper) {
        return AxisVector.of(joints, joints, joints, joints, joints, joints, gripper);
    }
}
