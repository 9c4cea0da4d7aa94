package dev.continuo.supervision.roles;

import dev.continuo.config.TrialEvent;
import dev.continuo.supervision.report.TrialResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trials as the cell tells of them, each taken once although it may be told repeatedly.
 *
 * <p>Used by one thread. A cell that was restarted counts from 1 again; trials in the log are numbered on.
 */
final class TrialLog {
    private static final Logger LOG = LoggerFactory.getLogger(TrialLog.class);

    private final List<TrialResult> results = new ArrayList<>();
    private TrialEvent.Started current;
    private int lastEnded;

    /** A scene is laid out; whether that was news. */
    boolean started(final TrialEvent.Started trial) {
        if (trial.number() <= lastEnded || current != null && current.number() == trial.number()) {
            return false;
        }
        current = trial;
        LOG.info("trial {}: {}", trial.number(), trial.asked());
        return true;
    }

    /** A trial is over; whether that was news. */
    boolean ended(final TrialEvent.Ended trial) {
        if (current == null || trial.number() != current.number()) {
            return false;
        }
        LOG.info("trial {} ended: {}, {}", trial.number(), trial.success() ? "success" : "failure", trial.outcome());
        results.add(new TrialResult(results.size() + 1, current.asked(), trial.reasoning(), trial.scores(), trial.success(), trial.outcome()));
        lastEnded = trial.number();
        current = null;
        return true;
    }

    /** A trial is over without a verdict; whether that was news. */
    boolean givenUp(final TrialEvent.GivenUp trial) {
        if (current == null || trial.number() != current.number()) {
            return false;
        }
        LOG.info("trial {} is given up", trial.number());
        lastEnded = trial.number();
        current = null;
        return true;
    }

    /** The cell's process is gone, and the trial that was played in it. */
    void cellLost() {
        current = null;
        lastEnded = 0;
    }

    /** The trial that is being played. */
    Optional<TrialEvent.Started> current() {
        return Optional.ofNullable(current);
    }

    /** The cell's number of the trial that ended last; 0 before the first. */
    int lastEnded() {
        return lastEnded;
    }

    /** The trials that ended, numbered from 1. */
    List<TrialResult> results() {
        return List.copyOf(results);
    }

    /** How many of them succeeded. */
    int successes() {
        return (int) results.stream().filter(TrialResult::success).count();
    }
}
