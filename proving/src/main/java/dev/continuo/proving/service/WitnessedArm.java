package dev.continuo.proving.service;

import dev.continuo.hardware.Arm;
import dev.continuo.hardware.ArmState;
import dev.continuo.proving.oracle.ArmOracle;
import org.agrona.concurrent.NanoClock;

/** A driver whose every call is shown to the oracle before it is passed on. */
public final class WitnessedArm implements Arm {
    private final Arm driver;
    private final ArmOracle oracle;
    private final Saboteur saboteur;
    private final EventLog log;
    private final int number;
    private Mode lastMode = Mode.CONNECTING;

    WitnessedArm(final Arm driver, final ArmOracle oracle, final Saboteur saboteur, final EventLog log) {
        this.driver = driver;
        this.oracle = oracle;
        this.saboteur = saboteur;
        this.log = log;
        number = oracle.opened();
    }

    /** A driver that is only watched. */
    public static WitnessedArm of(final Arm driver, final ArmOracle oracle, final NanoClock clock) {
        return new WitnessedArm(driver, oracle, new Saboteur(Sabotage.NONE, () -> false, () -> false), new EventLog(clock, line -> { }));
    }

    @Override
    public String name() {
        return driver.name();
    }

    @Override
    public int axisCount() {
        return driver.axisCount();
    }

    @Override
    public int poll(final long nowNanos) {
        final int frames = driver.poll(nowNanos);
        if (driver.mode() != lastMode) {
            lastMode = driver.mode();
            log.tell(name() + " arm " + lastMode + (lastMode == Mode.FAULT ? ": " + driver.fault() : ""));
        }
        return frames;
    }

    @Override
    public Mode mode() {
        return driver.mode();
    }

    @Override
    public ArmState state() {
        return driver.state();
    }

    @Override
    public void arm(final long nowNanos) {
        oracle.armed(number);
        driver.arm(nowNanos);
    }

    @Override
    public void command(final long nowNanos, final double[] position, final double[] velocity) {
        saboteur.spoil(position);
        log.command(nowNanos, position);
        oracle.commanded(number, nowNanos, position);
        driver.command(nowNanos, position, velocity);
    }

    @Override
    public void damp(final long nowNanos) {
        oracle.damped(number);
        driver.damp(nowNanos);
    }

    @Override
    public void clearFault(final long nowNanos) {
        driver.clearFault(nowNanos);
    }

    @Override
    public String fault() {
        return driver.fault();
    }

    @Override
    public void close() {
        driver.close();
    }
}
