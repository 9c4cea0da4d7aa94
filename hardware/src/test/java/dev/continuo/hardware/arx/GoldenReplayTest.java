package dev.continuo.hardware.arx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.hardware.can.Candump;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What another driver and other motors exchanged, read with this project's codecs. */
class GoldenReplayTest {
    private static final List<Candump.Frame> FRAMES = Candump.read("/golden/arx-x5-sdk.candump.gz");
    private static final Set<Integer> ENCOS_IDS = Set.of(1, 2, 4);
    private static final MotorRanges ENCOS = MotorType.EC_A4310.ranges();
    private static final MotorRanges DAMIAO = MotorRanges.damiao(12.5f, 45.0f, 18.0f);

    @Test
    void everyFrameIsOfAKnownKind() {
        assertEquals(14_890, FRAMES.size());
        for (final Candump.Frame frame : FRAMES) {
            assertEquals(8, frame.length());
            assertTrue(isEncosFeedback(frame) || isDamiaoFeedback(frame) || isSpecial(frame) || isCommand(frame), frame.toString());
        }
        assertEquals(3134, FRAMES.stream().filter(GoldenReplayTest::isEncosFeedback).count());
    }

    @Test
    void everyCommandPacksAgainToTheSameBytes() {
        int commands = 0;
        for (final Candump.Frame frame : FRAMES) {
            if (!isCommand(frame)) {
                continue;
            }
            final long data = frame.data();
            final long packed = ENCOS_IDS.contains(frame.id())
                ? EncosCommand.packRaw(EncosCommand.rawKp(data), EncosCommand.rawKd(data), EncosCommand.rawPosition(data),
                    EncosCommand.rawVelocity(data), EncosCommand.rawTorque(data))
                : DamiaoCommand.packRaw(DamiaoCommand.rawPosition(data), DamiaoCommand.rawVelocity(data), DamiaoCommand.rawKp(data),
                    DamiaoCommand.rawKd(data), DamiaoCommand.rawTorque(data));
            assertEquals(data, packed, frame.toString());
            commands++;
        }
        assertTrue(commands > 7_000, commands + " commands");
    }

    @Test
    void theFinalGainsPackToTheRecordedFields() {
        // The other driver computed these fields from the same physical gains.
        final ArxModel model = ArxModel.X5;
        for (final ArxMotor motor : model.motors()) {
            final long recorded = stiffest(motor.canId());
            if (motor.type() instanceof MotorType.Encos) {
                final long own = EncosCommand.pack(ENCOS, motor.kp(), motor.kd(), 0, 0, 0);
                assertEquals(EncosCommand.rawKp(own), EncosCommand.rawKp(recorded), 1, motor.describe());
                assertEquals(EncosCommand.rawKd(own), EncosCommand.rawKd(recorded), motor.describe());
            } else {
                final long own = DamiaoCommand.pack(DAMIAO, motor.kp(), motor.kd(), 0, 0, 0);
                assertEquals(DamiaoCommand.rawKp(own), DamiaoCommand.rawKp(recorded), 1, motor.describe());
                assertEquals(DamiaoCommand.rawKd(own), DamiaoCommand.rawKd(recorded), 1, motor.describe());
            }
        }
    }

    @Test
    void allFeedbackDecodesWithinReason() {
        for (final Candump.Frame frame : FRAMES) {
            final long data = frame.data();
            if (isEncosFeedback(frame)) {
                assertEquals(0, EncosFeedback.error(data));
                assertTrue(Math.abs(EncosFeedback.position(ENCOS, data)) < 3.6, frame.toString());
                assertTrue(Math.abs(EncosFeedback.velocity(ENCOS, data)) < 6.0, frame.toString());
                assertTrue(Math.abs(EncosFeedback.current(ENCOS, data)) < 30.0, frame.toString());
                assertTrue(EncosFeedback.motorCelsius(data) > 10 && EncosFeedback.motorCelsius(data) < 60, frame.toString());
            } else if (isDamiaoFeedback(frame)) {
                assertTrue(DamiaoFeedback.motorId(data) >= 5 && DamiaoFeedback.motorId(data) <= 8, frame.toString());
                assertTrue(DamiaoFeedback.status(data) <= DamiaoFeedback.ENABLED, frame.toString());
                assertTrue(Math.abs(DamiaoFeedback.position(DAMIAO, data)) < 5.1, frame.toString());
                assertTrue(Math.abs(DamiaoFeedback.velocity(DAMIAO, data)) < 25.0, frame.toString());
                assertTrue(Math.abs(DamiaoFeedback.torque(DAMIAO, data)) < 18.0, frame.toString());
                assertEquals(36, DamiaoFeedback.mosfetCelsius(data), 5);
            }
        }
    }

