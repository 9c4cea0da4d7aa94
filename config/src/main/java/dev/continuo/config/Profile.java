package dev.continuo.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Everything that distinguishes one robot cell from another.
 *
 * <p>A profile is read once at start by {@link ProfileReader}, validated as a whole, and never changes afterwards.
 *
 * @param name        the profile's name, as given on the command line
 * @param task        the task that is played, for example {@code math-matching}
 * @param instruction the instruction that the policy starts with; a command line may replace it
 * @param arms        the arms, in the order of their columns in state and action vectors: left before right
 * @param cameras     the cameras, in the order in which the model is shown their pictures
 * @param sensors     further sensors
 * @param model       the weights and how they are run
 * @param policy      what computes the action chunks
 * @param playback    how action chunks become setpoints
 * @param bus         the data plane
 * @param cluster     the control plane
 * @param restart     how failed actors and processes are restarted
 * @param cell        the simulated cell that stands in for hardware; {@code enabled} is false on a real robot
 * @param web         where the service can be watched and operated
 * @param recording   whether and where its messages are kept
 * @param autostart   whether the arms move as soon as all is there; else when somebody starts them. After an emergency stop they always wait for that
 * @param traces      where traces go, the address of an OTLP/HTTP receiver such as {@code http://127.0.0.1:4318/v1/traces}; empty for none
 */
public record Profile(
    String name,
    String task,
    String instruction,
    List<ArmProfile> arms,
    List<CameraProfile> cameras,
    List<SensorProfile> sensors,
    ModelProfile model,
    PolicyProfile policy,
    PlaybackProfile playback,
    BusProfile bus,
    ClusterProfile cluster,
    RestartProfile restart,
    CellProfile cell,
    WebProfile web,
    RecordingProfile recording,
    boolean autostart,
    Optional<URI> traces) {

    /** Copies the lists, so that a profile stays what was validated. */
    public Profile {
        arms = List.copyOf(arms);
        cameras = List.copyOf(cameras);
        sensors = List.copyOf(sensors);
    }

    /** The same with another instruction. */
    public Profile withInstruction(final String other) {
        return new Profile(name, task, other, arms, cameras, sensors, model, policy, playback, bus, cluster, restart, cell, web, recording, autostart, traces);
    }

    /** The same with other arms. */
    public Profile withArms(final List<ArmProfile> other) {
        return new Profile(name, task, instruction, other, cameras, sensors, model, policy, playback, bus, cluster, restart, cell, web, recording, autostart, traces);
    }

    /** The same with other cameras. */
    public Profile withCameras(final List<CameraProfile> other) {
        return new Profile(name, task, instruction, arms, other, sensors, model, policy, playback, bus, cluster, restart, cell, web, recording, autostart, traces);
    }

    /** The same with other sensors. */
    public Profile withSensors(final List<SensorProfile> other) {
        return new Profile(name, task, instruction, arms, cameras, other, model, policy, playback, bus, cluster, restart, cell, web, recording, autostart, traces);
    }

    /** The same with another policy. */
    public Profile withPolicy(final PolicyProfile other) {
        return new Profile(name, task, instruction, arms, cameras, sensors, model, other, playback, bus, cluster, restart, cell, web, recording, autostart, traces);
    }

    /** The same with another playback. */
    public Profile withPlayback(final PlaybackProfile other) {
        return new Profile(name, task, instruction, arms, cameras, sensors, model, policy, other, bus, cluster, restart, cell, web, recording, autostart, traces);
    }

    /** The same with another bus. */
    public Profile withBus(final BusProfile other) {
        return new Profile(name, task, instruction, arms, cameras, sensors, model, policy, playback, other, cluster, restart, cell, web, recording, autostart, traces);
    }

    /** The same with its roles at other addresses. */
    public Profile withCluster(final ClusterProfile other) {
        return new Profile(name, task, instruction, arms, cameras, sensors, model, policy, playback, bus, other, restart, cell, web, recording, autostart, traces);
    }

    /** The same with another simulated cell. */
    public Profile withCell(final CellProfile other) {
        return new Profile(name, task, instruction, arms, cameras, sensors, model, policy, playback, bus, cluster, restart, other, web, recording, autostart, traces);
    }

    /** Whether an arm stops by what a sensor feels: such a sensor is read where the arms are driven. */
    public boolean isFelt(final SensorProfile sensor) {
        return arms.stream().anyMatch(arm -> arm.contact().filter(contact -> contact.sensor().equals(sensor.name())).isPresent());
    }

    /** The number of columns in state and action vectors: those of all arms. */
    public int columns() {
        return firstColumn(arms.size());
    }

    /** Where an arm's columns begin in state and action vectors; arms count from 0. */
    public int firstColumn(final int arm) {
        return arms.stream().limit(arm).mapToInt(ArmProfile::columns).sum();
    }
}
