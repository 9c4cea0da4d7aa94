package dev.continuo.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Reads and validates profiles: those that ship with Continuo and those of the robot computer's site by name, anybody's by file.
 *
 * <p>A file may say {@code extends = "arx-sim"} and then gives only what differs; the site's {@code site.conf} is laid over what ships, the command line over everything. Unknown keys, missing keys and values that cannot
 * work are a {@link ProfileException} of one line. The object {@code definitions} may hold anything: it is there to be referred to.
 */
public final class ProfileReader {
    private static final long SECOND = 1_000_000_000L;
    private static final int LAST_PORT = 65_535;
    /** An arm that has not felt anything for longer does not move. */
    private static final long MOST_CONTACT_AGE_NANOS = 100_000_000L;
    /** More than this, Nm or N, a Franka's joints cannot bear anyway. */
    private static final double MOST_COLLISION = 100;
    /** As in ACT. */
    private static final double ENSEMBLE_DECAY = 0.01;
    /** As in the paper of real-time chunking. */
    private static final double GUIDANCE = 5;
    private static final int CANDIDATES = 4;
    /** What the kernel takes as a name of an interface. */
    private static final Pattern INTERFACE_NAME = Pattern.compile("(?!\\.{1,2}$)[^\\s/:]{1,15}");

    private ProfileReader() {
    }

    /** The names of the profiles that ship with Continuo. */
    public static List<String> shipped() {
        return ProfileLayers.shipped();
    }

    /**
     * Reads a profile.
     *
     * @param nameOrFile the name of a profile that ships or that the site has, or the path of a HOCON file
     */
    public static Profile read(final String nameOrFile) {
        return read(nameOrFile, List.of());
    }

    /**
     * Reads a profile with something changed.
     *
     * @param nameOrFile the name of a profile that ships or that the site has, or the path of a HOCON file
     * @param settings   what the command line says otherwise, each {@code key=value}; the last one counts
     */
    public static Profile read(final String nameOrFile, final List<String> settings) {
        return read(ProfileLayers.lay(nameOrFile, settings), nameOrFile);
    }

    /**
     * All values of a profile that can be used, by key, each with its origin; what is only there to be referred to is left out.
     *
     * @param nameOrFile the name of a profile that ships or that the site has, or the path of a HOCON file
     * @param settings   what the command line says otherwise, each {@code key=value}
     */
    public static List<Setting> settings(final String nameOrFile, final List<String> settings) {
        final Config config = ProfileLayers.lay(nameOrFile, settings);
        read(config, nameOrFile);
        return Setting.of(config.withoutPath("definitions").withoutPath("extends"));
    }

    /**
     * A profile as it is used, in a text that can be read again: everything resolved, nothing left to refer to.
     *
     * @param nameOrFile the name of a profile that ships or that the site has, or the path of a HOCON file
     * @param settings   what the command line says otherwise, each {@code key=value}
     */
    public static String text(final String nameOrFile, final List<String> settings) {
        return ProfileLayers.lay(nameOrFile, settings).withoutPath("definitions").withoutPath("extends").root()
            .render(ConfigRenderOptions.defaults().setOriginComments(false).setJson(false));
    }

    private static Profile read(final Config config, final String nameOrFile) {
        final ProfileSection root = ProfileSection.root(config);
        root.has("extends");
        root.has("definitions");
        final List<SensorProfile> sensors = sensors(root);
        final Profile profile = new Profile(nameOrFile, root.text("task"), root.text("instruction"), arms(root, sensors), cameras(root), sensors,
            model(root.section("model")), root.has("policy") ? policy(root.section("policy")) : PolicyProfile.MODEL, playback(root.section("playback")), bus(root.section("bus")),
            Listeners.cluster(root.section("cluster")), restart(root.section("restart")), cell(root.section("cell")),
            root.has("web") ? Listeners.web(root.section("web")) : WebProfile.OFF,
            root.has("recording") ? recording(root.section("recording")) : RecordingProfile.OFF,
            !root.has("autostart") || root.flag("autostart"),
            root.has("traces") ? Optional.of(traces(root.section("traces"))) : Optional.empty());
        root.finish();
        requireDistinct(root, profile);
        return profile;
    }

