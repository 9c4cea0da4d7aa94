package dev.continuo.actors.actor;

import dev.continuo.actors.agent.CameraAgent;
import dev.continuo.actors.bus.Bus;
import dev.continuo.config.CameraProfile;
import dev.continuo.perception.Camera;
import org.apache.pekko.actor.typed.Behavior;

import java.time.Duration;
import java.util.function.Supplier;

/** Owns one camera's agent. A camera that cannot be opened, or that fails, is opened anew. */
public final class CameraActor {
    private CameraActor() {
    }

    /**
     * The actor of one camera.
     *
     * @param index  the camera's place in the profile
     * @param camera opens the camera; called at every start
     */
    public static Behavior<StageActor.Command> create(
        final CameraProfile profile, final int index, final Supplier<? extends Camera> camera, final Bus bus,
        final Hosting hosting) {
        return StageActor.create(new StageActor.Parts(
            "camera-" + profile.name(),
            () -> new CameraAgent(profile, index, camera.get(), bus, hosting.clock()),
            hosting,
            Duration.ofNanos(hosting.restart().heartbeatTimeoutNanos())));
    }
}
