package dev.continuo.supervision.roles;

import dev.continuo.hardware.linux.SystemdNotify;
import dev.continuo.supervision.report.RunFeed;
import dev.continuo.supervision.report.RunReport;
import dev.continuo.supervision.report.RunStatus;
import dev.continuo.supervision.report.StatusLine;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the guardian tells how the run stands: to the terminal, to those who watch, and to the init system, which is told that the service is ready when the arms are there for the first time.
 *
 * <p>Used by one thread.
 */
final class StatusBoard {
    private static final double ALIVE_PERIOD_SECONDS = 1;

    private final StatusLine line;
    private final RunFeed feed;
    private final Optional<SystemdNotify> systemd;
    private boolean readyTold;
    private double nextAliveSeconds;

    /**
     * A board.
     *
     * @param line    the terminal's
     * @param feed    for those who watch
     * @param systemd if it started this process
     */
    StatusBoard(final StatusLine line, final RunFeed feed, final Optional<SystemdNotify> systemd) {
        this.line = line;
        this.feed = feed;
        this.systemd = systemd;
    }

    /** A line for the operator. */
    void say(final String text) {
        line.say(text);
    }

    /** How the run stands; some times a second. */
    void show(final RunStatus status) {
        line.show(status);
        feed.put(status);
        systemd.ifPresent(init -> notify(init, status));
    }

    /** What the report would be if the run ended now; once a second. */
    void show(final RunReport report) {
        feed.put(report);
    }

    /** The run begins to end. */
    void ending() {
        systemd.ifPresent(SystemdNotify::stopping);
    }

    private void notify(final SystemdNotify init, final RunStatus status) {
        if (!readyTold && !status.phase().equals(TrialFlow.Phase.WAITING.name().toLowerCase(Locale.ROOT))) {
            readyTold = true;
            init.ready();
        }
        if (status.seconds() >= nextAliveSeconds) {
            nextAliveSeconds = status.seconds() + ALIVE_PERIOD_SECONDS;
            init.alive(status.phase() + (status.notice().isEmpty() ? "" : ", " + status.notice()));
        }
    }
}
