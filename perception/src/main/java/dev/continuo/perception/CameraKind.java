package dev.continuo.perception;

import dev.continuo.config.CameraProfile;
import java.time.Duration;
import org.agrona.concurrent.NanoClock;

/**
 * A kind of camera: what has to be written to add one. Named in {@code META-INF/services/dev.continuo.perception.CameraKind} and made with a constructor without parameters.
 */
public interface CameraKind {

    /** What its sources begin with in profiles, before the colon: {@code realsense} for {@code realsense:0123456}. */
    String scheme();

    /**
     * Opens a camera of this kind. A camera whose device goes away afterwards opens it again by itself; {@link Camera#isConnected} says how it stands.
     *
     * @param clock    by which pictures are stamped
     * @param patience how long to wait for a source that is not there yet
     * @throws dev.continuo.config.ProfileException if it cannot be reached, or its source cannot be one
     */
    Camera open(CameraProfile profile, NanoClock clock, Duration patience);
}
