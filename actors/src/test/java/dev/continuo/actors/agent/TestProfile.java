package dev.continuo.actors.agent;

import dev.continuo.config.ActionSpace;
import dev.continuo.config.ArmProfile;
import dev.continuo.config.AxisLimits;
import dev.continuo.config.AxisVector;
import dev.continuo.config.BasePose;
import dev.continuo.config.BusProfile;
import dev.continuo.config.CameraProfile;
import dev.continuo.config.CellProfile;
import dev.continuo.config.ChunkStrategy;
import dev.continuo.config.ClusterProfile;
import dev.continuo.config.DriverProfile;
import dev.continuo.config.ModelProfile;
import dev.continuo.config.PlaybackProfile;
import dev.continuo.config.PluginSettings;
import dev.continuo.config.PolicyProfile;
import dev.continuo.config.Profile;
import dev.continuo.config.RecordingProfile;
import dev.continuo.config.RestartProfile;
import dev.continuo.config.WebProfile;
import dev.continuo.config.TransportProfile;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A bimanual cell for tests: two arms at 500 Hz, one small camera at 20 Hz, chunks of 50 rows at 50 Hz. */
public final class TestProfile {
    /** One millisecond. */
    public static final long MILLISECOND = 1_000_000L;
    /** Where the test arms stand between trials. */
    public static final AxisVector READY = AxisVector.of(0, 1.2, 1.0, -0.6, 0, 0, 0.07);
    /** Where they are parked. */
    public static final AxisVector PARK = AxisVector.of(0, 0.9, 0.8, -0.4, 0, 0, 0.02);

    private TestProfile() {
    }

    /** The cell. */
    public static Profile profile() {
        return new Profile(
            "test", "none", "Pick the card.",
            List.of(arm("left", 0.22), arm("right", -0.22)),
            List.of(camera()),
            List.of(),
            new ModelProfile(Path.of("none"), Path.of(""), 1, 40, 500 * MILLISECOND, 10_000 * MILLISECOND),
            PolicyProfile.MODEL,
            new PlaybackProfile(20 * MILLISECOND, 50, 25, 1_500 * MILLISECOND, new ChunkStrategy.Blend(5)),
            new BusProfile(Path.of("/dev/shm/continuo-test"), "aeron:ipc", 8 * 1024 * 1024),
            new ClusterProfile("127.0.0.1", 0, 0, 0, Optional.empty()),
            new RestartProfile(20 * MILLISECOND, 100 * MILLISECOND, 3, 10_000 * MILLISECOND, 500 * MILLISECOND),
            new CellProfile(false, 1, "in-domain", 0, 1_000 * MILLISECOND),
            WebProfile.OFF, RecordingProfile.OFF, true, Optional.empty());
    }

    /** The cell with a policy that is told no reasoning. */
    public static Profile withoutReasoning() {
        return profile().withPolicy(new PolicyProfile("test", false, new PluginSettings("policy test", Map.of())));
    }

    /** The cell's camera. */
    public static CameraProfile camera() {
        return new CameraProfile("top", URI.create("file:none"), 8, 6, 20, 300 * MILLISECOND);
    }

    private static ArmProfile arm(final String name, final double y) {
        final AxisLimits limits = new AxisLimits(
            AxisVector.of(-3, -0.1, -0.1, -1.6, -1.5, -3, 0),
            AxisVector.of(3, 3.6, 3.1, 1.6, 1.5, 3, 0.088),
            AxisVector.of(3, 3, 3, 4, 4, 4, 0.5),
            AxisVector.of(15, 15, 15, 20, 20, 20, 3),
            AxisVector.of(300, 300, 300, 400, 400, 400, 60),
            new AxisLimits.Workspace(-2, 2, -2, 2, -2, 2));
        return new ArmProfile(
            name, new DriverProfile.Arx("r5", new TransportProfile.LocalSocket(Path.of("/tmp/none")), 0), ActionSpace.JOINTS, 500, new BasePose(0, y, 0, 0), limits, READY, PARK, Optional.empty());
    }
}
