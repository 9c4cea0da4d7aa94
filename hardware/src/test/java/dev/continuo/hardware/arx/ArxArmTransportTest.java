package dev.continuo.hardware.arx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.hardware.Arm;
import dev.continuo.hardware.can.CanBus;
import dev.continuo.hardware.can.LocalSocketCanBus;
import dev.continuo.hardware.can.LocalSocketCanServer;
import dev.continuo.hardware.can.SlcanAdapter;
import dev.continuo.hardware.can.SlcanBus;
import dev.continuo.hardware.linux.Pty;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The driver over real transports, in virtual time. */
@Timeout(30)
class ArxArmTransportTest {
    private static final long PERIOD = ArmBench.PERIOD;

    @TempDir
    private Path directory;

    @Test
    void anArmIsDrivenOverASerialLineAdapter() {
        try (Pty pty = Pty.open(); SlcanAdapter adapter = new SlcanAdapter(pty.device(), true)) {
            drive(new SlcanBus(pty.path(), 0), adapter);
        }
    }

    @Test
    void anArmIsDrivenOverALocalSocket() {
        final Path path = directory.resolve("left.can");
        try (LocalSocketCanServer server = new LocalSocketCanServer(path)) {
            drive(new LocalSocketCanBus(path), server);
        }
    }

    private static void drive(final CanBus host, final CanBus device) {
        final ArxModel model = ArxModel.X5;
        final StubMotor[] motors = model.motors().stream().map(StubMotor::new).toArray(StubMotor[]::new);
        try (ArxArm arm = new ArxArm("left", model, host, ArmBench.WEIGHTLESS, ArxSettings.atRate(250))) {
            final double[] goal = new double[ArxModel.AXES];
            final double[] still = new double[ArxModel.AXES];
            for (int cycle = 0; cycle < 750; cycle++) {
                final long now = cycle * PERIOD;
                arm.poll(now);
                if (arm.mode() == Arm.Mode.DAMPING) {
                    arm.arm(now);
                }
                goal[3] = arm.mode() == Arm.Mode.HOLDING ? 0.15 : 0.0;
                if (arm.mode() == Arm.Mode.CONNECTING) {
                    arm.damp(now);
                } else {
                    arm.command(now, goal, still);
                }
                serve(device, motors, now);
            }
            assertEquals(Arm.Mode.HOLDING, arm.mode(), arm.fault());
            assertEquals(0.15, arm.state().position[3], 0.01);
            assertTrue(arm.describeMotors().contains("told by the motor"));
            assertFalse(arm.describeMotors().contains("ASSUMED"), arm.describeMotors());
        }
    }

    private static void serve(final CanBus device, final StubMotor[] motors, final long now) {
        device.poll((id, data, length, at) -> {
            for (final StubMotor motor : motors) {
                if (id == DamiaoRegister.CAN_ID) {
                    motor.onRegister(device, data);
                } else if (id == motor.motor.canId()) {
                    motor.onCommand(device, data, length);
                }
            }
        }, now, 64);
        device.flush();
        for (final StubMotor motor : motors) {
            motor.step(PERIOD / 1e9);
        }
    }
}
