package dev.continuo.supervision.roles;

import dev.continuo.supervision.cluster.RoleName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The end of a run, in order and in bounded time: the brain goes, the arms park and let go, the cell goes, the arms are closed, and so are the stages: what is
 * recorded is on the disk.
 *
 * <p>Used by one thread. Time is handed in.
 */
final class Ending {
    private static final long PARK_NANOS = 2_800_000_000L;
    private static final long RELEASE_NANOS = 150_000_000L;
    private static final long CLOSE_NANOS = 900_000_000L;
    /** As long as a disk may take. */
    private static final long CLOSE_STAGES_NANOS = 5_000_000_000L;

    /** What to do now. */
    sealed interface Step {

        /** End a role's process. */
        record StopRole(RoleName role) implements Step {
        }

        /** Stop the actors of arms and stages. */
        record CloseAll() implements Step {
        }

        /** All is over. */
        record Done() implements Step {
        }
    }

    private enum Stage { NOT_YET, BEGIN, PARKING, RELEASING, CLOSING, DONE }

    private final ArmDesk arms;
    private final Set<RoleName> running = EnumSet.noneOf(RoleName.class);
    private final Set<String> open = new HashSet<>();
    private Stage stage = Stage.NOT_YET;
    private RunOutcome.End why;
    private long stageSinceNanos;

    Ending(final ArmDesk arms) {
        this.arms = arms;
    }

    /** Whether the run is ending. */
    boolean isUnderWay() {
        return stage != Stage.NOT_YET;
    }

    /** Why the run ends. */
    RunOutcome.End why() {
        return why;
    }

    /**
     * Begins.
     *
     * @param roles  those that run in processes of their own
     * @param stages those that run in this process
     */
    void begin(final RunOutcome.End reason, final Set<RoleName> roles, final Set<String> stages, final long nowNanos) {
        why = reason;
        running.addAll(roles);
        open.addAll(stages);
        enter(Stage.BEGIN, nowNanos);
    }

    /** A role's process is over. */
    void roleStopped(final RoleName role) {
        running.remove(role);
    }

    /** An actor has ended. */
    void closed(final String actor) {
        open.remove(actor);
    }

    /** What is to be done now; to be called periodically. */
    List<Step> step(final long nowNanos) {
        final List<Step> steps = new ArrayList<>();
        final long elapsedNanos = nowNanos - stageSinceNanos;
        switch (stage) {
            case NOT_YET, DONE -> { }
            case BEGIN -> {
                steps.add(new Step.StopRole(RoleName.BRAIN));
                arms.park(nowNanos);
                enter(Stage.PARKING, nowNanos);
            }
            case PARKING -> {
                if (arms.isParked() || elapsedNanos > PARK_NANOS) {
                    arms.release(nowNanos);
                    enter(Stage.RELEASING, nowNanos);
                }
            }
            case RELEASING -> {
                if (arms.isEmpty() || elapsedNanos > RELEASE_NANOS) {
                    steps.add(new Step.CloseAll());
                    steps.add(new Step.StopRole(RoleName.CELL));
                    enter(Stage.CLOSING, nowNanos);
                }
            }
            case CLOSING -> {
                if ((running.isEmpty() || elapsedNanos > CLOSE_NANOS) && (open.isEmpty() || elapsedNanos > CLOSE_STAGES_NANOS)) {
                    steps.add(new Step.Done());
                    enter(Stage.DONE, nowNanos);
                }
            }
        }
        return steps;
    }

    private void enter(final Stage next, final long nowNanos) {
        stage = next;
        stageSinceNanos = nowNanos;
    }
}
