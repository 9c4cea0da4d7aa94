package dev.continuo.actors.agent;

import dev.continuo.actors.bus.Bus;
import dev.continuo.actors.bus.BusPublication;
import dev.continuo.actors.bus.Delivery;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.latency.Count;
import dev.continuo.actors.message.MessageHeaderEncoder;
import dev.continuo.actors.message.SensorSampleEncoder;
import dev.continuo.config.SensorProfile;
import dev.continuo.perception.sensor.Sensor;
import dev.continuo.perception.sensor.SensorReading;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the newest readings of one sensor, at most as many a second as its profile says. Values that are not finite are counted and go no further. A sensor that goes away is opened again and
 * again until it is back. Allocates nothing while it is there, if the sensor does not.
 */
public final class SensorAgent extends TimedStageAgent {
    private static final Logger LOG = LoggerFactory.getLogger(SensorAgent.class);
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long REOPEN_NANOS = SECOND_NANOS;

    private final SensorProfile profile;
    private final int index;
    private final Supplier<? extends Sensor> opener;
    private final SensorReading reading;
    private final byte[] source;
    private final BusPublication publication;
    private final UnsafeBuffer message = new UnsafeBuffer(ByteBuffer.allocateDirect(StreamId.SMALL_MESSAGE_BYTES));
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SensorSampleEncoder sample = new SensorSampleEncoder();
    private final Count received = new Count();
    private final Count refused = new Count();
    private final Count notFinite = new Count();
    private final Count reconnects = new Count();
    private final Count lastReadingAtNanos = new Count();
    private volatile boolean connected;
    private Sensor sensor;
    /** From when it went away until it says something again, however often it was opened meanwhile. */
    private boolean lost;
    private long reopenAtNanos;
    private long sequence;

    /**
     * An agent for one sensor.
     *
     * @param index    the sensor's place in the profile
     * @param opener   opens the sensor; called again each time that it was lost
     * @param channels how many values a reading has
     */
    public SensorAgent(final SensorProfile profile, final int index, final Supplier<? extends Sensor> opener, final int channels, final Bus bus, final NanoClock clock) {
        super("sensor-" + profile.name(), clock, SECOND_NANOS / profile.rateHz());
        this.profile = profile;
        this.index = index;
        this.opener = opener;
        reading = new SensorReading(channels);
        source = profile.name().getBytes(StandardCharsets.UTF_8);
        publication = bus.publication(StreamId.SENSOR_SAMPLE);
        lastReadingAtNanos.set(clock.nanoTime());
        sensor = opener.get();
        connected = true;
    }

    @Override
    public int doWork() {
        final long nowNanos = clock.nanoTime();
        aliveAtNanos.set(nowNanos);
        if (!isThere(nowNanos) || !poll(nowNanos)) {
            return 0;
        }
        lastReadingAtNanos.set(nowNanos);
        if (isFinite()) {
            received.increment();
            publish();
        } else {
            notFinite.increment();
        }
        return 1;
    }

    private boolean isThere(final long nowNanos) {
        if (!connected && nowNanos - reopenAtNanos >= 0) {
            try {
                sensor = opener.get();
                connected = true;
            } catch (final UncheckedIOException stillGone) {
                reopenAtNanos = nowNanos + REOPEN_NANOS;
            }
        }
        return connected;
    }

    private boolean poll(final long nowNanos) {
        try {
            final boolean isNew = sensor.poll(reading);
            if (isNew && lost) {
                lost = false;
                reconnects.increment();
                LOG.info("{} is back", roleName());
            }
            return isNew;
        } catch (final UncheckedIOException gone) {
            if (!lost) {
                LOG.warn("{} is lost: {}", roleName(), gone.getMessage());
            }
            lost = true;
            connected = false;
            reopenAtNanos = nowNanos + REOPEN_NANOS;
            sensor.close();
            return false;
        }
    }

    private boolean isFinite() {
        for (final double value : reading.values()) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    private void publish() {
        sample.wrapAndApplyHeader(message, 0, header)
            .observedAtNanos(reading.observedAtNanos)
            .publishedAtNanos(clock.nanoTime())
            .sequence(++sequence)
            .index(index);
        final SensorSampleEncoder.ValuesEncoder values = sample.valuesCount(reading.values().length);
        for (final double value : reading.values()) {
            values.next().value(value);
        }
        sample.putSource(source, 0, source.length);
        final Delivery delivery = publication.offer(message, 0, MessageHeaderEncoder.ENCODED_LENGTH + sample.encodedLength());
        if (delivery != Delivery.SENT && delivery != Delivery.NO_SUBSCRIBER) {
            refused.increment();
        }
    }

    @Override
    public void onClose() {
        if (connected) {
            sensor.close();
        }
        publication.close();
    }

    @Override
    public String lack() {
        if (aliveAtNanos.get() - lastReadingAtNanos.get() <= profile.maxAgeNanos()) {
            return "";
        }
        return connected ? "gives no new reading" : "is not connected";
    }

    @Override
    public Map<String, Long> tally() {
        final Map<String, Long> byName = new LinkedHashMap<>();
        byName.put("received", received.get());
        byName.put("refused", refused.get());
        byName.put("notFinite", notFinite.get());
        byName.put("reconnects", reconnects.get());
        return byName;
    }
}
