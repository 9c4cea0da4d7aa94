package dev.continuo.actors.agent;

import dev.continuo.actors.bus.Bus;
import dev.continuo.actors.bus.NewestSubscription;
import dev.continuo.actors.bus.NewestValue;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.MessageHeaderDecoder;
import dev.continuo.actors.message.SensorSampleDecoder;
import dev.continuo.config.ContactLimit;
import dev.continuo.config.Profile;
import dev.continuo.hardware.safety.ContactGuard;
import org.agrona.CloseHelper;

/** Takes what an arm's force-torque sensor feels off the bus and tells the arm's guard, which judges it. Does nothing for an arm without a contact limit. For the thread of the arm's loop. */
final class ContactInput implements AutoCloseable {
    private final ContactGuard guard;
    private final NewestSubscription subscription;
    private final NewestValue newest;
    private final SensorSampleDecoder decoder = new SensorSampleDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final double[] wrench = new double[ContactLimit.CHANNELS];

    private ContactInput(final ContactGuard guard, final NewestSubscription subscription, final NewestValue newest) {
        this.guard = guard;
        this.subscription = subscription;
        this.newest = newest;
    }

    /**
     * What one arm feels.
     *
     * @param index the arm's place in the profile
     */
    static ContactInput of(final Profile profile, final int index, final ContactGuard guard, final Bus bus) {
        return profile.arms().get(index).contact().map(limit -> {
            final int sensors = profile.sensors().size();
            final NewestSubscription subscription = new NewestSubscription(bus.subscription(StreamId.SENSOR_SAMPLE), sensors, StreamId.SMALL_MESSAGE_BYTES);
            int sensor = 0;
            while (!profile.sensors().get(sensor).name().equals(limit.sensor())) {
                sensor++;
            }
            return new ContactInput(guard, subscription, subscription.at(sensor));
        }).orElseGet(() -> new ContactInput(guard, null, null));
    }

    /** Takes in what has arrived and judges it. */
    int poll(final long nowNanos) {
        if (subscription == null) {
            return 0;
        }
        final int work = subscription.poll(nowNanos);
        if (newest.take()) {
            decoder.wrapAndApplyHeader(newest.buffer(), 0, header);
            if (read(decoder.values())) {
                guard.feel(wrench, newest.observedAtNanos());
            }
        }
        guard.judge(nowNanos);
        return work;
    }

    private boolean read(final SensorSampleDecoder.ValuesDecoder values) {
        if (values.count() < wrench.length) {
            return false;
        }
        for (int i = 0; i < wrench.length; i++) {
            wrench[i] = values.next().value();
        }
        return true;
    }

    @Override
    public void close() {
        CloseHelper.close(subscription);
    }
}
