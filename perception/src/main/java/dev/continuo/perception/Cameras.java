package dev.continuo.perception;

import dev.continuo.config.CameraProfile;
import dev.continuo.config.ProfileException;
import dev.continuo.perception.v4l2.V4l2Camera;
import dev.continuo.perception.v4l2.V4l2Source;
import dev.continuo.perception.video.VideoCamera;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import org.agrona.concurrent.NanoClock;

/** Opens the camera that a profile names. */
public final class Cameras {
    private Cameras() {
    }

    /**
     * Opens a camera by its source: {@code http://host:port/path} for MJPEG, {@code v4l2:/dev/video0} for a camera of this computer, {@code file:/folder} for a
     * replayed folder of pictures, {@code file:/video.mp4} for a video, and what the {@link CameraKind}s among the plugins begin with.
     *
     * @param patience how long to wait for a source that is not there yet
     * @throws ProfileException if it cannot be reached, or its source is of another kind
     */
    public static Camera open(final CameraProfile profile, final NanoClock clock, final Duration patience) {
        final String scheme = profile.source().getScheme();
        return switch (scheme == null ? "" : scheme) {
            case "http" -> MjpegCamera.open(profile, clock, patience);
            case V4l2Source.SCHEME -> V4l2Camera.open(profile, clock, patience);
            case "file" -> openFile(profile, clock);
            default -> kind(profile, scheme).open(profile, clock, patience);
        };
    }

    private static CameraKind kind(final CameraProfile profile, final String scheme) {
        final List<CameraKind> kinds = ServiceLoader.load(CameraKind.class).stream().map(ServiceLoader.Provider::get).toList();
        return kinds.stream().filter(kind -> kind.scheme().equals(scheme)).findFirst().orElseThrow(() -> new ProfileException(
            "camera " + profile.name() + ": source " + profile.source() + " begins with none of http:, v4l2:, file:"
                + String.join("", kinds.stream().map(kind -> ", " + kind.scheme() + ':').sorted().toList())));
    }

    private static Camera openFile(final CameraProfile profile, final NanoClock clock) {
        final Path path;
        try {
            path = Path.of(profile.source());
        } catch (final IllegalArgumentException e) {
            throw new ProfileException("camera " + profile.name() + ": source " + profile.source() + " is not of the form file:/path", e);
        }
        if (!Files.exists(path)) {
            throw new ProfileException("camera " + profile.name() + " at " + path + ": no such file or folder");
        }
        return Files.isDirectory(path) || FolderCamera.isPicture(path) ? new FolderCamera(profile, path, clock) : new VideoCamera(profile, path, clock);
    }
}
