package dev.continuo.actors.agent;

import static dev.continuo.actors.agent.TestProfile.MILLISECOND;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.actors.AllocationMeter;
import dev.continuo.actors.bus.MemoryBus;
import dev.continuo.actors.message.MotionMode;
import dev.continuo.config.ArmProfile;
import dev.continuo.config.ContactLimit;
import dev.continuo.config.PluginSettings;
import dev.continuo.config.Profile;
import dev.continuo.config.SensorProfile;
import dev.continuo.hardware.safety.EmergencyStop;
import dev.continuo.perception.sensor.Sensor;
import dev.continuo.perception.sensor.SensorReading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An arm with a force-torque sensor at its wrist, and one without, in one thread under a virtual clock. */
final class ContactTest {
    private static final double NEWTONS = 30;
    private static final SensorProfile THERMOMETER = sensor("thermometer");
    private static final SensorProfile WRIST = sensor("wrist");

    private final VirtualClock clock = new VirtualClock(1_000_000_000L);
    private final MemoryBus bus = new MemoryBus(4096);
    private final EmergencyStop emergencyStop = new EmergencyStop();
    private final MotionGate gate = new MotionGate(emergencyStop);
    private final Profile profile = profile();
    private final MirrorArm leftArm = new MirrorArm("left", TestProfile.PARK.toArray());
    private final MirrorArm rightArm = new MirrorArm("right", TestProfile.PARK.toArray());
    private final ArmAgent left = new ArmAgent(profile, 0, leftArm, gate, new ArmTelemetry("left"), bus, clock);
    private final ArmAgent right = new ArmAgent(profile, 1, rightArm, gate, new ArmTelemetry("right"), bus, clock);
    private final double[] wrench = new double[ContactLimit.CHANNELS];
    private final SensorAgent wrist = new SensorAgent(WRIST, 1, WristSensor::new, ContactLimit.CHANNELS, bus, clock);
    private final SensorAgent thermometer = new SensorAgent(THERMOMETER, 0, () -> new ConstantSensor(99, clock), 1, bus, clock);
    private boolean numb;

    private static SensorProfile sensor(final String name) {
        return new SensorProfile(name, "test", 500, 20 * MILLISECOND, new PluginSettings("sensor " + name, Map.of()));
    }

    private static Profile profile() {
        final Profile plain = TestProfile.profile();
        final ArmProfile arm = plain.arms().getFirst();
        final ArmProfile feeling = new ArmProfile(arm.name(), arm.driver(), arm.actions(), arm.rateHz(), arm.base(), arm.limits(), arm.readyPose(), arm.parkPose(),
            Optional.of(new ContactLimit("wrist", NEWTONS, 3, WRIST.maxAgeNanos())));
        return plain.withArms(List.of(feeling, plain.arms().getLast())).withSensors(List.of(THERMOMETER, WRIST));
    }

    /** Feels what the test says. */
    private final class WristSensor implements Sensor {
        @Override
        public boolean poll(final SensorReading reading) {
            reading.observedAtNanos = clock.nanoTime();
            System.arraycopy(wrench, 0, reading.values(), 0, wrench.length);
            return !numb;
        }

        @Override
        public void close() {
            numb = true;
        }
    }

