package dev.continuo.supervision.roles;

import dev.continuo.actors.agent.Picture;
import dev.continuo.actors.agent.PictureSource;
import dev.continuo.config.CameraProfile;
import dev.continuo.perception.Camera;
import dev.continuo.perception.Frame;

/** A camera as its agent sees it. */
final class CameraPictures implements PictureSource {
    private final Camera camera;
    private final Frame frame;

    CameraPictures(final Camera camera, final CameraProfile profile) {
        this.camera = camera;
        frame = new Frame(profile.width(), profile.height());
    }

    @Override
    public boolean poll(final Picture target, final long nowNanos) {
        if (!camera.poll(frame)) {
            return false;
        }
        target.resize(frame.width(), frame.height());
        System.arraycopy(frame.rgb(), 0, target.rgb, 0, target.length());
        target.observedAtNanos = frame.capturedAtNanos;
        target.capturedAtNanos = frame.capturedAtNanos;
        return true;
    }

    @Override
    public void close() {
        camera.close();
    }
}
