package dev.continuo.supervision.roles;

import dev.continuo.actors.actor.ActionActor;
import dev.continuo.actors.actor.CameraActor;
import dev.continuo.actors.actor.Hosting;
import dev.continuo.actors.actor.ReasoningActor;
import dev.continuo.actors.actor.SensorActor;
import dev.continuo.actors.actor.StageActor;
import dev.continuo.actors.actor.ThreadHost;
import dev.continuo.actors.agent.ActionAgent;
import dev.continuo.actors.bus.AeronBus;
import dev.continuo.actors.bus.Bus;
import dev.continuo.config.CameraProfile;
import dev.continuo.config.Profile;
import dev.continuo.config.SensorProfile;
import dev.continuo.perception.Camera;
import dev.continuo.perception.sensor.Sensor;
import dev.continuo.supervision.cluster.FromRole;
import dev.continuo.supervision.cluster.RoleName;
import dev.continuo.supervision.cluster.Systems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process of cameras, sensors, reasoning and policy. */
public final class BrainRole {
    private static final Logger LOG = LoggerFactory.getLogger(BrainRole.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration REASONING_SILENCE = Duration.ofSeconds(15);
    private static final Duration ACTION_SILENCE = Duration.ofSeconds(10);
    private static final long STATE_MAX_AGE_NANOS = 200_000_000L;

    /**
     * How long the model is taken to think where a virtual clock stands still meanwhile; 0 under a real one.
     *
     * @param chunkNanos     from the observation to the chunk
     * @param reasoningNanos from the observation to the finished reasoning
     */
    public record AssumedLatency(long chunkNanos, long reasoningNanos) {
    }

    private BrainRole() {
    }

    /**
     * Runs the brain until it is given up or the process is ended.
     *
     * @param incarnation counts the brain's processes from 1; the first one takes an unreachable camera, sensor or policy for a matter of configuration
     * @return the exit status
     * @throws dev.continuo.config.ProfileException if the model or policy cannot be used or, at first, a camera, a sensor or what the policy needs cannot be reached
     */
    public static int run(final Profile profile, final Path modelDirectory, final int incarnation) {
        final CompletableFuture<ActorSystem<SpawnProtocol.Command>> joining =
            CompletableFuture.supplyAsync(() -> Systems.member(profile, RoleName.BRAIN));
        final Bus bus = AeronBus.connect(profile.bus(), error -> LOG.warn("bus", error));
        final Mind mind = Mind.load(profile, modelDirectory, incarnation == 1);
        final BrainDevices devices = new BrainDevices(SystemNanoClock.INSTANCE);
        if (incarnation == 1) {
            devices.require(profile);
        }
        final CompletableFuture<String> givenUp = new CompletableFuture<>();
        final ActorSystem<SpawnProtocol.Command> system = joining.join();
        start(system, profile, mind, devices, bus, Systems.guardian(system, profile), givenUp::complete);
        final String why = givenUp.join();
        LOG.error("the brain is given up: {}", why);
        System.err.println("continuo: the brain is given up: " + why);
        return 1;
    }

    /**
     * Starts the stages within a system; for a process that holds other roles too.
     *
     * @param giveUp told why when the process should be replaced
     */
    static void start(final ActorSystem<SpawnProtocol.Command> system, final Profile profile, final Mind mind, final BrainDevices devices,
        final Bus bus, final ActorRef<FromRole> control, final Consumer<String> giveUp) {
        final NanoClock clock = SystemNanoClock.INSTANCE;
        final Hosting hosting = new Hosting(new ThreadHost(clock, STOP_TIMEOUT), clock, profile.restart());
        Systems.spawn(system, BrainActor.create(stages(profile, devices::open, devices::open, mind, new AssumedLatency(0, 0), bus, hosting), control, giveUp), RoleName.BRAIN.id());
    }

    /** The stages' actors by name. */
    static Map<String, Behavior<StageActor.Command>> stages(final Profile profile, final Function<CameraProfile, Camera> cameras, final Function<SensorProfile, Sensor> sensors,
        final Mind mind, final AssumedLatency latency, final Bus bus, final Hosting hosting) {
        final ReasoningActor.InFlight inFlight = new ReasoningActor.InFlight();
        final Map<String, Behavior<StageActor.Command>> stages = new LinkedHashMap<>();
        for (int i = 0; i < profile.cameras().size(); i++) {
            final CameraProfile camera = profile.cameras().get(i);
            stages.put("camera-" + camera.name(), CameraActor.create(camera, i, () -> cameras.apply(camera), bus, hosting));
        }
        for (int i = 0; i < profile.sensors().size(); i++) {
            final SensorProfile sensor = profile.sensors().get(i);
            if (!profile.isFelt(sensor)) {
                stages.put("sensor-" + sensor.name(), SensorActor.create(sensor, i, () -> sensors.apply(sensor), bus, hosting));
            }
        }
        mind.reasoner().ifPresent(reasoner -> stages.put("reasoning", ReasoningActor.create(profile, reasoner, latency.reasoningNanos(), inFlight, bus, hosting, REASONING_SILENCE)));
        stages.put("action", ActionActor.create(profile, mind.policy(),
            new ActionAgent.Settings(STATE_MAX_AGE_NANOS, latency.chunkNanos(), inFlight), bus, hosting, ACTION_SILENCE));
        return stages;
    }
}
