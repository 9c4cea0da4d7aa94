package dev.continuo.hardware.arx;

import dev.continuo.hardware.Arm;
import dev.continuo.hardware.GravityModel;
import dev.continuo.hardware.can.CanFrameHandler;
import dev.continuo.hardware.can.MemoryCanBus;
import java.util.concurrent.TimeUnit;

/** A driver and seven stub motors on a bus in memory, stepped in virtual time. */
final class ArmBench {
    static final GravityModel WEIGHTLESS = (position, torque) -> java.util.Arrays.fill(torque, 0.0);
    static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(4);

    final MemoryCanBus.Pair buses = MemoryCanBus.pair();
    final StubMotor[] motors = new StubMotor[ArxModel.AXES];
    final ArxArm arm;
    final double[] goal = new double[ArxModel.AXES];
    final double[] still = new double[ArxModel.AXES];
    long nowNanos;
    private final CanFrameHandler toMotors = this::toMotors;

    ArmBench(final ArxModel model) {
        this(model, WEIGHTLESS, ArxSettings.atRate(250));
    }

    ArmBench(final ArxModel model, final GravityModel gravity, final ArxSettings settings) {
        arm = new ArxArm("left", model, buses.host(), gravity, settings);
        for (int axis = 0; axis < motors.length; axis++) {
            motors[axis] = new StubMotor(model.motors().get(axis));
        }
    }

    private void toMotors(final int id, final long data, final int length, final long atNanos) {
        for (final StubMotor motor : motors) {
            if (id == DamiaoRegister.CAN_ID) {
                motor.onRegister(buses.device(), data);
            } else if (id == motor.motor.canId()) {
                motor.onCommand(buses.device(), data, length);
            }
        }
    }

    /** The motors' part of one cycle. */
    void turn() {
        buses.device().poll(toMotors, nowNanos, 256);
        for (final StubMotor motor : motors) {
            motor.step(PERIOD / 1e9);
        }
        nowNanos += PERIOD;
    }

    /** One cycle in which the arm is damped. */
    void damp() {
        arm.poll(nowNanos);
        arm.damp(nowNanos);
        turn();
    }

    /** One cycle in which the arm is commanded to {@link #goal}. */
    void command() {
        arm.poll(nowNanos);
        arm.command(nowNanos, goal, still);
        turn();
    }

    /** Damps until a mode is reached, or fails after some seconds. */
    void dampUntil(final Arm.Mode mode) {
        for (int i = 0; arm.mode() != mode; i++) {
            if (i > 2000) {
                throw new AssertionError("still " + arm.mode() + ": " + arm.fault());
            }
            damp();
        }
    }

    /** Connects and arms, with the goal at the measured pose. */
    void hold() {
        dampUntil(Arm.Mode.DAMPING);
        arm.arm(nowNanos);
        System.arraycopy(arm.state().position, 0, goal, 0, goal.length);
        for (int i = 0; arm.mode() == Arm.Mode.ARMING && i < 2000; i++) {
            command();
        }
        if (arm.mode() != Arm.Mode.HOLDING) {
            throw new AssertionError("not holding but " + arm.mode() + ": " + arm.fault());
        }
    }

    void commandFor(final double seconds) {
        for (int i = 0; i < seconds / (PERIOD / 1e9); i++) {
            command();
        }
    }

    void dampFor(final double seconds) {
        for (int i = 0; i < seconds / (PERIOD / 1e9); i++) {
            damp();
        }
    }
}
