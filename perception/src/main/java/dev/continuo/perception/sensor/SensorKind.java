package dev.continuo.perception.sensor;

import dev.continuo.config.SensorProfile;
import java.util.List;
import org.agrona.concurrent.NanoClock;

/**
 * A kind of sensor: what has to be written to add one. Named in {@code META-INF/services/dev.continuo.perception.sensor.SensorKind} and made with a constructor without parameters.
 */
public interface SensorKind {

    /** The kind's name in profiles, for example {@code force-torque}. */
    String name();

    /** What a reading's values are, in their order, each with its SI unit: {@code fx N}. */
    List<String> channels(SensorProfile profile);

    /**
     * Opens a sensor of this kind. Called again after a failure.
     *
     * @param clock by which readings are stamped
     * @throws dev.continuo.config.ProfileException if the settings cannot work
     * @throws java.io.UncheckedIOException         if it cannot be reached
     */
    Sensor open(SensorProfile profile, NanoClock clock);
}