    private static List<ArmProfile> arms(final ProfileSection root, final List<SensorProfile> sensors) {
        final List<ArmProfile> arms = new ArrayList<>();
        for (final ProfileSection arm : root.sections("arms")) {
            arms.add(arm(arm, sensors));
        }
        root.require(!arms.isEmpty(), "arms", "must name at least one arm");
        return arms;
    }

    private static ArmProfile arm(final ProfileSection section, final List<SensorProfile> sensors) {
        final DriverProfile driver = driver(section);
        final AxisLimits limits = limits(section.section("limits"), driver.axisCount());
        final ArmProfile arm = new ArmProfile(section.text("name"), driver, actions(section), rate(section, driver), base(section.section("base")), limits,
            section.vector("ready-pose", driver.axisCount()), section.vector("park-pose", driver.axisCount()),
            section.has("contact") ? Optional.of(contact(section.section("contact"), sensors)) : Optional.empty());
        requireWithin(section, "ready-pose", arm.readyPose(), limits);
        requireWithin(section, "park-pose", arm.parkPose(), limits);
        section.finish(driver instanceof DriverProfile.Plugin ? "; " + driver.model() + " is none of " + String.join(", ", DriverProfile.BUILT_IN) + ", so that its own keys stand in settings" : "");
        return arm;
    }

    private static ContactLimit contact(final ProfileSection section, final List<SensorProfile> sensors) {
        final String name = section.text("sensor");
        final SensorProfile sensor = sensors.stream().filter(each -> each.name().equals(name)).findFirst().orElse(null);
        section.require(sensor != null, "sensor", "must be one of sensors, " + sensors.stream().map(SensorProfile::name).toList() + ", is " + name);
        section.require(sensor.maxAgeNanos() <= MOST_CONTACT_AGE_NANOS, "sensor", "must have a max-age of at most 100 ms, for an arm that moves by it; " + name + " has "
            + sensor.maxAgeNanos() / 1_000_000 + " ms");
        final ContactLimit contact = new ContactLimit(name, section.real("force", 1, 10_000), section.real("torque", 0.1, 10_000), sensor.maxAgeNanos());
        section.finish();
        return contact;
    }

    private static DriverProfile driver(final ProfileSection section) {
        final String model = section.text("model");
        return switch (model) {
            case "x5", "l5", "r5" -> new DriverProfile.Arx(model, transport(section.section("transport")), section.nanos("motor-timeout", 0, 10 * SECOND));
            case "fr3", "panda" -> new DriverProfile.Franka(model, section.text("host"),
                section.has("port") ? section.integer("port", 1, LAST_PORT) : DriverProfile.Franka.PORT, handPort(section),
                section.has("filter-cut-off-hz") ? section.real("filter-cut-off-hz", 1, DriverProfile.Franka.RATE_HZ) : DriverProfile.Franka.CUT_OFF_HERTZ,
                section.has("collision") ? Optional.of(collision(section.section("collision"))) : Optional.empty());
            default -> plugin(model, section);
        };
    }

    /** How many axes it has is known to the plugin alone, which need not be here: the limits tell. */
    private static DriverProfile.Plugin plugin(final String model, final ProfileSection section) {
        final ProfileSection limits = section.section("limits");
        final int axes = limits.length("minimum");
        limits.require(axes >= DriverProfile.Plugin.LEAST_AXES, "minimum", "must have a value for each joint and one for the gripper, has " + axes);
        return new DriverProfile.Plugin(model, axes, settings("arm " + section.text("name"), section));
    }

    private static PluginSettings settings(final String owner, final ProfileSection section) {
        return new PluginSettings(owner, section.has("settings") ? section.texts("settings") : Map.of());
    }

