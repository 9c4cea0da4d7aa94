package dev.continuo.simulation.kernel;

import static dev.continuo.simulation.kernel.KernelChecks.run;
import static dev.continuo.simulation.kernel.KernelChecks.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.ProfileException;
import dev.continuo.hardware.Arm;
import dev.continuo.hardware.arx.ArxArm;
import dev.continuo.hardware.arx.ArxModel;
import dev.continuo.hardware.arx.ArxSettings;
import dev.continuo.hardware.can.CanBus;
import dev.continuo.hardware.can.CanFrames;
import dev.continuo.hardware.can.CanInterfaces;
import dev.continuo.hardware.can.CanTroubles.Trouble;
import dev.continuo.hardware.can.SocketCanBus;
import dev.continuo.hardware.kinematics.ArxChains;
import dev.continuo.hardware.kinematics.ChainDynamics;
import dev.continuo.simulation.cell.MotorSet;
import dev.continuo.simulation.cell.SimulatedCell;
import dev.continuo.simulation.motors.CanBusModel;
import dev.continuo.simulation.motors.SimulatedMotor;
import dev.continuo.simulation.physics.ArmModel;
import dev.continuo.simulation.physics.ArmPlant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** SocketCAN on a virtual bus of the kernel. */
final class CanChecks {
    private static final String BUS = "vcantest";
    private static final int MOTORS = 7;
    private static final int ROUNDS = 200;
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(4);
    private static final int TICKS = (int) (PERIOD_NANOS / SimulatedCell.TICK_NANOS);
    private static final int CYCLES = 900;

    private CanChecks() {
    }

    private static void add() throws Exception {
        run("ip", "link", "add", "dev", BUS, "type", "vcan");
        run("ip", "link", "set", BUS, "up");
    }

    private static void remove() throws Exception {
        run("ip", "link", "del", BUS);
    }

    /** Something that is done with two ends of a bus. */
    @FunctionalInterface
    private interface Talk {
        void between(SocketCanBus host, SocketCanBus device) throws Exception;
    }

    private static void talk(final Talk talk) throws Exception {
        add();
        try (SocketCanBus host = new SocketCanBus(BUS); SocketCanBus device = new SocketCanBus(BUS)) {
            connect(host);
            connect(device);
            talk.between(host, device);
        } finally {
            if (CanInterfaces.find().stream().anyMatch(found -> found.name().equals(BUS))) {
                remove();
            }
        }
    }

    /** What a bus receives, as {@code ID#DATA}. */
    static List<String> receive(final CanBus bus, final int frames) {
        final List<String> received = new ArrayList<>();
        until(frames + " frames", () -> {
            bus.poll((id, data, length, at) -> received.add("%03X#%s".formatted(id, HexFormat.of().withUpperCase().toHexDigits(data).substring(0, 2 * length))),
                System.nanoTime(), 64);
            return received.size() >= frames;
        });
        return received;
    }

    static void interfacesAreListed() throws Exception {
        add();
        try {
            until("the interface runs", () -> found().onBus());
            final CanInterfaces.Found up = found();
            assertTrue(up.up() && up.onBus() && up.driver().isEmpty() && up.bitRate().isEmpty() && up.queueLength() > 0, up.toString());
            run("ip", "link", "set", BUS, "down");
            final CanInterfaces.Found down = found();
            assertTrue(!down.up() && !down.onBus(), down.toString());
        } finally {
            remove();
        }
    }

    private static CanInterfaces.Found found() {
        return CanInterfaces.find().stream().filter(each -> each.name().equals(BUS)).findFirst().orElseThrow();
    }

