package dev.continuo.benchmarks.faults;

import dev.continuo.config.AxisLimits;
import dev.continuo.config.DriverProfile;
import dev.continuo.config.Profile;
import dev.continuo.simulation.cell.CellServer;
import dev.continuo.simulation.cell.CellState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Watches the joints of both arms in the simulated cell, apart from everything that the runtime knows: when they move, when they stand
 * still, and whether they are ever faster than they may be, or sent where they may not be. It looks 250 times a second.
 */
public final class MotionWitness implements AutoCloseable {
    private static final long PERIOD_MILLIS = 4;
    private static final double STILL_RAD_PER_SEC = 0.04;
    private static final double MOVING_RAD_PER_SEC = 0.15;
    private static final long STILL_NANOS = 300_000_000L;

    private final CellServer cell;
    private final double[] limits = new double[CellState.AXES];
    private final double[] minimum = new double[CellState.AXES];
    private final double[] maximum = new double[CellState.AXES];
    /** An arm that was let go may have sunk outside its limits, and is let back in. */
    private final double[] lowest = new double[CellState.AXES];
    private final double[] highest = new double[CellState.AXES];
    private final List<Look> looks = new ArrayList<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("motion-witness").unstarted(this::watch);
    private volatile boolean closed;

    private record Look(long atNanos, double speedRadPerSec, double shareOfLimit, double commandedShareOfLimit, double outsideRad) {
    }

    /** Watches from now on. */
    public MotionWitness(final CellServer cell, final Profile profile) {
        this.cell = cell;
        for (int axis = 0; axis < limits.length; axis++) {
            final AxisLimits arm = profile.arms().get(axis / DriverProfile.Arx.AXES).limits();
            limits[axis] = arm.velocity().at(axis % DriverProfile.Arx.AXES);
            minimum[axis] = arm.minimum().at(axis % DriverProfile.Arx.AXES);
            maximum[axis] = arm.maximum().at(axis % DriverProfile.Arx.AXES);
        }
        Arrays.fill(lowest, Double.NaN);
        thread.start();
    }

    private void watch() {
        final CellState state = new CellState();
        while (!closed) {
            cell.snapshot(state);
            double speed = 0;
            double share = 0;
            double commandedShare = 0;
            double outside = 0;
            for (int axis = 0; axis < limits.length; axis++) {
                final double axisSpeed = Math.abs(state.velocities[axis]);
                if (axis % DriverProfile.Arx.AXES < DriverProfile.Arx.AXES - 1) {
                    speed = Math.max(speed, axisSpeed);
                    share = Math.max(share, axisSpeed / limits[axis]);
                    commandedShare = Math.max(commandedShare, Math.abs(state.commandedVelocities[axis]) / limits[axis]);
                    outside = Math.max(outside, outsideRad(axis, state.commandedJoints[axis]));
                }
            }
            synchronized (looks) {
                looks.add(new Look(System.nanoTime(), speed, share, commandedShare, outside));
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
            } catch (final InterruptedException stop) {
                return;
            }
        }
    }

    private double outsideRad(final int axis, final double commanded) {
        if (Double.isNaN(commanded)) {
            lowest[axis] = Double.NaN;
            return 0;
        }
        if (Double.isNaN(lowest[axis])) {
            lowest[axis] = Math.min(minimum[axis], commanded);
            highest[axis] = Math.max(maximum[axis], commanded);
        }
        return Math.max(lowest[axis] - commanded, commanded - highest[axis]);
    }

    /** Forgets what was seen so far. */
    public void forget() {
        synchronized (looks) {
            looks.clear();
        }
    }

    /** When the arms came to rest for a while after a time, as milliseconds from it; -1 when they did not yet. */
    public long stillAfterMillis(final long fromNanos) {
        long since = -1;
        for (final Look look : since(fromNanos)) {
            if (look.speedRadPerSec > STILL_RAD_PER_SEC) {
                since = -1;
            } else if (since < 0) {
                since = look.atNanos;
            } else if (look.atNanos - since > STILL_NANOS) {
                return TimeUnit.NANOSECONDS.toMillis(since - fromNanos);
            }
        }
        return -1;
    }

    /** When the arms first moved after a time, as milliseconds from it; -1 when they did not yet. */
    public long movingAfterMillis(final long fromNanos) {
        return since(fromNanos).stream().filter(look -> look.speedRadPerSec > MOVING_RAD_PER_SEC).findFirst()
            .map(look -> TimeUnit.NANOSECONDS.toMillis(look.atNanos - fromNanos)).orElse(-1L);
    }

    /** The highest speed of any joint so far, as a share of its limit. */
    public double highestShareOfLimit() {
        return since(Long.MIN_VALUE).stream().mapToDouble(Look::shareOfLimit).max().orElse(0);
    }

    /** The highest speed that any joint's motor was asked for so far, as a share of its limit. */
    public double highestCommandedShareOfLimit() {
        return since(Long.MIN_VALUE).stream().mapToDouble(Look::commandedShareOfLimit).max().orElse(0);
    }

    /** How far outside its limits any joint was sent so far, or further than where it was held when it had sunk outside, radians; 0 if none was. */
    public double farthestCommandedOutsideRad() {
        return since(Long.MIN_VALUE).stream().mapToDouble(Look::outsideRad).max().orElse(0);
    }

    private List<Look> since(final long nanos) {
        synchronized (looks) {
            return looks.stream().filter(look -> look.atNanos >= nanos).toList();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
