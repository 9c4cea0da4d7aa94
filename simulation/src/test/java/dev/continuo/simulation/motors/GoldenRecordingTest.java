package dev.continuo.simulation.motors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.simulation.cell.MotorSet;
import dev.continuo.simulation.physics.ArmModel;
import dev.continuo.simulation.physics.ArmPlant;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Feeds what an independent X5 driver sent on a bus to the simulated motors of an X5. */
class GoldenRecordingTest {
    private final ArmPlant arm = new ArmPlant(ArmModel.X5);
    private final List<SimulatedMotor> motors = MotorSet.of(arm);
    private final MotorReply reply = new MotorReply();

    @Test
    void everyCommandOfTheRecordingIsAnsweredOnceByItsMotor() throws IOException {
        int commands = 0;
        int enabled = 0;
        double start = Double.NaN;
        long ticks = 0;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
            new GZIPInputStream(getClass().getResourceAsStream("/golden/arx-x5-sdk.candump.gz")), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                final String[] parts = line.split("[() #]+");
                final double time = Double.parseDouble(parts[1]);
                start = Double.isNaN(start) ? time : start;
                for (; ticks < (time - start) * 1000; ticks++) {
                    arm.step(0.001);
                }
                final int id = Integer.parseInt(parts[3], 16);
                final long data = HexFormat.fromHexDigitsToLong(parts[4]);
                // replies are on 0 (Damiao) or of a type other than 0 (ENCOS, on the command's own identifier)
                if (id == 0 || id < 5 && data >>> 61 != 0) {
                    continue;
                }
                commands++;
                assertEquals(1, answers(id, data, (long) ((time - start) * 1e9)), line);
                if (id >= 5) {
                    assertEquals(0, reply.id, line);
                    assertEquals(id, reply.data >>> 56 & 0xF, line);
                    if (data == 0xFFFFFFFF_FFFFFFFCL) {
                        assertEquals(1, reply.data >>> 60, line);
                        enabled++;
                    } else if (data == 0xFFFFFFFF_FFFFFFFBL) {
                        assertEquals(0, reply.data >>> 60, line);
                    }
                } else {
                    assertEquals(id, reply.id, line);
                    assertEquals(1, reply.data >>> 61, line);
                    assertEquals(0, reply.data >>> 56 & 0x1F, line);
                }
            }
        }
        assertTrue(commands > 5_000, "commands: " + commands);
        assertTrue(enabled >= 36, "enabling frames: " + enabled);
        for (int joint = 0; joint < 6; joint++) {
            assertTrue(arm.angle(joint) > arm.model().stopMinimum(joint) - 0.05, "joint " + joint + " at " + arm.angle(joint));
            assertTrue(arm.angle(joint) < arm.model().stopMaximum(joint) + 0.05, "joint " + joint + " at " + arm.angle(joint));
        }
    }

    private int answers(final int id, final long data, final long nowNanos) {
        int answers = 0;
        for (final SimulatedMotor motor : motors) {
            if (motor.onFrame(id, data, 8, nowNanos, reply)) {
                answers++;
            }
        }
        return answers;
    }
}
