package dev.continuo.benchmarks.faults;

import dev.continuo.benchmarks.Pause;
import dev.continuo.benchmarks.faults.InjectedFault.Effect;
import dev.continuo.simulation.camera.MjpegServer;
import dev.continuo.simulation.motors.BusFaults;
import dev.continuo.simulation.motors.DamiaoMotor;
import dev.continuo.supervision.command.RunFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** The faults of the matrix (rows and columns as in docs/faults.md) that can be injected from outside into processes that run. */
final class InjectedFaults {
    private static final int LEFT = 0;
    private static final int RIGHT = 1;
    private static final int MOTOR = 4;
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int GARBAGE_FRAMES = 5_000;
    private static final long PAUSE_MILLIS = 1_000;
    private static final long STOPPED_MILLIS = 90;
    private static final long RUNNING_MILLIS = 30;
    private static final int FLOODING = 4;

    private InjectedFaults() {
    }

    /** All, in the order of the matrix. */
    static List<InjectedFault> all() {
        final List<InjectedFault> faults = new ArrayList<>();
        faults.add(camera("camera-frozen", "hangs", MjpegServer.Fault.FROZEN));
        faults.add(camera("camera-gone", "vanishes and returns", MjpegServer.Fault.CUT));
        faults.add(camera("camera-garbage", "wrong values", MjpegServer.Fault.GARBAGE));
        faults.add(new InjectedFault("motor-fault", "robot state", "throws once", Effect.REST, false,
            rig -> rig.game().task().cell().submit(cell -> cell.bus(LEFT).motor(MOTOR).fail(DamiaoMotor.OVER_CURRENT)), rig -> { }));
        faults.add(bus("motor-silent", "robot state", "hangs", Effect.REST, LEFT, bus -> bus.silence(MOTOR, true), bus -> bus.silence(MOTOR, false)));
        faults.add(bus("motor-late", "robot state", "slow", Effect.EITHER, RIGHT, bus -> bus.late(MOTOR, LATE_NANOS), bus -> bus.late(MOTOR, 0)));
        faults.add(bus("bus-silent", "robot link", "vanishes and returns", Effect.REST, LEFT, bus -> bus.dead(true), bus -> bus.dead(false)));
        faults.add(bus("bus-duplicates", "robot link", "duplicates", Effect.NONE, RIGHT, bus -> bus.duplicate(MOTOR, true), bus -> bus.duplicate(MOTOR, false)));
        faults.add(bus("bus-garbage", "robot link", "flood", Effect.EITHER, RIGHT, bus -> bus.garbage(GARBAGE_FRAMES), bus -> bus.garbage(0)));
        faults.add(policy("policy-throws-once", "throws once", Effect.EITHER, PolicyFault.THROWS_ONCE));
        faults.add(policy("policy-throws", "throws always", Effect.REST, PolicyFault.THROWS));
        faults.add(policy("policy-hangs", "hangs", Effect.REST, PolicyFault.HANGS));
        faults.add(policy("policy-late", "slow", Effect.REST, PolicyFault.LATE));
        faults.add(policy("policy-nan", "wrong values: not a number", Effect.REST, PolicyFault.NAN));
        faults.add(policy("policy-infinite", "wrong values: infinite", Effect.REST, PolicyFault.INFINITE));
        faults.add(policy("policy-far", "wrong values: out of range", Effect.EITHER, PolicyFault.FAR));
        faults.add(policy("policy-frozen", "wrong values: stuck", Effect.EITHER, PolicyFault.FROZEN));
        faults.add(new InjectedFault("brain-killed", "reasoning", "vanishes and returns", Effect.REST, false, rig -> brain(rig).destroyForcibly(), rig -> { }));
        faults.add(new InjectedFault("brain-stopped", "reasoning", "hangs", Effect.REST, true, rig -> signal(brain(rig), "STOP"), rig -> rig.service().role("brain").ifPresent(brain -> signal(brain, "CONT"))));
        faults.add(slowBrain());
        faults.add(new InjectedFault("control-paused", "supervisor", "hangs", Effect.EITHER, false, rig -> {
            final ProcessHandle control = rig.service().role("control").orElseThrow();
            signal(control, "STOP");
            Pause.millis(PAUSE_MILLIS);
            signal(control, "CONT");
        }, rig -> { }));
        faults.add(new InjectedFault("service-killed", "supervisor", "vanishes and returns", Effect.REST, false, rig -> rig.service().kill(), CellRig::startService));
        faults.add(new InjectedFault("emergency-stop", "operator", "throws once", Effect.REST, true, rig -> rig.ask("/api/emergency-stop"), rig -> {
            rig.ask("/api/release");
            rig.ask("/api/start");
        }));
        faults.add(flood());
        return faults;
    }

    private static InjectedFault camera(final String name, final String column, final MjpegServer.Fault fault) {
        return new InjectedFault(name, "camera", column, Effect.REST, true, rig -> rig.game().camera().fault(fault), rig -> rig.game().camera().fault(MjpegServer.Fault.NONE));
    }

    private static InjectedFault bus(final String name, final String row, final String column, final Effect effect, final int arm, final Consumer<BusFaults> on, final Consumer<BusFaults> off) {
        return new InjectedFault(name, row, column, effect, true, rig -> rig.game().task().cell().submit(cell -> on.accept(cell.bus(arm).faults())),
            rig -> rig.game().task().cell().submit(cell -> off.accept(cell.bus(arm).faults())));
    }

    private static InjectedFault policy(final String name, final String column, final Effect effect, final PolicyFault fault) {
        return new InjectedFault(name, "policy", column, effect, fault != PolicyFault.THROWS_ONCE, rig -> rig.order(fault), rig -> rig.order(PolicyFault.NONE));
    }

    /** A brain that gets a quarter of a processor. */
    private static InjectedFault slowBrain() {
        final AtomicBoolean slow = new AtomicBoolean();
        return new InjectedFault("brain-slow", "reasoning", "slow", Effect.EITHER, true, rig -> {
            slow.set(true);
            Thread.ofVirtual().start(() -> {
                while (slow.get()) {
                    final Optional<ProcessHandle> brain = rig.service().role("brain");
                    brain.ifPresent(process -> signal(process, "STOP"));
                    Pause.millis(STOPPED_MILLIS);
                    brain.ifPresent(process -> signal(process, "CONT"));
                    Pause.millis(RUNNING_MILLIS);
                }
            });
        }, rig -> slow.set(false));
    }

    /** Somebody who asks for things that he may not have, as fast as he can. */
    private static InjectedFault flood() {
        final AtomicBoolean flooding = new AtomicBoolean();
        return new InjectedFault("operator-flood", "operator", "flood", Effect.NONE, true, rig -> {
            flooding.set(true);
            IntStream.range(0, FLOODING).forEach(asker -> Thread.ofVirtual().start(() -> {
                while (flooding.get()) {
                    rig.ask("/api/instruction");
                }
            }));
        }, rig -> flooding.set(false));
    }

    private static ProcessHandle brain(final CellRig rig) {
        return rig.service().role("brain").orElseThrow(() -> new RunFailure("there is no brain to hurt"));
    }

    private static void signal(final ProcessHandle process, final String name) {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).redirectErrorStream(true).start().waitFor();
        } catch (final IOException failure) {
            throw new RunFailure("no signal can be sent: " + failure.getMessage());
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
