package dev.continuo.supervision.roles;

import dev.continuo.supervision.cluster.FromRole;
import dev.continuo.supervision.cluster.RoleName;
import dev.continuo.supervision.cluster.ToRole;
import dev.continuo.supervision.process.ChildProcess;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What the guardian knows of the other roles: whether they live, how often they were restarted, how their stages are.
 *
 * <p>Used by one thread.
 */
final class RoleDesk {
    private final Map<RoleName, Entry> entries = new EnumMap<>(RoleName.class);
    private final long startTimeoutNanos;
    private final long silenceTimeoutNanos;

    private static final class Entry {
        private final RoleStages stages = new RoleStages();
        private ActorRef<ToRole> address;
        private boolean everReady;
        private boolean ready;
        private boolean running;
        private long pid = -1;
        private long heardAtNanos;
        private boolean heard;
        private int restarts;
    }

    /**
     * A desk without roles.
     *
     * @param startTimeoutNanos   how long a fresh process may take until its first sign of life
     * @param silenceTimeoutNanos how long it may be silent after that
     */
    RoleDesk(final long startTimeoutNanos, final long silenceTimeoutNanos) {
        this.startTimeoutNanos = startTimeoutNanos;
        this.silenceTimeoutNanos = silenceTimeoutNanos;
    }

    /** Expects a role. */
    void expect(final RoleName role, final long nowNanos) {
        entries.computeIfAbsent(role, name -> new Entry()).heardAtNanos = nowNanos;
    }

    /** Whether the role is expected at all. */
    boolean expects(final RoleName role) {
        return entries.containsKey(role);
    }

    void started(final RoleName role, final ChildProcess.Started event, final long nowNanos) {
        final Entry entry = entries.get(role);
        entry.running = true;
        entry.heard = false;
        entry.heardAtNanos = nowNanos;
        entry.pid = event.pid();
        entry.restarts = event.incarnation() - 1;
    }

    void failed(final RoleName role, final ChildProcess.Failed event) {
        final Entry entry = entries.get(role);
        entry.running = false;
        entry.ready = false;
        entry.heard = false;
        entry.address = null;
        entry.stages.ended();
        entry.pid = -1;
    }

    /**
     * A sign of life; ignored if it comes from a process that is gone.
     *
     * @return what an operator should be told of the role's stages, a line each
     */
    List<String> alive(final FromRole.Alive alive, final long nowNanos) {
        final Entry entry = entries.get(alive.role());
        if (entry == null || entry.pid >= 0 && entry.pid != alive.pid()) {
            return List.of();
        }
        entry.heard = true;
        entry.heardAtNanos = nowNanos;
        entry.ready = alive.ready();
        entry.everReady |= alive.ready();
        entry.address = alive.self();
        return entry.stages.heard(alive.stages(), silenceTimeoutNanos);
    }

    /** Whether the role does its work. */
    boolean isReady(final RoleName role) {
        final Entry entry = entries.get(role);
        return entry != null && entry.ready;
    }

    /** Whether the role was ever ready: before that a bad end is a matter of configuration. */
    boolean wasEverReady(final RoleName role) {
        final Entry entry = entries.get(role);
        return entry != null && entry.everReady;
    }

    /** Why the role's process should be replaced, if it should: it runs and is silent. */
    Optional<String> silence(final RoleName role, final long nowNanos) {
        final Entry entry = entries.get(role);
        if (entry == null || !entry.running) {
            return Optional.empty();
        }
        final long silentNanos = nowNanos - entry.heardAtNanos;
        final long limitNanos = entry.heard ? silenceTimeoutNanos : startTimeoutNanos;
        return silentNanos <= limitNanos ? Optional.empty()
            : Optional.of("no sign of life for " + silentNanos / 1_000_000_000 + " s");
    }

    /** Tells a role something, if it is there. */
    void tell(final RoleName role, final ToRole message) {
        final Entry entry = entries.get(role);
        if (entry != null && entry.address != null) {
            entry.address.tell(message);
        }
    }

    /** Restarts of the roles' processes and of their stages, by name. */
    Map<String, Integer> restarts() {
        final Map<String, Integer> restarts = new LinkedHashMap<>();
        entries.forEach((role, entry) -> {
            restarts.put(role.id(), entry.restarts);
            restarts.putAll(entry.stages.restarts());
        });
        return restarts;
    }

    /** What the roles' stages counted, by stage and name. */
    Map<String, Map<String, Long>> counts() {
        final Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
        entries.values().forEach(entry -> counts.putAll(entry.stages.counts()));
        return counts;
    }

    /** What is wrong at present, in few words; empty if nothing is. */
    String notice() {
        for (final Map.Entry<RoleName, Entry> entry : entries.entrySet()) {
            if (!entry.getValue().ready) {
                return entry.getKey().id() + (entry.getValue().everReady ? " is being restarted" : " is starting");
            }
            final String complaint = entry.getValue().stages.complaint();
            if (!complaint.isEmpty()) {
                return complaint;
            }
        }
        return "";
    }
}
