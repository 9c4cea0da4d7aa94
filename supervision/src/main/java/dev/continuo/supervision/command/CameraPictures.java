package dev.continuo.supervision.command;

import dev.continuo.actors.model.PictureReader;
import dev.continuo.config.CameraProfile;
import dev.continuo.config.ProfileException;
import dev.continuo.perception.Camera;
import dev.continuo.perception.Cameras;
import dev.continuo.perception.Frame;
import dev.continuo.perception.PictureLimits;
import dev.continuo.reasoning.network.ImagePatches;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/** What cameras see, once, as the vision tower takes it. */
final class CameraPictures {
    private static final NanoClock CLOCK = SystemNanoClock.INSTANCE;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long PAUSE_MILLIS = 2;

    private CameraPictures() {
    }

    /**
     * Looks through all cameras at the same time.
     *
     * @param after how long they run before: a camera finds its exposure, a video its scene
     * @throws ProfileException if a camera cannot be opened, or has no picture that is young enough
     */
    static List<ImagePatches> look(final List<CameraProfile> profiles, final Duration after, final PictureLimits limits) {
        final List<Camera> cameras = new ArrayList<>();
        try {
            for (final CameraProfile profile : profiles) {
                cameras.add(Cameras.open(profile, CLOCK, PATIENCE));
            }
            return new PictureReader(limits).read(pictures(profiles, cameras, after).toArray(Frame[]::new));
        } finally {
            cameras.forEach(Camera::close);
        }
    }

    private static List<Frame> pictures(final List<CameraProfile> profiles, final List<Camera> cameras, final Duration after) {
        final List<Frame> pictures = profiles.stream().map(profile -> new Frame(profile.width(), profile.height())).toList();
        // The first pictures take long, because code is loaded for them; patience begins after that.
        poll(cameras, pictures);
        final long fromNanos = CLOCK.nanoTime() + after.toNanos();
        while (true) {
            poll(cameras, pictures);
            final long nowNanos = CLOCK.nanoTime();
            final int missing = missing(profiles, pictures, nowNanos);
            if (nowNanos >= fromNanos && missing < 0) {
                return pictures;
            }
            if (nowNanos - fromNanos > PATIENCE.toNanos()) {
                throw new ProfileException("camera " + profiles.get(missing).name() + " at " + profiles.get(missing).source()
                    + ": gave no picture for " + PATIENCE.toSeconds() + " s");
            }
            pause();
        }
    }

    private static void poll(final List<Camera> cameras, final List<Frame> pictures) {
        for (int i = 0; i < cameras.size(); i++) {
            cameras.get(i).poll(pictures.get(i));
        }
    }

    private static int missing(final List<CameraProfile> profiles, final List<Frame> pictures, final long nowNanos) {
        for (int i = 0; i < pictures.size(); i++) {
            if (!pictures.get(i).isTaken() || nowNanos - pictures.get(i).capturedAtNanos > profiles.get(i).maxAgeNanos()) {
                return i;
            }
        }
        return -1;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProfileException("interrupted", e);
        }
    }
}
