package dev.continuo.proving.run;

import dev.continuo.config.Profile;
import dev.continuo.config.ProfileReader;
import dev.continuo.proving.fault.FaultScript;
import dev.continuo.proving.oracle.Violation;
import dev.continuo.proving.service.Sabotage;
import dev.continuo.proving.service.SimulatedService;
import dev.continuo.supervision.roles.RunOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One life of the service: it starts, things go wrong for a while, then nothing does any more, and it must be at work again within a minute, or have ended with a reason where something failed too often.
 *
 * @param seed     of everything that is left to chance but the script
 * @param script   what goes wrong
 * @param sabotage a planted bug
 */
public record Episode(long seed, FaultScript script, Sabotage sabotage) {
    /** Within so much time after the last fault the arms must be at work again. */
    public static final double RECOVERY_SECONDS = 60;

    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;
    private static final double START_SECONDS = 20;
    private static final double LOOK_SECONDS = 1;
    /** The simulated cell stands beside the service, not in a process of it. */
    private static final Profile PROFILE = ProfileReader.read("arx-sim", List.of("cell.enabled=false", "web.enabled=false", "recording.enabled=false"));

    /**
     * How an episode went.
     *
     * @param seed       of the episode
     * @param script     what went wrong
     * @param violations what must never happen and did; empty if all is well
     * @param gaveUp     why the service ended itself, if it did
     * @param seconds    simulated
     * @param digest     of all commands and events
     */
    public record Result(long seed, FaultScript script, List<Violation> violations, Optional<String> gaveUp, double seconds, long digest) {
        /** Whether nothing happened that must not. */
        public boolean isGood() {
            return violations.isEmpty();
        }
    }

    /**
     * Lets it happen.
     *
     * @param folder that exists, and where nobody else leaves a stop file
     * @param lines  takes the event log
     */
    public Result run(final Path folder, final Consumer<String> lines) {
        try (SimulatedService service = new SimulatedService(PROFILE, seed, script, sabotage, folder, lines)) {
            final double faultsEnd = Math.max(START_SECONDS, script.untilMillis() / MILLIS);
            service.runUntil((long) (faultsEnd * NANOS));
            double now = faultsEnd;
            while (service.violations().isEmpty() && service.end().isEmpty() && !service.isAtWork() && now < faultsEnd + RECOVERY_SECONDS) {
                now += LOOK_SECONDS;
                service.runUntil((long) (now * NANOS));
            }
            if (service.violations().isEmpty() && service.end().isEmpty() && !service.isAtWork()) {
                service.accuse("liveness", "not at work " + RECOVERY_SECONDS + " s after the last fault: " + service.phase() + (service.notice().isEmpty() ? "" : ", " + service.notice()) + ", " + service.lastCommands());
            }
            return new Result(seed, script, service.violations(), service.end().map(Episode::words), service.log().nowNanos() / NANOS, service.log().digest());
        }
    }

    private static String words(final RunOutcome.End end) {
        return switch (end) {
            case RunOutcome.End.Asked() -> "asked to end";
            case RunOutcome.End.Unusable(final String why) -> why;
            case RunOutcome.End.Failed(final String why) -> why;
        };
    }
}
