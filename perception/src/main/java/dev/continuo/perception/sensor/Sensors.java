package dev.continuo.perception.sensor;

import dev.continuo.config.ProfileException;
import dev.continuo.config.SensorProfile;
import java.util.List;
import java.util.ServiceLoader;
import org.agrona.concurrent.NanoClock;

/** Finds the code that reads a sensor. */
public final class Sensors {
    private Sensors() {
    }

    /**
     * The kind that a profile names.
     *
     * @throws ProfileException if nobody brings it; the message says which there are
     */
    public static SensorKind kind(final SensorProfile profile) {
        final List<SensorKind> kinds = ServiceLoader.load(SensorKind.class).stream().map(ServiceLoader.Provider::get).toList();
        return kinds.stream().filter(kind -> kind.name().equals(profile.kind())).findFirst().orElseThrow(() -> new ProfileException(
            "sensor " + profile.name() + ": no kind " + profile.kind() + "; there are " + (kinds.isEmpty() ? "none" : String.join(", ", kinds.stream().map(SensorKind::name).sorted().toList()))));
    }

    /**
     * Opens a sensor.
     *
     * @throws ProfileException             if its kind is not there, or its settings cannot work
     * @throws java.io.UncheckedIOException if it cannot be reached
     */
    public static Sensor open(final SensorProfile profile, final NanoClock clock) {
        final Sensor sensor = kind(profile).open(profile, clock);
        try {
            profile.settings().finish();
            return sensor;
        } catch (final ProfileException unknownKey) {
            sensor.close();
            throw unknownKey;
        }
    }
}
