package dev.continuo.supervision.roles;

import dev.continuo.actors.actor.StageHealth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the stages of a role are, and what they counted over all processes of the role.
 *
 * <p>Used by one thread.
 */
final class RoleStages {
    private final Map<String, Stage> byName = new LinkedHashMap<>();

    private static final class Stage {
        private final Map<String, Long> earlierCounts = new LinkedHashMap<>();
        private Map<String, Long> counts = Map.of();
        private int earlierRestarts;
        private int restarts;
        private String lack = "";
        private boolean silent;

        /** A process or an agent counts from nothing. */
        private void beginAnew() {
            earlierCounts.putAll(totals());
            counts = Map.of();
        }

        private Map<String, Long> totals() {
            final Map<String, Long> totals = new LinkedHashMap<>(earlierCounts);
            counts.forEach((name, count) -> totals.merge(name, count, Long::sum));
            return totals;
        }
    }

    /**
     * Takes how the stages of the role's present process are.
     *
     * @return what an operator should be told: who was started again and why, who lacks something since now, and who lacks it no more
     */
    List<String> heard(final List<StageHealth> healths, final long silenceTimeoutNanos) {
        final List<String> news = new ArrayList<>();
        for (final StageHealth health : healths) {
            final Stage stage = byName.computeIfAbsent(health.name(), name -> new Stage());
            if (health.restarts() != stage.restarts) {
                stage.beginAnew();
            }
            if (health.restarts() > stage.restarts) {
                news.add(health.name() + " is started again: " + health.lastFailure());
            }
            stage.restarts = health.restarts();
            stage.counts = health.counts();
            stage.silent = health.silentNanos() > silenceTimeoutNanos;
            if (!health.lack().equals(stage.lack)) {
                news.add(health.name() + ' ' + (health.lack().isEmpty() ? "is well again" : health.lack()));
                stage.lack = health.lack();
            }
        }
        return news;
    }

    /** The role's process has ended. */
    void ended() {
        byName.values().forEach(stage -> {
            stage.beginAnew();
            stage.earlierRestarts += stage.restarts;
            stage.restarts = 0;
            stage.lack = "";
            stage.silent = false;
        });
    }

    /** What is wrong at present, in few words; empty if nothing is. */
    String complaint() {
        for (final Map.Entry<String, Stage> stage : byName.entrySet()) {
            if (stage.getValue().silent) {
                return stage.getKey() + " is silent";
            }
            if (!stage.getValue().lack.isEmpty()) {
                return stage.getKey() + ' ' + stage.getValue().lack;
            }
        }
        return "";
    }

    /** Restarts by stage. */
    Map<String, Integer> restarts() {
        final Map<String, Integer> restarts = new LinkedHashMap<>();
        byName.forEach((name, stage) -> restarts.put(name, stage.earlierRestarts + stage.restarts));
        return restarts;
    }

    /** What was counted, by stage and name; only of stages that count. */
    Map<String, Map<String, Long>> counts() {
        final Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
        byName.forEach((name, stage) -> {
            final Map<String, Long> totals = stage.totals();
            if (!totals.isEmpty()) {
                counts.put(name, totals);
            }
        });
        return counts;
    }
}
