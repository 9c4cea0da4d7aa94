package dev.continuo.hardware;

import dev.continuo.config.ArmProfile;
import dev.continuo.config.PluginSettings;
import dev.continuo.hardware.kinematics.SerialChain;
import dev.continuo.hardware.kinematics.SerialChain.Axis;
import dev.continuo.hardware.kinematics.SerialChain.Joint;

/** An arm of two joints, as a plugin would bring it; its settings make it unfit: {@code driver-axes} its driver has, {@code landmark} lies on a link. */
public final class TwoJointKind implements ArmKind {
    /** Drivers that were closed. */
    static int closed;

    @Override
    public String name() {
        return "two-joint";
    }

    @Override
    public SerialChain chain(final PluginSettings settings) {
        return new SerialChain(name(), new double[] {settings.real("tool", 0, 1), 0, 0}, new int[] {Integer.parseInt(settings.text("landmark", "1"))}, joint(), joint());
    }

    private static Joint joint() {
        return new Joint(new double[] {0.1, 0, 0}, 0, Axis.Z, -1, 1, 0, new double[3], new double[6]);
    }

    @Override
    public Arm open(final ArmProfile profile, final PluginSettings settings) {
        return new Standing(profile.name(), Integer.parseInt(settings.text("driver-axes", "3")));
    }

    private record Standing(String name, ArmState state) implements Arm {
        Standing(final String name, final int axes) {
            this(name, new ArmState(axes));
        }

        @Override
        public int axisCount() {
            return state.position.length;
        }

        @Override
        public int poll(final long nowNanos) {
            return 0;
        }

        @Override
        public Mode mode() {
            return Mode.CONNECTING;
        }

        @Override
        public void arm(final long nowNanos) {
            throw new UnsupportedOperationException("never connected");
        }

        @Override
        public void command(final long nowNanos, final double[] position, final double[] velocity) {
            throw new UnsupportedOperationException("never connected");
        }

        @Override
        public void damp(final long nowNanos) {
            // It is limp.
        }

        @Override
        public void clearFault(final long nowNanos) {
            // It has none.
        }

        @Override
        public String fault() {
            return "stands";
        }

        @Override
        public void close() {
            closed++;
        }
    }
}
