package dev.continuo.hardware.safety;

import dev.continuo.config.ArmProfile;
import dev.continuo.config.AxisLimits;
import dev.continuo.config.BasePose;
import dev.continuo.hardware.kinematics.ArmChains;
import dev.continuo.hardware.kinematics.SerialChain;
import java.util.Optional;

/**
 * The last gate before the motors: whatever setpoints come in, the commands that go out are finite, continuous with the last command,
 * and within the limits of position, velocity, acceleration, jerk and workspace; and an arm that touches something harder than it may comes to a stop.
 *
 * <p>The guarantee does not rest on the setpoints. A command is only given when a stop after it has been planned through and
 * keeps to all limits; otherwise the arm takes the next step of the stop that was planned for the command before. So at every
 * moment there is a way to stand still inside the limits, by induction from the moment of arming. Setpoints that keep to the limits
 * pass unchanged; others are followed as closely as the limits allow or, where following makes no sense, replaced by a hold.
 *
 * <p>Commands advance in steps of the nominal period. The time that passes between calls is counted and turned into whole steps, so
 * that jitter of the caller neither adds to the commanded speeds nor lets them drift.
 *
 * <p>One thread; no allocation after construction.
 */
public final class SafetyEnvelope {
    private static final Verdict[] VERDICTS = Verdict.values();
    /** The verdict on an axis that would run into its limits. */
    private static final Verdict BRAKED = Verdict.LIMITED_POSITION;
    /** Steps that one call advances at most; the time beyond is lost, and the arm moves more slowly than asked. */
    private static final int MAX_STEPS = 5;

    private final AxisMotion[] axes;
    private final WorkspaceGuard workspace;
    private final ContactGuard contact;
    private final long stepNanos;
    private final double[] target;
    private final double[] scratch;
    private final Verdict[] followed;
    private final long[] counts = new long[VERDICTS.length];
    private long unspentNanos;
    private Verdict last = Verdict.NOT_READY;

    /** The envelope of one arm of a profile. */
    public SafetyEnvelope(final ArmProfile arm) {
        this(arm.limits(), ArmChains.of(arm.driver()), arm.base(), arm.periodNanos(), new ContactGuard(arm.contact()));
    }

    /** An envelope of an arm that feels nothing; as the one below. */
    public SafetyEnvelope(final AxisLimits limits, final SerialChain chain, final BasePose base, final long periodNanos) {
        this(limits, chain, base, periodNanos, new ContactGuard(Optional.empty()));
    }

    /**
     * An envelope.
     *
     * @param limits      per axis: the chain's joints, then the gripper
     * @param chain       the arm's geometry
     * @param base        where the arm stands in the frame of the workspace
     * @param periodNanos the nominal time between calls
     * @param contact     what is felt at the wrist; to be told and to judge before each call
     */
    public SafetyEnvelope(final AxisLimits limits, final SerialChain chain, final BasePose base, final long periodNanos, final ContactGuard contact) {
        axes = new AxisMotion[limits.minimum().size()];
        for (int i = 0; i < axes.length; i++) {
            axes[i] = new AxisMotion(limits.minimum().at(i), limits.maximum().at(i), limits.velocity().at(i),
                limits.acceleration().at(i), limits.jerk().at(i), periodNanos * 1e-9);
        }
        workspace = new WorkspaceGuard(chain, base, limits.workspace());
        this.contact = contact;
        stepNanos = periodNanos;
        target = new double[axes.length];
        scratch = new double[axes.length];
        followed = new Verdict[axes.length];
    }

    /**
     * Starts from a standing arm: to be called when it is armed, with what was measured then. An arm outside its limits is let back
     * in but not farther out. What the wrist feels then counts as nothing.
     *
     * @param measured one position per axis
     * @return false when the values are not finite or implausibly far outside the limits, or the wrist feels too much or nobody knows what; the envelope is then not ready
     */
    public boolean reset(final double[] measured) {
        last = Verdict.NOT_READY;
        for (int i = 0; i < axes.length; i++) {
            if (measured.length < axes.length || axes[i].isImplausible(measured[i])) {
                return false;
            }
        }
        if (!contact.rest()) {
            return false;
        }
        for (int i = 0; i < axes.length; i++) {
            axes[i].reset(measured[i]);
        }
        workspace.reset(measured);
        unspentNanos = 0;
        last = Verdict.DECELERATED;
        return true;
    }

    /**
     * Turns a setpoint into a command.
     *
     * @param desired     the setpoint per axis, any values
     * @param elapsedNanos the time since the last call
     * @param positionOut receives the commanded position per axis
     * @param velocityOut receives the commanded velocity per axis
     * @return what was done; also counted
     */
    public Verdict enforce(
        final double[] desired, final long elapsedNanos, final double[] positionOut, final double[] velocityOut) {
        if (last == Verdict.NOT_READY) {
            return tally(Verdict.NOT_READY);
        }
        final Verdict fault = examine(desired);
        final int steps = stepsOf(elapsedNanos);
        Verdict verdict = steps == 0 && fault == Verdict.PASSED ? last : fault;
        for (int i = steps; i > 0; i--) {
            final Verdict step = fault.isHeld() ? brake(fault) : follow(i);
            verdict = step.compareTo(verdict) > 0 ? step : verdict;
        }
        return finish(verdict, positionOut, velocityOut);
    }

