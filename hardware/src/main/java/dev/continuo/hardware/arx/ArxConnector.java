package dev.continuo.hardware.arx;

import dev.continuo.hardware.can.CanBus;
import java.util.concurrent.TimeUnit;

/**
 * The way from a bus to motors that follow commands: asks every motor what its frames mean, and enables it.
 *
 * <p>Nothing it sends makes a motor move, and a motor that still holds the arm for a host that died goes on doing so: errors are
 * cleared only in motors that report one, because they are limp already.
 */
final class ArxConnector {
    /** Pause after clearing errors. */
    static final long CLEAR_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** Pause before absent motors are asked again. */
    static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    /** Rounds of enabling before the motors' answers count. */
    static final int ENABLE_ROUNDS = 10;
    /** How often errors are cleared before a motor that does not become enabled is at fault. */
    static final int CLEARINGS = 3;

    /** The steps of connecting, in order. */
    enum Phase {
        LINK,
        IDENTIFY,
        PAUSE,
        ENABLE,
        CLEAR,
        READY
    }

    private final CanBus bus;
    private final MotorLink[] links;
    private final ArxFault fault;
    private final long periodNanos;
    private Phase phase = Phase.LINK;
    private long phaseSinceNanos;
    private long nextRoundNanos;
    private int rounds;
    private int clearings;
    private int missingMask;

    ArxConnector(final CanBus bus, final MotorLink[] links, final ArxFault fault, final long periodNanos) {
        this.bus = bus;
        this.links = links;
        this.fault = fault;
        this.periodNanos = periodNanos;
    }

    /** Begins from the start. */
    void restart() {
        phase = Phase.LINK;
        missingMask = 0;
    }

    /**
     * One cycle of connecting.
     *
     * @return true once all motors follow commands
     */
    boolean step(final long nowNanos) {
        if (!bus.isConnected()) {
            restart();
            return false;
        }
        switch (phase) {
            case LINK -> beginIdentifying(nowNanos);
            case IDENTIFY -> identify(nowNanos);
            case PAUSE -> {
                if (nowNanos - phaseSinceNanos >= RETRY_NANOS) {
                    beginIdentifying(nowNanos);
                }
            }
            case ENABLE -> enable(nowNanos);
            case CLEAR -> {
                if (nowNanos - phaseSinceNanos >= CLEAR_NANOS) {
                    beginEnabling(nowNanos);
                }
            }
            case READY -> {
                // Nothing is left to do.
            }
        }
        return phase == Phase.READY;
    }

    private void beginIdentifying(final long nowNanos) {
        for (final MotorLink link : links) {
            link.reset();
        }
        clearings = 0;
        enter(Phase.IDENTIFY, nowNanos);
    }

    private void identify(final long nowNanos) {
        boolean done = true;
        for (final MotorLink link : links) {
            done &= link.identify(nowNanos, bus);
        }
        bus.flush();
        if (!done) {
            return;
        }
        missingMask = 0;
        for (int axis = 0; axis < links.length; axis++) {
            if (links[axis].identity == MotorLink.Identity.MISSING) {
                missingMask |= 1 << axis;
            }
        }
        if (missingMask != 0) {
            enter(Phase.PAUSE, nowNanos);
            return;
        }
        for (final MotorLink link : links) {
            link.applySettings(bus);
        }
        beginEnabling(nowNanos);
    }

    private void beginEnabling(final long nowNanos) {
        rounds = 0;
        nextRoundNanos = nowNanos;
        enter(Phase.ENABLE, nowNanos);
    }

    private void enable(final long nowNanos) {
        if (nowNanos - nextRoundNanos < 0) {
            return;
        }
        if (rounds == ENABLE_ROUNDS) {
            judge(nowNanos);
            return;
        }
        for (final MotorLink link : links) {
            link.enable(bus);
        }
        bus.flush();
        rounds++;
        nextRoundNanos = nowNanos + periodNanos;
    }

    private void judge(final long nowNanos) {
        MotorLink laggard = null;
        for (final MotorLink link : links) {
            if (!link.isEnabled() || link.measuredAtNanos == Long.MIN_VALUE) {
                laggard = laggard == null ? link : laggard;
                link.clearError(bus);
            }
        }
        if (laggard == null) {
            enter(Phase.READY, nowNanos);
        } else if (clearings == CLEARINGS) {
            fault.set(ArxFault.Cause.NOT_ENABLED, laggard, 0.0);
        } else {
            clearings++;
            bus.flush();
            enter(Phase.CLEAR, nowNanos);
        }
    }

    private void enter(final Phase next, final long nowNanos) {
        phase = next;
        phaseSinceNanos = nowNanos;
    }

    /** How far connecting has got, for people. */
    String text() {
        if (phase == Phase.LINK) {
            return "no CAN bus yet: " + bus.describe();
        }
        if (missingMask == 0) {
            return phase == Phase.READY ? "" : "connecting: " + bus.describe();
        }
        if (missingMask == (1 << links.length) - 1) {
            return "no motor answers: check the arm's power and the CAN cable; " + bus.describe();
        }
        final StringBuilder missing = new StringBuilder();
        for (int axis = 0; axis < links.length; axis++) {
            if ((missingMask & 1 << axis) != 0) {
                missing.append(missing.isEmpty() ? "" : ", ").append(links[axis].motor.describe());
            }
        }
        return "no answer from " + missing + ": check its cable";
    }
}
