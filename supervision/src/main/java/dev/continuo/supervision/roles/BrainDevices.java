package dev.continuo.supervision.roles;

import dev.continuo.config.CameraProfile;
import dev.continuo.config.Profile;
import dev.continuo.config.SensorProfile;
import dev.continuo.perception.Camera;
import dev.continuo.perception.Cameras;
import dev.continuo.perception.sensor.Sensor;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.concurrent.NanoClock;

/**
 * Opens the cameras and sensors of the brain. One that was opened to see that it answers goes to the first who asks for it: there are servers that end with their client, and
 * come back only after a while.
 *
 * <p>Safe for use by any number of threads.
 */
final class BrainDevices {
    /** At start the simulated cell comes up beside the brain; a camera that is not there by then is not reachable. */
    private static final Duration FIRST_PATIENCE = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final NanoClock clock;
    private final Map<String, Camera> cameras = new ConcurrentHashMap<>();
    private final OpenedSensors sensors;

    BrainDevices(final NanoClock clock) {
        this.clock = clock;
        sensors = new OpenedSensors(clock);
    }

    /**
     * Opens all cameras of a profile, and all sensors but those that arms stop by, and keeps them for those who ask.
     *
     * @throws dev.continuo.config.ProfileException if one cannot be reached, or its settings cannot work
     */
    void require(final Profile profile) {
        sensors.require(profile.sensors().stream().filter(sensor -> !profile.isFelt(sensor)).toList());
        profile.cameras().forEach(camera -> cameras.put(camera.name(), Cameras.open(camera, clock, FIRST_PATIENCE)));
    }

    /**
     * A camera for the caller, who closes it.
     *
     * @throws dev.continuo.config.ProfileException if it cannot be reached
     */
    Camera open(final CameraProfile profile) {
        final Camera camera = cameras.remove(profile.name());
        return camera == null ? Cameras.open(profile, clock, PATIENCE) : camera;
    }

    /**
     * A sensor for the caller, who closes it.
     *
     * @throws dev.continuo.config.ProfileException if its settings cannot work
     * @throws java.io.UncheckedIOException         if it cannot be reached
     */
    Sensor open(final SensorProfile profile) {
        return sensors.open(profile);
    }
}
