package dev.continuo.supervision.roles;

import dev.continuo.config.ProfileException;
import dev.continuo.config.SensorProfile;
import dev.continuo.perception.sensor.Sensor;
import dev.continuo.perception.sensor.Sensors;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.concurrent.NanoClock;

/** Opens sensors. One that was opened to see that it answers goes to the first who asks for it. Safe for use by any number of threads. */
final class OpenedSensors {
    private final NanoClock clock;
    private final Map<String, Sensor> kept = new ConcurrentHashMap<>();

    OpenedSensors(final NanoClock clock) {
        this.clock = clock;
    }

    /**
     * Opens them and keeps them for those who ask.
     *
     * @throws ProfileException if one cannot be reached, or its settings cannot work
     */
    void require(final List<SensorProfile> sensors) {
        for (final SensorProfile sensor : sensors) {
            try {
                kept.put(sensor.name(), Sensors.open(sensor, clock));
            } catch (final UncheckedIOException unreachable) {
                throw new ProfileException("sensor " + sensor.name() + ": " + unreachable.getMessage(), unreachable);
            }
        }
    }

    /**
     * A sensor for the caller, who closes it.
     *
     * @throws ProfileException     if its settings cannot work
     * @throws UncheckedIOException if it cannot be reached
     */
    Sensor open(final SensorProfile profile) {
        final Sensor sensor = kept.remove(profile.name());
        return sensor == null ? Sensors.open(profile, clock) : sensor;
    }
}
