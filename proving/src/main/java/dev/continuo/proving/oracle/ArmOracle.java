package dev.continuo.proving.oracle;

import dev.continuo.config.ArmProfile;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.BiConsumer;

/**
 * Judges what one arm is commanded, by rules that are written from the limits alone and share no code with the envelope that keeps them: it looks at nothing but the times and values of commands that are
 * sent, and remembers the last second of them.
 *
 * <p>Speed is judged over every span of up to a tenth of a second, acceleration and jerk by differences wherever commands come one period apart.
 */
public final class ArmOracle {
    private static final int REMEMBERED = 64;
    private static final double ROUNDING = 1e-6;
    /** A late call may make up for so many periods at once. */
    private static final int STEPS_AT_ONCE = 5;
    private static final long EVEN_NANOS = 1_000;
    /** From its greatest speed an axis is at rest after less, in cycles that are commanded. */
    private static final double STOP_SECONDS = 1.0;
    /** The status, by which one knows who moves the arm, is told four times a second. */
    private static final long COMES_OUT_NANOS = 500_000_000L;

    private final ArmProfile arm;
    private final BiConsumer<String, String> violated;
    private final WorkspaceOracle workspace;
    private final int axes;
    private final long periodNanos;
    private final double periodSeconds;
    private final double[][] positions;
    private final long[] times = new long[REMEMBERED];
    private final double[] lowest;
    private final double[] highest;
    private long commands;
    private long cycles;
    private int newestDriver;
    private int armedDriver = -1;
    private long cyclesSinceStop = -1;
    private boolean moved;
    private long suspectedAtNanos = Long.MAX_VALUE;

    /**
     * An oracle that has seen nothing.
     *
     * @param violated told the invariant's number and what happened
     */
    public ArmOracle(final ArmProfile arm, final BiConsumer<String, String> violated) {
        this.arm = arm;
        this.violated = violated;
        workspace = new WorkspaceOracle(arm);
        axes = arm.axisCount();
        periodNanos = arm.periodNanos();
        periodSeconds = periodNanos * 1e-9;
        positions = new double[REMEMBERED][axes];
        lowest = new double[axes];
        highest = new double[axes];
    }

    /** Somebody connected to the arm; who was connected before has nothing to say any more. */
    public int opened() {
        return ++newestDriver;
    }

    /** Whether anybody ever connected to it. */
    public boolean isOpened() {
        return newestDriver > 0;
    }

    /** The arm is told to hold what was measured. */
    public void armed(final int driver) {
        requireNewest(driver, "armed");
        armedDriver = driver;
        commands = 0;
    }

    /** The arm is let go. */
    public void damped(final int driver) {
        if (driver == newestDriver) {
            armedDriver = -1;
            commands = 0;
            cycles++;
        }
    }

    /** The emergency stop is on from now on. */
    public void stopped() {
        cyclesSinceStop = 0;
    }

    /** The emergency stop has been released, and somebody wants the arms to move. */
    public void mayMove() {
        cyclesSinceStop = -1;
    }

    /** Cycles in which the arm was commanded or let go, since the last call. */
    public long takeCycles() {
        final long taken = cycles;
        cycles = 0;
        return taken;
    }

    /**
     * Some time has passed.
     *
     * @param starved   whether in all of it no chunk could play any more
     * @param elsewhere whether something else moves the arm; that may come out a while later, so that a movement counts only once it has not
     * @param nowNanos  the present
     */
    public void looked(final boolean starved, final boolean elsewhere, final long nowNanos) {
        if (elsewhere) {
            suspectedAtNanos = Long.MAX_VALUE;
        } else if (starved && moved && suspectedAtNanos == Long.MAX_VALUE) {
            suspectedAtNanos = nowNanos;
        }
        if (suspectedAtNanos != Long.MAX_VALUE && nowNanos - suspectedAtNanos > COMES_OUT_NANOS) {
            tell("I2", "%s moved although no chunk could play", arm.name());
            suspectedAtNanos = Long.MAX_VALUE;
        }
        moved = false;
    }

    /** The arm is sent a command. */
    public void commanded(final int driver, final long nowNanos, final double[] position) {
        requireNewest(driver, "commanded");
        if (armedDriver != driver) {
            violated.accept("I4", arm.name() + " is commanded without being armed");
        }
        for (int axis = 0; axis < axes; axis++) {
            if (!Double.isFinite(position[axis])) {
                violated.accept("I1", name(axis) + " is sent to " + position[axis]);
                return;
            }
        }
        remember(nowNanos, position);
        for (int axis = 0; axis < axes; axis++) {
            judgePosition(axis);
            judgeSpeed(axis, nowNanos);
            judgeDifferences(axis);
        }
        workspace.judge(position).ifPresent(what -> violated.accept("I1", what));
        judgeStop();
        moved |= isMoving();
        cycles++;
    }

