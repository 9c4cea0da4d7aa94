package dev.continuo.benchmarks.faults;

import dev.continuo.benchmarks.Pause;
import dev.continuo.benchmarks.service.ServiceProcess;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Injects a fault while the arms move, and watches what they do. */
final class FaultTrial {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    /** Behind a fault, so that the next one meets a service that plays. */
    private static final long SETTLE_MILLIS = 2_000;
    private static final long POLL_MILLIS = 20;
    private static final String COMPLAINT = "! ";
    /** Of the fault before. */
    private static final String OVER = ".* is well again|there are chunks again";

    private final CellRig rig;
    private final long faultNanos;

    /** In a cell that plays, faults of so long. */
    FaultTrial(final CellRig rig, final Duration fault) {
        this.rig = rig;
        faultNanos = fault.toNanos();
    }

    /**
     * Injects it.
     *
     * @throws dev.continuo.supervision.command.RunFailure if the arms do not move before it, or do not move again
     */
    FaultFigures play(final InjectedFault fault) {
        awaitPlay(System.nanoTime(), "the arms play before " + fault.name());
        final MotionWitness witness = rig.witness();
        witness.forget();
        final ServiceProcess hurt = rig.service();
        final int eventsBefore = rig.events().size();
        final int saidBefore = hurt.output().length();
        final long beginNanos = System.nanoTime();
        fault.begin().accept(rig);
        final long restMillis = awaitRest(beginNanos, fault.lasts());
        final long endNanos = fault.lasts() ? System.nanoTime() : beginNanos;
        fault.end().accept(rig);
        final long fromNanos = fault.lasts() ? endNanos : beginNanos + TimeUnit.MILLISECONDS.toNanos(Math.max(0, restMillis));
        final long motionMillis = TimeUnit.NANOSECONDS.toMillis(awaitPlay(fromNanos, "the arms play after " + fault.name()) - endNanos);
        Pause.millis(SETTLE_MILLIS);
        return new FaultFigures(fault.name(), fault.row(), fault.column(), fault.effect(), restMillis, motionMillis, witness.highestCommandedShareOfLimit(),
            witness.farthestCommandedOutsideRad(), told(hurt, eventsBefore, saidBefore));
    }

    /** Waits until the service plays and the arms move; since when they do. Moving to where they begin is not to play. */
    private long awaitPlay(final long fromNanos, final String what) {
        final long[] playsFromNanos = {fromNanos};
        rig.service().await(what, PATIENCE, () -> {
            if (!rig.isPlaying()) {
                playsFromNanos[0] = System.nanoTime();
            }
            return rig.witness().movingAfterMillis(playsFromNanos[0]) >= 0;
        });
        return playsFromNanos[0] + TimeUnit.MILLISECONDS.toNanos(rig.witness().movingAfterMillis(playsFromNanos[0]));
    }

    /** As long as a lasting fault lasts; no longer than the arms take to rest under another. */
    private long awaitRest(final long beginNanos, final boolean lasts) {
        while (System.nanoTime() - beginNanos < faultNanos && (lasts || rig.witness().stillAfterMillis(beginNanos) < 0)) {
            Pause.millis(POLL_MILLIS);
        }
        return rig.witness().stillAfterMillis(beginNanos);
    }

    /** The first event since then; else the first complaint of its status line. */
    private String told(final ServiceProcess hurt, final int eventsBefore, final int saidBefore) {
        final Stream<String> events = hurt == rig.service() ? rig.events().stream().skip(eventsBefore) : Stream.empty();
        final Stream<String> complaints = hurt.output().substring(saidBefore).lines().filter(line -> line.contains(COMPLAINT)).map(line -> line.substring(line.indexOf(COMPLAINT) + COMPLAINT.length()));
        return Stream.concat(events.map(event -> event.replaceFirst("^[0-9.]+ s: ", "")), complaints).filter(news -> !news.matches(OVER)).findFirst().orElse("nothing");
    }
}