    private record ConstantSensor(double value, VirtualClock clock) implements Sensor {
        @Override
        public boolean poll(final SensorReading reading) {
            reading.observedAtNanos = clock.nanoTime();
            reading.values()[0] = value;
            return true;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    @Test
    void anArmThatTouchesTooHardIsAnEmergencyForAll() {
        wrench[2] = -12;
        ready(150);
        assertEquals(MotionMode.READYING, left.motionMode());
        wrench[2] = -41;
        run(100);
        assertEquals("", gate.reason(), "29 N more than at rest are borne");
        wrench[0] = 10;
        run(1);
        assertEquals("the left arm touches something harder than 30.0 N or 3.0 Nm", gate.reason());
        assertTrue(emergencyStop.isTriggered());
        run(300);
        assertEquals(MotionMode.STOPPING, left.motionMode());
        assertEquals(MotionMode.STOPPING, right.motionMode());
        assertStanding(100);
        assertEquals(1, left.counts().contacts.get());
        assertEquals(0, right.counts().contacts.get());
    }

    @Test
    void somebodyMustLetItGoOnAndNotWhileItTouches() {
        ready(150);
        wrench[1] = 31;
        run(300);
        assertEquals(0, left.counts().arrivals.get());
        emergencyStop.reset();
        gate.open();
        run(1);
        assertTrue(emergencyStop.isTriggered(), "it touches still");
        assertEquals(2, left.counts().contacts.get());
        wrench[1] = 0;
        run(10);
        assertTrue(emergencyStop.isTriggered(), "nobody has let it go on");
        emergencyStop.reset();
        gate.open();
        tell(ArmCommand.READY);
        run(2_500);
        assertEquals(2, left.counts().arrivals.get() + right.counts().arrivals.get());
    }

    @Test
    void anArmThatDoesNotKnowWhatItFeelsHolds() {
        ready(150);
        numb = true;
        run(100);
        assertEquals("", gate.reason());
        final double[] before = leftArm.state().position.clone();
        run(100);
        assertArrayEquals(before, leftArm.state().position);
        assertEquals(MotionMode.READYING, left.motionMode());
        assertTrue(left.counts().unfelt.get() >= 140 && left.counts().held.get() >= 140, left.counts().unfelt.get() + " cycles");
        numb = false;
        run(2_500);
        assertEquals(1, left.counts().arrivals.get());
        assertEquals(1, right.counts().arrivals.get());
    }

    @Test
    void anArmThatFeelsNothingYetIsNotArmed() {
        numb = true;
        ready(100);
        assertEquals(MotionMode.DAMPING, left.motionMode());
        assertEquals(MotionMode.READYING, right.motionMode());
        assertEquals(2, left.counts().refusedCommands.get());
        numb = false;
        run(1);
        left.proxy().tell(ArmCommand.ARM);
        run(50);
        assertEquals(MotionMode.HOLDING, left.motionMode());
    }

    @Test
    void anArmThatPressesIsNotArmedAndThatIsTold() {
        ready(10);
        left.proxy().tell(ArmCommand.RELEASE);
        run(10);
        wrench[5] = 4;
        run(10);
        assertEquals("", gate.reason(), "a hand may move an arm that is not armed");
        left.proxy().tell(ArmCommand.ARM);
        run(10);
        assertEquals(MotionMode.DAMPING, left.motionMode());
        assertEquals("the left arm touches something harder than 30.0 N or 3.0 Nm", gate.reason());
    }

    @Test
    void aReadingOfTooFewValuesIsNoReading() {
        final SensorAgent poor = new SensorAgent(WRIST, 1, () -> new ConstantSensor(0, clock), 1, bus, clock);
        gate.open();
        for (int i = 0; i < 20; i++) {
            clock.advance(2 * MILLISECOND);
            poor.doWork();
            left.doWork();
        }
        left.proxy().tell(ArmCommand.ARM);
        left.doWork();
        assertEquals(1, left.counts().refusedCommands.get());
    }

    @Test
    void feelingDoesNotAllocate() {
        ready(2_500);
        final Runnable step = () -> run(1);
        assertEquals(0, AllocationMeter.leastAllocatedBy(3_000, step));
        assertEquals(0, left.counts().unfelt.get());
    }

    @Test
    void warmUpRunsTheLoopOfAnArmThatFeels() {
        assertTrue(WarmUp.run(profile, 4_000) > 4_000);
    }

    private void assertStanding(final int cycles) {
        final double[] one = leftArm.state().position.clone();
        final double[] other = rightArm.state().position.clone();
        run(cycles);
        assertArrayEquals(one, leftArm.state().position);
        assertArrayEquals(other, rightArm.state().position);
    }

    private void ready(final int cycles) {
        gate.open();
        run(3);
        tell(ArmCommand.ARM);
        run(50);
        tell(ArmCommand.READY);
        run(cycles);
    }

    private void tell(final ArmCommand command) {
        left.proxy().tell(command);
        right.proxy().tell(command);
    }

    private void run(final int cycles) {
        for (int i = 0; i < cycles; i++) {
            clock.advance(2 * MILLISECOND);
            thermometer.doWork();
            wrist.doWork();
            left.doWork();
            right.doWork();
        }
    }
}
