package dev.continuo.supervision.web;

import dev.continuo.actors.latency.Latency;
import dev.continuo.config.ActionSpace;
import dev.continuo.config.ArmProfile;
import dev.continuo.config.CameraProfile;
import dev.continuo.config.Profile;
import dev.continuo.perception.sensor.Sensors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What of a profile a page must know to show a run.
 *
 * @param name             the profile's name
 * @param task             the task
 * @param arms             in the profile's order
 * @param cameras          names, in the profile's order
 * @param sensors          in the profile's order
 * @param deadlinesSeconds by latency: past it something is late, by the profile's own limits
 */
record CellView(String name, String task, List<Arm> arms, List<String> cameras, List<Sensor> sensors, Map<String, Double> deadlinesSeconds) {
    private static final double NANOS_PER_SECOND = 1e9;

    /**
     * An arm.
     *
     * @param name        its name
     * @param minimum     of each axis, radians; gripper: metres
     * @param maximum     likewise
     * @param firstColumn where its columns begin in a chunk's rows
     * @param planned     whether those columns are its axes
     */
    record Arm(String name, double[] minimum, double[] maximum, int firstColumn, boolean planned) {
    }

    /**
     * A sensor.
     *
     * @param name     its name
     * @param channels what its values are
     */
    record Sensor(String name, List<String> channels) {
    }

    /** The view of a profile. */
    static CellView of(final Profile profile) {
        final List<Arm> arms = profile.arms().stream().map(arm -> new Arm(arm.name(), arm.limits().minimum().toArray(), arm.limits().maximum().toArray(),
            profile.firstColumn(profile.arms().indexOf(arm)), arm.actions() == ActionSpace.JOINTS)).toList();
        return new CellView(profile.name(), profile.task(), arms, profile.cameras().stream().map(CameraProfile::name).toList(),
            profile.sensors().stream().map(sensor -> new Sensor(sensor.name(), Sensors.kind(sensor).channels(sensor))).toList(), deadlines(profile));
    }

    private static Map<String, Double> deadlines(final Profile profile) {
        final double periodSeconds = 1.0 / profile.arms().stream().mapToInt(ArmProfile::rateHz).max().orElseThrow();
        final double chunkSeconds = profile.playback().chunkMaxAgeNanos() / NANOS_PER_SECOND;
        final Map<String, Double> deadlines = new LinkedHashMap<>();
        deadlines.put(Latency.LOOP_LATENESS.label(), periodSeconds);
        deadlines.put(Latency.STATE_TO_COMMAND.label(), periodSeconds);
        deadlines.put(Latency.CHUNK_INFERENCE.label(), profile.playback().executionHorizon() * profile.playback().rowPeriodNanos() / NANOS_PER_SECOND);
        deadlines.put(Latency.FRAME_TO_CHUNK.label(), chunkSeconds);
        deadlines.put(Latency.REASONING_AGE.label(), profile.model().reasoningMaxAgeNanos() / NANOS_PER_SECOND);
        return deadlines;
    }
}
