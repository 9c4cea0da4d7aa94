package dev.continuo.supervision.roles;

import dev.continuo.config.CameraProfile;
import dev.continuo.perception.Camera;
import dev.continuo.perception.Cameras;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.concurrent.NanoClock;

/**
 * Opens the cameras of the brain. One that was opened to see that it answers goes to the first who asks for it: there are servers that end with their client, and
 * come back only after a while.
 *
 * <p>Safe for use by any number of threads.
 */
final class BrainCameras {
    /** At start the simulated cell comes up beside the brain; a camera that is not there by then is not reachable. */
    private static final Duration FIRST_PATIENCE = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final NanoClock clock;
    private final Map<String, Camera> answered = new ConcurrentHashMap<>();

    BrainCameras(final NanoClock clock) {
        this.clock = clock;
    }

    /**
     * Opens all of them, and keeps them for those who ask.
     *
     * @throws dev.continuo.config.ProfileException if one cannot be reached
     */
    void require(final List<CameraProfile> cameras) {
        cameras.forEach(camera -> answered.put(camera.name(), Cameras.open(camera, clock, FIRST_PATIENCE)));
    }

    /**
     * A camera for the caller, who closes it.
     *
     * @throws dev.continuo.config.ProfileException if it cannot be reached
     */
    Camera open(final CameraProfile profile) {
        final Camera camera = answered.remove(profile.name());
        return camera == null ? Cameras.open(profile, clock, PATIENCE) : camera;
    }
}
