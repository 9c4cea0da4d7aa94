package dev.continuo.supervision.report;

import java.util.Optional;

/** How a run stands, for all who watch it. Written by one thread, read by any. */
public final class RunFeed {
    private volatile RunStatus status;
    private volatile RunReport report;

    /** Replaces the status; some times a second. */
    public void put(final RunStatus newest) {
        status = newest;
    }

    /** Replaces the report as it would be if the run ended now; about once a second. */
    public void put(final RunReport newest) {
        report = newest;
    }

    /** The newest status; empty before the first. */
    public Optional<RunStatus> status() {
        return Optional.ofNullable(status);
    }

    /** The newest report; empty before the first. */
    public Optional<RunReport> report() {
        return Optional.ofNullable(report);
    }
}
