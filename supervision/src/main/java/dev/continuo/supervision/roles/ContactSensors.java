package dev.continuo.supervision.roles;

import dev.continuo.actors.actor.Hosting;
import dev.continuo.actors.actor.SensorActor;
import dev.continuo.actors.actor.StageActor;
import dev.continuo.actors.bus.Bus;
import dev.continuo.config.ContactLimit;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileException;
import dev.continuo.config.SensorProfile;
import dev.continuo.perception.sensor.Sensors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.NanoClock;
import org.apache.pekko.actor.typed.Behavior;

/** The sensors that arms stop by. They are read in {@code control}: what an arm feels must not depend on a process that may hang. */
final class ContactSensors {
    private static final String FORCE = " N";
    private static final String TORQUE = " Nm";

    private final Profile profile;
    private final OpenedSensors opened;

    ContactSensors(final Profile profile, final NanoClock clock) {
        this.profile = profile;
        opened = new OpenedSensors(clock);
    }

    /**
     * Opens them, so that nothing starts without them.
     *
     * @throws ProfileException if one cannot be reached, its settings cannot work, or it measures something else than force and torque
     */
    void require() {
        final List<SensorProfile> felt = profile.sensors().stream().filter(profile::isFelt).toList();
        felt.forEach(ContactSensors::requireWrench);
        opened.require(felt);
    }

    private static void requireWrench(final SensorProfile sensor) {
        final List<String> channels = Sensors.kind(sensor).channels(sensor);
        for (int i = 0; i < ContactLimit.CHANNELS; i++) {
            if (channels.size() <= i || !channels.get(i).endsWith(i < ContactLimit.CHANNELS / 2 ? FORCE : TORQUE)) {
                throw new ProfileException("sensor " + sensor.name() + ": an arm cannot stop by it, its channels must begin with three of N and three of Nm, are " + channels);
            }
        }
    }

    /** The actors that own them, by name. */
    Map<String, Behavior<StageActor.Command>> stages(final Bus bus, final Hosting hosting) {
        final Map<String, Behavior<StageActor.Command>> stages = new LinkedHashMap<>();
        for (int i = 0; i < profile.sensors().size(); i++) {
            final SensorProfile sensor = profile.sensors().get(i);
            if (profile.isFelt(sensor)) {
                stages.put("sensor-" + sensor.name(), SensorActor.create(sensor, i, () -> opened.open(sensor), bus, hosting));
            }
        }
        return stages;
    }
}