    private static DriverProfile.Franka.Collision collision(final ProfileSection section) {
        final DriverProfile.Franka.Collision collision =
            new DriverProfile.Franka.Collision(section.real("torque", 1, MOST_COLLISION), section.real("force", 1, MOST_COLLISION));
        section.finish();
        return collision;
    }

    private static OptionalInt handPort(final ProfileSection section) {
        if (!section.flag("hand")) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(section.has("hand-port") ? section.integer("hand-port", 1, LAST_PORT) : DriverProfile.Franka.HAND_PORT);
    }

    private static ActionSpace actions(final ProfileSection section) {
        final String space = section.has("actions") ? section.text("actions") : "joints";
        return switch (space) {
            case "joints" -> ActionSpace.JOINTS;
            case "pose" -> ActionSpace.POSE;
            default -> {
                section.require(false, "actions", "must be joints or pose, is " + space);
                yield null;
            }
        };
    }

    private static int rate(final ProfileSection section, final DriverProfile driver) {
        return switch (driver) {
            case DriverProfile.Arx _, DriverProfile.Plugin _ -> section.integer("rate-hz", 50, 1000);
            case DriverProfile.Franka _ -> DriverProfile.Franka.RATE_HZ;
        };
    }

    private static void requireWithin(
        final ProfileSection section, final String key, final AxisVector pose, final AxisLimits limits) {
        for (int axis = 0; axis < pose.size(); axis++) {
            section.require(pose.at(axis) >= limits.minimum().at(axis) && pose.at(axis) <= limits.maximum().at(axis), key,
                "leaves the limits on axis " + axis + ": " + pose.at(axis));
        }
    }

    private static AxisLimits limits(final ProfileSection section, final int axes) {
        final ProfileSection box = section.section("workspace");
        final AxisLimits.Workspace workspace = new AxisLimits.Workspace(
            box.real("min-x", -10, 10), box.real("max-x", -10, 10), box.real("min-y", -10, 10),
            box.real("max-y", -10, 10), box.real("min-z", -10, 10), box.real("max-z", -10, 10));
        box.require(workspace.minX() < workspace.maxX(), "max-x", "must be above min-x");
        box.require(workspace.minY() < workspace.maxY(), "max-y", "must be above min-y");
        box.require(workspace.minZ() < workspace.maxZ(), "max-z", "must be above min-z");
        box.finish();
        final AxisLimits limits = new AxisLimits(section.vector("minimum", axes), section.vector("maximum", axes),
            section.vector("velocity", axes), section.vector("acceleration", axes), section.vector("jerk", axes), workspace);
        for (int axis = 0; axis < axes; axis++) {
            section.require(limits.minimum().at(axis) < limits.maximum().at(axis), "maximum", "must be above minimum on axis " + axis);
            section.require(limits.velocity().at(axis) > 0, "velocity", "must be positive on axis " + axis);
            section.require(limits.acceleration().at(axis) > 0, "acceleration", "must be positive on axis " + axis);
            section.require(limits.jerk().at(axis) > 0, "jerk", "must be positive on axis " + axis);
        }
        section.finish();
        return limits;
    }

    private static TransportProfile transport(final ProfileSection section) {
        final String kind = section.text("kind");
        final TransportProfile transport = switch (kind) {
            case "local-socket" -> new TransportProfile.LocalSocket(Path.of(section.text("path")));
            case "slcan" -> new TransportProfile.Slcan(Path.of(section.text("tty")),
                section.has("batch-frames") ? section.integer("batch-frames", 0, 64) : 0);
            case "socketcan" -> {
                final String name = section.text("interface");
                section.require(INTERFACE_NAME.matcher(name).matches(), "interface", "must be a name of at most 15 characters such as can0, is " + name);
                yield new TransportProfile.SocketCan(name);
            }
            default -> {
                section.require(false, "kind", "must be local-socket, slcan or socketcan, is " + kind);
                yield null;
            }
        };
        section.finish();
        return transport;
    }

