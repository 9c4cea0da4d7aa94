package dev.continuo.proving.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was simulated and what came of it.
 *
 * @param commit         of Continuo
 * @param seed           of the campaign
 * @param faultsPerMinute on average
 * @param episodeSeconds in which faults began and ended
 * @param canary         the planted bug, or {@code none}
 * @param episodes       that were run, from number 0
 * @param hours          simulated
 * @param wallSeconds    that took
 * @param threads        that ran episodes
 * @param faults         that began, by kind
 * @param gaveUp         episodes in which the service ended itself because something failed too often
 * @param failures       episodes in which something happened that must not
 * @param digest         of all commands and events of all episodes
 */
public record SimulationReport(String commit, long seed, double faultsPerMinute, double episodeSeconds, String canary, int episodes, double hours, double wallSeconds, int threads,
    Map<String, Integer> faults, int gaveUp, List<Failure> failures, String digest) {

    /**
     * An episode in which something happened that must not.
     *
     * @param episode    its number
     * @param seed       its own
     * @param violations in words
     * @param script     the shortest that ends like this
     */
    public record Failure(int episode, long seed, List<String> violations, String script) {
    }

    /** Simulated hours in an hour. */
    @JsonIgnore
    public double speed() {
        return wallSeconds == 0 ? 0 : hours * 3600 / wallSeconds;
    }

    /** For people. */
    @JsonIgnore
    public String text() {
        final StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "seed %d, %d episodes, %.2f robot-hours in %.0f s: %.1f times real time on %d threads%n", seed, episodes, hours, wallSeconds, speed(), threads));
        text.append(String.format(Locale.ROOT, "%d faults of %d kinds; %d episodes in which something failed too often and the service ended itself%n",
            faults.values().stream().mapToInt(Integer::intValue).sum(), faults.size(), gaveUp));
        text.append(failures.isEmpty() ? "no invariant violated" : failures.size() + " episodes with a violation").append(", digest ").append(digest).append(System.lineSeparator());
        return text.toString();
    }
}
