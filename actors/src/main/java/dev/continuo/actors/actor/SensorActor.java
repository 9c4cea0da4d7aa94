package dev.continuo.actors.actor;

import dev.continuo.actors.agent.SensorAgent;
import dev.continuo.actors.bus.Bus;
import dev.continuo.config.SensorProfile;
import dev.continuo.perception.sensor.Sensor;
import dev.continuo.perception.sensor.Sensors;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;

/** Owns one sensor's agent. */
public final class SensorActor {
    private SensorActor() {
    }

    /**
     * The actor of one sensor.
     *
     * @param index  the sensor's place in the profile
     * @param sensor opens it; called at every start, and when it was lost
     */
    public static Behavior<StageActor.Command> create(final SensorProfile profile, final int index, final Supplier<? extends Sensor> sensor, final Bus bus,
        final Hosting hosting) {
        final int channels = Sensors.kind(profile).channels(profile).size();
        return StageActor.create(new StageActor.Parts("sensor-" + profile.name(),
            () -> new SensorAgent(profile, index, sensor, channels, bus, hosting.clock()), hosting,
            Duration.ofNanos(hosting.restart().heartbeatTimeoutNanos())));
    }
}