    @Test
    void beginsWithClearingAndEnablingTheDamiaoMotors() {
        final List<Candump.Frame> special = FRAMES.stream().filter(GoldenReplayTest::isSpecial).toList();
        assertTrue(special.subList(0, 4).stream().allMatch(f -> f.data() == DamiaoCommand.CLEAR_ERROR));
        assertTrue(special.stream().skip(4).allMatch(f -> f.data() == DamiaoCommand.ENABLE));
        assertEquals(40, special.size() - 4, 4);
        assertTrue(special.getLast().nanos() < 200_000_000);
        assertEquals(5, special.getFirst().id());
    }

    @Test
    void stiffnessRisesFromDampingToTheFinalGainsAndGoesAtTheEnd() {
        final List<Candump.Frame> shoulder = commands(1).toList();
        assertEquals(0, EncosCommand.rawKp(shoulder.getFirst().data()));
        assertEquals(2.0f, EncosCommand.kd(ENCOS, shoulder.getFirst().data()), 0.01f);
        int last = 0;
        for (final Candump.Frame frame : shoulder) {
            final int kp = EncosCommand.rawKp(frame.data());
            if (frame.nanos() < 4_500_000_000L) {
                assertTrue(kp >= last && kp - last < 20, frame.toString());
                last = kp;
            }
        }
        assertEquals(80.0f, EncosCommand.kp(ENCOS, stiffest(1)), 0.2f);
        for (int axis = 0; axis < ArxModel.AXES; axis++) {
            final int id = ArxModel.X5.motors().get(axis).canId();
            final long end = commands(id).reduce((a, b) -> b).orElseThrow().data();
            assertEquals(0, ENCOS_IDS.contains(id) ? EncosCommand.rawKp(end) : DamiaoCommand.rawKp(end), "kp of " + id);
            assertEquals(0.0f, ENCOS_IDS.contains(id) ? EncosCommand.torque(ENCOS, end) : DamiaoCommand.torque(DAMIAO, end), 0.01f);
        }
    }

    @Test
    void gravityTorqueIsInTheFeedForward() {
        assertEquals(5.506 / 1.4, commands(4).mapToDouble(f -> EncosCommand.torque(ENCOS, f.data())).max().orElseThrow(), 0.02);
        assertEquals(1.33 / 0.424, commands(5).mapToDouble(f -> DamiaoCommand.torque(DAMIAO, f.data())).max().orElseThrow(), 0.02);
    }

    private static Stream<Candump.Frame> commands(final int id) {
        return FRAMES.stream().filter(f -> f.id() == id && isCommand(f));
    }

    private static long stiffest(final int id) {
        return commands(id)
            .map(Candump.Frame::data)
            .reduce((a, b) -> ENCOS_IDS.contains(id)
                ? EncosCommand.rawKp(a) > EncosCommand.rawKp(b) ? a : b
                : DamiaoCommand.rawKp(a) > DamiaoCommand.rawKp(b) ? a : b)
            .orElseThrow();
    }

    private static boolean isEncosFeedback(final Candump.Frame frame) {
        return ENCOS_IDS.contains(frame.id()) && EncosFeedback.type(frame.data()) == EncosFeedback.STATE;
    }

    private static boolean isDamiaoFeedback(final Candump.Frame frame) {
        return frame.id() == DamiaoFeedback.CAN_ID;
    }

    private static boolean isSpecial(final Candump.Frame frame) {
        return frame.id() >= 5 && frame.id() <= 8 && DamiaoCommand.isSpecial(frame.data());
    }

    private static boolean isCommand(final Candump.Frame frame) {
        return frame.id() >= 5 && frame.id() <= 8 && !DamiaoCommand.isSpecial(frame.data())
            || ENCOS_IDS.contains(frame.id()) && EncosCommand.mode(frame.data()) == 0;
    }
}
