package dev.continuo.actors.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.continuo.actors.bus.BusSubscription;
import dev.continuo.actors.bus.MemoryBus;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.MessageCheck;
import dev.continuo.actors.message.MessageHeaderDecoder;
import dev.continuo.actors.message.SensorSampleDecoder;
import dev.continuo.config.SensorProfile;
import dev.continuo.config.PluginSettings;
import dev.continuo.perception.sensor.Sensor;
import dev.continuo.perception.sensor.SensorReading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SensorAgentTest {
    private final VirtualClock clock = new VirtualClock(5_000 * TestProfile.MILLISECOND);
    private final MemoryBus bus = new MemoryBus(4096);
    private final BusSubscription subscription = bus.subscription(StreamId.SENSOR_SAMPLE);
    private final SensorProfile profile = new SensorProfile("wrist", "test", 10, 1_000 * TestProfile.MILLISECOND, new PluginSettings("sensor wrist", Map.of()));
    private final List<String> heard = new ArrayList<>();
    private double next = 1;
    private boolean gone;
    private boolean silent;
    private int open;

    private final class TestSensor implements Sensor {
        private TestSensor() {
            if (gone) {
                throw new UncheckedIOException(new IOException("unplugged"));
            }
            open++;
        }

        @Override
        public boolean poll(final SensorReading reading) {
            if (gone) {
                throw new UncheckedIOException(new IOException("unplugged"));
            }
            reading.observedAtNanos = clock.nanoTime() - 7;
            reading.values()[0] = next;
            reading.values()[1] = -next;
            return !silent;
        }

        @Override
        public void close() {
            open--;
        }
    }

    private void step(final SensorAgent agent, final int times) {
        for (int i = 0; i < times; i++) {
            agent.doWork();
            clock.advance(agent.periodNanos());
        }
        subscription.poll((buffer, offset, length) -> {
            assertEquals(MessageCheck.Verdict.VALID, MessageCheck.check(buffer, offset, length, SensorSampleDecoder.TEMPLATE_ID));
            final SensorSampleDecoder sample = new SensorSampleDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
            final StringBuilder text = new StringBuilder().append(sample.index()).append(" #").append(sample.sequence()).append(" at ").append(sample.observedAtNanos()).append(':');
            sample.values().forEach(value -> text.append(' ').append(value.value()));
            heard.add(text.append(' ').append(sample.source()).toString());
        }, 100);
    }

    @Test
    void readingsGoOverTheBusWithTheirTime() {
        final SensorAgent agent = new SensorAgent(profile, 3, TestSensor::new, 2, bus, clock);
        assertEquals(100 * TestProfile.MILLISECOND, agent.periodNanos());
        step(agent, 1);
        assertEquals(List.of("3 #1 at 4999999993: 1.0 -1.0 wrist"), heard);
        agent.onClose();
        assertEquals(0, open);
    }

    @Test
    void whatIsNotFiniteGoesNoFurther() {
        final SensorAgent agent = new SensorAgent(profile, 0, TestSensor::new, 2, bus, clock);
        next = Double.NaN;
        step(agent, 2);
        next = Double.POSITIVE_INFINITY;
        step(agent, 1);
        assertEquals(List.of(), heard);
        assertEquals(3L, agent.tally().get("notFinite"));
        assertEquals(0L, agent.tally().get("received"));
    }

    @Test
    void aSensorThatGoesAwayIsWaitedFor() {
        final SensorAgent agent = new SensorAgent(profile, 0, TestSensor::new, 2, bus, clock);
        step(agent, 5);
        gone = true;
        step(agent, 5);
        assertEquals(0, open);
        assertEquals("", agent.lack(), "not for so long yet");
        step(agent, 50);
        assertEquals("is not connected", agent.lack());
        gone = false;
        step(agent, 12);
        assertEquals("", agent.lack());
        assertEquals(1L, agent.tally().get("reconnects"));
        silent = true;
        step(agent, 20);
        assertEquals("gives no new reading", agent.lack());
        agent.onClose();
        assertEquals(0, open);
    }

    @Test
    void oneThatWasNeverThereIsAFailure() {
        gone = true;
        assertThrows(UncheckedIOException.class, () -> new SensorAgent(profile, 0, TestSensor::new, 2, bus, clock));
    }
}