    static void framesGoRound() throws Exception {
        talk((host, device) -> {
            final long[] roundTrips = new long[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                final long begin = System.nanoTime();
                for (int id = 1; id <= MOTORS; id++) {
                    assertTrue(host.send(id, ~(0x0102_0304_0506_0708L * round), 1 + round % 8));
                }
                host.flush();
                final List<String> heard = receive(device, MOTORS);
                for (int id = 1; id <= MOTORS; id++) {
                    final String data = HexFormat.of().withUpperCase().toHexDigits(~(0x0102_0304_0506_0708L * round)).substring(0, 2 + 2 * (round % 8));
                    assertEquals("%03X#%s".formatted(id, data), heard.get(id - 1));
                    device.send(0, (long) id << 56, 8);
                }
                device.flush();
                assertEquals("000#0700000000000000", receive(host, MOTORS).getLast());
                roundTrips[round] = System.nanoTime() - begin;
            }
            Arrays.sort(roundTrips);
            System.out.printf("  seven frames there and back: %d us (median), %d us (99 %%)%n", roundTrips[ROUNDS / 2] / 1000, roundTrips[ROUNDS * 99 / 100] / 1000);
            assertEquals(0, host.droppedFrames() + host.malformedFrames() + device.droppedFrames() + device.malformedFrames() + host.overrunFrames());
        });
    }

    static void framesOfOtherKindsArePassedOver() throws Exception {
        talk((host, device) -> {
            device.send(CanFrames.EXTENDED_FLAG | 0x12345, 0, 8);
            device.send(CanFrames.REMOTE_FLAG | 1, 0, 8);
            device.send(1, 0, 1);
            device.flush();
            assertEquals(List.of("001#00"), receive(host, 1));
        });
    }

    static void framesCarryTheKernelsTime() throws Exception {
        talk((host, device) -> {
            device.poll((id, data, length, at) -> { }, System.nanoTime(), 64);
            final long begin = System.nanoTime();
            host.send(1, 0, 0);
            host.flush();
            final long end = System.nanoTime();
            Thread.sleep(100);
            final long[] received = new long[1];
            device.poll((id, data, length, at) -> received[0] = at, System.nanoTime(), 64);
            // Between the two readings of the clocks a guest may stand still for a while.
            final long slack = TimeUnit.MILLISECONDS.toNanos(40);
            assertTrue(received[0] >= begin - slack && received[0] <= end + slack,
                "received " + (received[0] - begin) / 1000 + " us after the begin of sending, which took " + (end - begin) / 1000 + " us");
        });
    }

    static void errorFramesArrive() throws Exception {
        talk((host, device) -> {
            device.send(CanFrames.ERROR_FLAG | 0x24, 0x20L << 48, 8);
            device.send(CanFrames.ERROR_FLAG | 0x40, 0, 8);
            device.flush();
            assertEquals(List.of("20000024#0020000000000000", "20000040#0000000000000000"), receive(host, 2));
            assertEquals(1, host.troubles().count(Trouble.ERROR_PASSIVE));
            assertEquals(1, host.troubles().count(Trouble.NOT_ACKNOWLEDGED));
            assertEquals(1, host.troubles().count(Trouble.BUS_OFF));
            assertFalse(host.isConnected());
            connect(host);
        });
    }

    /** The kernel says that an interface runs a moment after it was brought up. */
    static void connect(final SocketCanBus bus) {
        until(bus.describe(), () -> {
            bus.poll((id, data, length, at) -> { }, System.nanoTime(), 64);
            return bus.isConnected();
        });
    }

    static void whatIsInTheWayIsTold() throws Exception {
        refused("no-such-can", "CAN interface no-such-can does not exist");
        refused("lo", "CAN interface lo is no CAN interface");
        run("ip", "link", "add", "dev", BUS, "type", "vcan");
        try {
            refused(BUS, "CAN interface " + BUS + " is down: ip link set " + BUS + " up type can bitrate 1000000");
        } finally {
            remove();
        }
    }

    private static void refused(final String name, final String told) {
        final String message = assertThrows(ProfileException.class, () -> new SocketCanBus(name).close()).getMessage();
        assertTrue(message.startsWith(told), message);
    }