    /**
     * Commands the stop that was planned for the last command, and then a hold.
     *
     * @param elapsedNanos the time since the last call
     * @param positionOut receives the commanded position per axis
     * @param velocityOut receives the commanded velocity per axis
     * @return {@link Verdict#DECELERATED}, or {@link Verdict#NOT_READY}
     */
    public Verdict decelerate(final long elapsedNanos, final double[] positionOut, final double[] velocityOut) {
        if (last == Verdict.NOT_READY) {
            return tally(Verdict.NOT_READY);
        }
        for (int i = stepsOf(elapsedNanos); i > 0; i--) {
            brake(Verdict.DECELERATED);
        }
        return finish(Verdict.DECELERATED, positionOut, velocityOut);
    }

    /**
     * How long after its step a call comes: commands advance in whole steps, calls come with jitter. Setpoints that are sampled for the
     * time of the call less this are as evenly spaced as the commands; those for the time of the call itself jump by the jitter, which at
     * one step apart is a large acceleration.
     *
     * @param elapsedNanos the time since the last call, as the next one will be told
     * @return within half a step of 0
     */
    public long latenessNanos(final long elapsedNanos) {
        return leftOver(counted(elapsedNanos));
    }

    /** Whether the command stands still. */
    public boolean isStanding() {
        for (final AxisMotion axis : axes) {
            if (!axis.isStanding()) {
                return false;
            }
        }
        return true;
    }

    /** How many calls ended with a verdict since construction. Read on the thread of the control loop. */
    public long count(final Verdict verdict) {
        return counts[verdict.ordinal()];
    }

    /** What is felt at the wrist. */
    public ContactGuard contact() {
        return contact;
    }

    /** Whether the setpoint can be followed; if so {@link #target} is the setpoint within the position limits. */
    private Verdict examine(final double[] desired) {
        if (contact.feeling() != ContactGuard.Feeling.FREE) {
            return Verdict.HELD_CONTACT;
        }
        if (desired.length < axes.length) {
            return Verdict.HELD_MALFORMED;
        }
        boolean outside = false;
        for (int i = 0; i < axes.length; i++) {
            if (!Double.isFinite(desired[i])) {
                return Verdict.HELD_NON_FINITE;
            }
            target[i] = axes[i].clampToLimits(desired[i]);
            outside |= target[i] != desired[i];
        }
        if (!workspace.contains(target)) {
            return Verdict.HELD_WORKSPACE;
        }
        return outside ? Verdict.LIMITED_POSITION : Verdict.PASSED;
    }

    /** One step towards the target, the {@code steps}th last of this call. */
    private Verdict follow(final int steps) {
        double hardest = 0;
        for (int i = 0; i < axes.length; i++) {
            followed[i] = axes[i].follow(target[i], steps);
            hardest = Math.max(hardest, axes[i].stopEffort());
        }
        // A stop in which all axes keep their direction strays least from the way; the quickest one is the second choice.
        if (!planStops(hardest) && !planStops(0)) {
            return brake(Verdict.HELD_WORKSPACE);
        }
        Verdict verdict = Verdict.PASSED;
        for (final Verdict axis : followed) {
            verdict = axis.compareTo(verdict) > 0 ? axis : verdict;
        }
        advance();
        return verdict;
    }

    /**
     * Plans the stops after the proposed steps. An axis that cannot stop within its own limits brakes at once.
     *
     * @param hardestEffort the effort of the hardest axis to stop, for stops that end together; 0 for the quickest
     * @return whether the arm stays in its workspace
     */
    private boolean planStops(final double hardestEffort) {
        for (int i = 0; i < axes.length; i++) {
            final AxisMotion axis = axes[i];
            if (followed[i] == BRAKED) {
                axis.planRestOfStop();
            } else if (!axis.planStop(axis.shareOfStop(hardestEffort)) && !axis.planStop(1)) {
                followed[i] = BRAKED;
                axis.brake();
                axis.planRestOfStop();
            }
        }
        return workspace.containsStops(axes, scratch);
    }

    /** One step of the stop that was planned and found inside when the present command was given. */
    private Verdict brake(final Verdict reason) {
        for (final AxisMotion axis : axes) {
            axis.brake();
            axis.planRestOfStop();
            axis.forgetSetpoint();
        }
        workspace.containsStops(axes, scratch);
        advance();
        return reason;
    }

    private void advance() {
        for (final AxisMotion axis : axes) {
            axis.advance();
        }
    }

    /** Turns elapsed time into whole steps; what is left over, up to half a step either way, counts next time. */
    private int stepsOf(final long elapsedNanos) {
        final long nanos = counted(elapsedNanos);
        unspentNanos = leftOver(nanos);
        return wholeSteps(nanos);
    }

    private long counted(final long elapsedNanos) {
        return unspentNanos + Math.max(0, Math.min(elapsedNanos, MAX_STEPS * stepNanos));
    }

    private int wholeSteps(final long nanos) {
        return (int) Math.min(MAX_STEPS, (nanos + stepNanos / 2) / stepNanos);
    }

    private long leftOver(final long nanos) {
        return Math.min(nanos - wholeSteps(nanos) * stepNanos, stepNanos / 2);
    }

    private Verdict finish(final Verdict verdict, final double[] positionOut, final double[] velocityOut) {
        for (int i = 0; i < axes.length; i++) {
            positionOut[i] = axes[i].position;
            velocityOut[i] = axes[i].velocity;
        }
        last = verdict;
        return tally(verdict);
    }

    private Verdict tally(final Verdict verdict) {
        counts[verdict.ordinal()]++;
        return verdict;
    }
}
