package dev.continuo.perception;

import dev.continuo.config.CameraProfile;
import dev.continuo.config.ProfileException;
import dev.continuo.perception.v4l2.V4l2Camera;
import dev.continuo.perception.v4l2.V4l2Source;
import java.nio.file.Path;
import java.time.Duration;
import org.agrona.concurrent.NanoClock;

/** Opens the camera that a profile names. */
public final class Cameras {
    private Cameras() {
    }

    /**
     * Opens a camera by its source: {@code http://host:port/path} for MJPEG, {@code v4l2:/dev/video0} for a camera of this computer, {@code file:/folder} for a
     * replayed folder.
     *
     * @param patience how long to wait for a source that is not there yet
     * @throws ProfileException if it cannot be reached, or its source is of another kind
     */
    public static Camera open(final CameraProfile profile, final NanoClock clock, final Duration patience) {
        final String scheme = profile.source().getScheme();
        return switch (scheme == null ? "" : scheme) {
            case "http" -> MjpegCamera.open(profile, clock, patience);
            case V4l2Source.SCHEME -> V4l2Camera.open(profile, clock, patience);
            case "file" -> new FolderCamera(profile, Path.of(profile.source()), clock);
            default -> throw new ProfileException(
                "camera " + profile.name() + ": source " + profile.source() + " is neither http: nor v4l2: nor file:");
        };
    }
}