    /** What the arm was sent last, in words; {@code let go} if it is not commanded. */
    public String lastCommand() {
        final double[] last = new double[axes];
        for (int axis = 0; commands > 0 && axis < axes; axis++) {
            last[axis] = Math.round(at(0, axis) * 1e4) / 1e4;
        }
        return arm.name() + (commands == 0 ? " let go" : " at " + Arrays.toString(last));
    }

    private void requireNewest(final int driver, final String what) {
        if (driver != newestDriver) {
            violated.accept("I13", arm.name() + " is " + what + " by a driver that was replaced");
        }
    }

    private void remember(final long nowNanos, final double[] position) {
        if (commands == 0) {
            // An arm that sank outside its limits is let back in.
            workspace.begin(position);
            for (int axis = 0; axis < axes; axis++) {
                lowest[axis] = Math.min(arm.limits().minimum().at(axis), position[axis]);
                highest[axis] = Math.max(arm.limits().maximum().at(axis), position[axis]);
            }
        }
        final int slot = slot(0);
        times[slot] = nowNanos;
        System.arraycopy(position, 0, positions[slot], 0, axes);
        commands++;
    }

    /** Where the command of so many before is kept; that of the newest is 0, before it is counted and 1 after. */
    private int slot(final int before) {
        return (int) Math.floorMod(commands - before, (long) REMEMBERED);
    }

    private double at(final int before, final int axis) {
        return positions[slot(before + 1)][axis];
    }

    private long timeOf(final int before) {
        return times[slot(before + 1)];
    }

    private void judgePosition(final int axis) {
        final double position = at(0, axis);
        if (position < lowest[axis] - ROUNDING || position > highest[axis] + ROUNDING) {
            tell("I1", "%s is sent to %.6f, outside %.6f to %.6f", name(axis), position, lowest[axis], highest[axis]);
        }
    }

    private void judgeSpeed(final int axis, final long nowNanos) {
        final double limit = arm.limits().velocity().at(axis);
        final int back = (int) Math.min(commands, REMEMBERED) - 1;
        for (int before = 1; before <= back; before += before < 4 ? 1 : 7) {
            final double seconds = (nowNanos - timeOf(before)) * 1e-9;
            // A call advances whole periods: the one before may have been half a period behind, this one half ahead.
            final double allowed = limit * (seconds + periodSeconds) * (1 + ROUNDING) + ROUNDING;
            final double capped = limit * STEPS_AT_ONCE * before * periodSeconds * (1 + ROUNDING) + ROUNDING;
            final double way = Math.abs(at(0, axis) - at(before, axis));
            if (way > Math.min(allowed, capped)) {
                tell("I1", "%s moves by %.6f within %.4f s, %.3f times its speed limit", name(axis), way, seconds, way / (limit * Math.max(seconds, periodSeconds)));
                return;
            }
        }
    }

    private void judgeDifferences(final int axis) {
        if (commands < 4 || !isEven(3)) {
            return;
        }
        final double h = periodSeconds;
        final double acceleration = (at(0, axis) - 2 * at(1, axis) + at(2, axis)) / (h * h);
        final double jerk = (at(0, axis) - 3 * at(1, axis) + 3 * at(2, axis) - at(3, axis)) / (h * h * h);
        final double mostAcceleration = arm.limits().acceleration().at(axis);
        final double mostJerk = arm.limits().jerk().at(axis);
        if (Math.abs(acceleration) > mostAcceleration * (1 + 1e-3) + ROUNDING) {
            tell("I1", "%s accelerates by %.4f, more than %.4f", name(axis), acceleration, mostAcceleration);
        }
        if (Math.abs(jerk) > mostJerk * (1 + 1e-3) + 1e-3) {
            tell("I1", "%s jerks by %.3f, more than %.3f", name(axis), jerk, mostJerk);
        }
    }

    private boolean isEven(final int back) {
        for (int before = 0; before < back; before++) {
            if (Math.abs(timeOf(before) - timeOf(before + 1) - periodNanos) > EVEN_NANOS) {
                return false;
            }
        }
        return true;
    }

    private void judgeStop() {
        if (cyclesSinceStop < 0) {
            return;
        }
        cyclesSinceStop++;
        if (cyclesSinceStop * periodSeconds >= STOP_SECONDS && isMoving()) {
            tell("I3", "%s still moves %.2f s of commands after the emergency stop", arm.name(), cyclesSinceStop * periodSeconds);
        }
    }

    private boolean isMoving() {
        for (int axis = 0; commands > 1 && axis < axes; axis++) {
            if (Math.abs(at(0, axis) - at(1, axis)) > ROUNDING * periodSeconds) {
                return true;
            }
        }
        return false;
    }

    private String name(final int axis) {
        return arm.name() + " axis " + axis;
    }

    private void tell(final String invariant, final String what, final Object... figures) {
        violated.accept(invariant, String.format(Locale.ROOT, what, figures));
    }
}