    private static BasePose base(final ProfileSection section) {
        final BasePose base = new BasePose(section.real("x", -10, 10), section.real("y", -10, 10), section.real("z", -10, 10),
            section.real("yaw", -Math.PI, Math.PI));
        section.finish();
        return base;
    }

    private static List<CameraProfile> cameras(final ProfileSection root) {
        final List<CameraProfile> cameras = new ArrayList<>();
        for (final ProfileSection section : root.sections("cameras")) {
            final URI source;
            try {
                source = URI.create(section.text("source"));
            } catch (final IllegalArgumentException malformed) {
                throw new ProfileException("cameras.source is no address: " + malformed.getMessage(), malformed);
            }
            section.require(source.getScheme() != null, "source", "must begin with http://, v4l2:, file: or what a plugin brings, is " + source);
            cameras.add(new CameraProfile(section.text("name"), source, section.integer("width", 28, 4096),
                section.integer("height", 28, 4096), section.integer("rate-hz", 1, 240), section.nanos("max-age", 1, 60 * SECOND)));
            section.finish();
        }
        root.require(!cameras.isEmpty(), "cameras", "must name at least one camera");
        return cameras;
    }

    private static List<SensorProfile> sensors(final ProfileSection root) {
        final List<SensorProfile> sensors = new ArrayList<>();
        for (final ProfileSection section : root.has("sensors") ? root.sections("sensors") : List.<ProfileSection>of()) {
            final String name = section.text("name");
            sensors.add(new SensorProfile(name, section.text("kind"), section.integer("rate-hz", 1, 1000), section.nanos("max-age", 1, 60 * SECOND),
                settings("sensor " + name, section)));
            section.finish();
        }
        return sensors;
    }

    private static ModelProfile model(final ProfileSection section) {
        final ModelProfile model = new ModelProfile(Path.of(section.text("directory")), Path.of(section.has("policy") ? section.text("policy") : ""),
            section.integer("threads", 1, 256),
            section.integer("max-reasoning-tokens", 1, 4096), section.nanos("reasoning-period", 0, 3600 * SECOND),
            section.nanos("reasoning-max-age", 1, 3600 * SECOND));
        section.finish();
        return model;
    }

    private static PolicyProfile policy(final ProfileSection section) {
        final String kind = section.text("kind");
        final boolean own = !kind.equals(PolicyProfile.MODEL.kind());
        final boolean reasoning = section.has("reasoning") ? section.flag("reasoning") : !own;
        section.require(own || reasoning, "reasoning", "must be true: the model's action expert follows its reasoning");
        section.require(own || !section.has("settings"), "settings", "are for policies of plugins; the model has its own section");
        final PolicyProfile policy = new PolicyProfile(kind, reasoning, settings("policy " + kind, section));
        section.finish();
        return policy;
    }

    private static PlaybackProfile playback(final ProfileSection section) {
        final int rows = section.integer("chunk-rows", 2, 1000);
        final PlaybackProfile playback = new PlaybackProfile(section.nanos("row-period", 1_000_000L, SECOND), rows, section.integer("execution-horizon", 1, 1000),
            section.nanos("chunk-max-age", 1, 60 * SECOND), strategy(section, rows));
        section.require(playback.executionHorizon() <= playback.chunkRows(), "execution-horizon",
            "must not exceed chunk-rows, " + playback.chunkRows());
        section.finish();
        return playback;
    }