    static void anInterfaceGoesDownAndUp() throws Exception {
        talk((host, device) -> {
            run("ip", "link", "set", BUS, "down");
            host.send(1, 0, 0);
            host.flush();
            assertFalse(host.isConnected(), "sending tells");
            assertEquals(1, host.droppedFrames());
            until("receiving tells", () -> {
                device.poll((id, data, length, at) -> { }, System.nanoTime(), 64);
                return !device.isConnected();
            });
            assertTrue(device.describe().contains(BUS + " is down: ip link set " + BUS + " up"), device.describe());
            run("ip", "link", "set", BUS, "up");
            connect(host);
            connect(device);
            host.send(1, 0, 0);
            host.flush();
            assertEquals(List.of("001#"), receive(device, 1));
        });
    }

    static void anInterfaceGoesAndComesBack() throws Exception {
        talk((host, device) -> {
            remove();
            device.poll((id, data, length, at) -> { }, System.nanoTime(), 64);
            host.send(1, 0, 0);
            host.flush();
            assertFalse(host.isConnected());
            assertFalse(device.isConnected());
            System.out.println("  " + host.describe());
            final long begin = System.nanoTime();
            until("the interface is looked for", () -> {
                host.poll((id, data, length, at) -> { }, System.nanoTime(), 64);
                device.poll((id, data, length, at) -> { }, System.nanoTime(), 64);
                return System.nanoTime() - begin > 2 * SocketCanBus.RETRY_NANOS;
            });
            assertTrue(host.describe().contains("does not exist"), host.describe());
            add();
            connect(host);
            connect(device);
            host.send(1, 0, 0);
            host.flush();
            assertEquals(List.of("001#"), receive(device, 1));
        });
    }

    /** The driver and the simulated motors, in virtual time, with the kernel between them. */
    static void anArmIsDriven() throws Exception {
        talk((host, device) -> {
            final ArmPlant plant = new ArmPlant(ArmModel.R5);
            final List<SimulatedMotor> motors = MotorSet.of(plant);
            final CanBusModel wires = new CanBusModel(motors, device, 1);
            final double[] target = {0, 0.9, 0.8, -0.5, 0, 0, 0.02};
            plant.reset(target, 0);
            plant.layOnStand();
            final double[] still = new double[ArmPlant.AXES];
            try (ArxArm arm = new ArxArm("left", ArxModel.R5.forPaths(), host, new ChainDynamics(ArxChains.R5), ArxSettings.atRate(250))) {
                for (int cycle = 0; cycle < CYCLES; cycle++) {
                    final long now = cycle * PERIOD_NANOS;
                    arm.poll(now);
                    if (arm.mode() == Arm.Mode.DAMPING) {
                        arm.arm(now);
                    }
                    target[0] = arm.mode() == Arm.Mode.HOLDING ? 0.15 : 0;
                    arm.command(now, target, still);
                    turn(wires, motors, plant, now);
                }
                assertEquals(Arm.Mode.HOLDING, arm.mode(), arm.fault());
                assertEquals(0.15, plant.angle(0), 0.01);
                assertEquals(0.8, plant.angle(2), 0.03, "carried against gravity");
                assertTrue(arm.describeMotors().contains("told by the motor") && !arm.describeMotors().contains("ASSUMED"), arm.describeMotors());
                assertEquals(0, host.droppedFrames() + host.malformedFrames() + arm.counters().unknownFrames());
            }
        });
    }

    private static void turn(final CanBusModel wires, final List<SimulatedMotor> motors, final ArmPlant plant, final long fromNanos) {
        for (int tick = 0; tick < TICKS; tick++) {
            final long begin = fromNanos + tick * SimulatedCell.TICK_NANOS;
            final long end = begin + SimulatedCell.TICK_NANOS;
            wires.advance(begin, end);
            motors.forEach(motor -> motor.tick(end, SimulatedCell.TICK_NANOS * 1e-9));
            plant.step(SimulatedCell.TICK_NANOS * 1e-9);
        }
    }
}