    /** What a strategy does not look at may be given all the same: so one can be changed for another on the command line. */
    private static ChunkStrategy strategy(final ProfileSection section, final int rows) {
        final int blendRows = section.has("blend-rows") ? section.integer("blend-rows", 0, 1000) : 0;
        section.require(blendRows < rows, "blend-rows", "must be below chunk-rows, " + rows);
        final double decay = section.has("ensemble-decay") ? section.real("ensemble-decay", 0, 100) : ENSEMBLE_DECAY;
        final double guidance = section.has("guidance") ? section.real("guidance", 0, 1000) : GUIDANCE;
        final int candidates = section.has("candidates") ? section.integer("candidates", 1, 64) : CANDIDATES;
        final String name = section.has("strategy") ? section.text("strategy") : "blend";
        return switch (name) {
            case "synchronous" -> new ChunkStrategy.Synchronous();
            case "replace" -> new ChunkStrategy.Replace();
            case "blend" -> new ChunkStrategy.Blend(blendRows);
            case "ensemble" -> new ChunkStrategy.Ensemble(decay);
            case "rtc" -> new ChunkStrategy.RealTime(guidance, 1);
            case "rtc-candidates" -> new ChunkStrategy.RealTime(guidance, candidates);
            default -> {
                section.require(false, "strategy", "must be synchronous, replace, blend, ensemble, rtc or rtc-candidates, is " + name);
                yield null;
            }
        };
    }

    private static BusProfile bus(final ProfileSection section) {
        final BusProfile bus = new BusProfile(Path.of(section.text("directory")), section.text("channel"),
            section.integer("term-length", 64 * 1024, 1 << 30));
        section.require(Integer.bitCount(bus.termLengthBytes()) == 1, "term-length", "must be a power of two");
        section.finish();
        return bus;
    }

    private static RestartProfile restart(final ProfileSection section) {
        final RestartProfile restart = new RestartProfile(section.nanos("min-backoff", 1_000_000L, 60 * SECOND),
            section.nanos("max-backoff", 1_000_000L, 600 * SECOND), section.integer("max-restarts", 0, 1000),
            section.nanos("window", SECOND, 86_400 * SECOND), section.nanos("heartbeat-timeout", 1_000_000L, 600 * SECOND));
        section.require(restart.minBackoffNanos() <= restart.maxBackoffNanos(), "max-backoff", "must not be below min-backoff");
        section.finish();
        return restart;
    }

    private static CellProfile cell(final ProfileSection section) {
        final String split = section.text("split");
        section.require(List.of("in-domain", "open-world").contains(split), "split", "must be in-domain or open-world, is " + split);
        final CellProfile cell = new CellProfile(section.flag("enabled"), section.whole("seed"), split,
            section.integer("camera-port", 1, LAST_PORT), section.nanos("trial-timeout", SECOND, 3600 * SECOND));
        section.finish();
        return cell;
    }

    private static URI traces(final ProfileSection section) {
        final String endpoint = section.text("endpoint");
        section.require(endpoint.matches("https?://[^/]+(/.*)?"), "endpoint", "must be the address of an OTLP/HTTP receiver, http://127.0.0.1:4318/v1/traces for example, is " + endpoint);
        section.finish();
        return URI.create(endpoint);
    }

    private static RecordingProfile recording(final ProfileSection section) {
        final RecordingProfile recording = new RecordingProfile(section.flag("enabled"), Path.of(section.text("directory")), section.bytes("keep-free"), survives(section));
        section.finish();
        return recording;
    }

    private static RecordingProfile.Survives survives(final ProfileSection section) {
        final String survives = section.text("survives");
        return switch (survives) {
            case "process" -> RecordingProfile.Survives.PROCESS;
            case "power" -> RecordingProfile.Survives.POWER;
            default -> {
                section.require(false, "survives", "must be process or power, is " + survives);
                yield null;
            }
        };
    }

    private static void requireDistinct(final ProfileSection root, final Profile profile) {
        root.require(profile.arms().stream().map(ArmProfile::name).distinct().count() == profile.arms().size(), "arms",
            "must have distinct names");
        final List<String> interfaces = profile.arms().stream().flatMap(arm -> arm.canInterface().stream()).toList();
        root.require(interfaces.stream().distinct().count() == interfaces.size(), "arms", "must not share a CAN interface: each needs a bus of its own");
        root.require(profile.sensors().stream().map(SensorProfile::name).distinct().count() == profile.sensors().size(), "sensors", "must have distinct names");
        root.require(profile.cameras().stream().map(CameraProfile::name).distinct().count() == profile.cameras().size(), "cameras",
            "must have distinct names");
    }
}
