package dev.continuo.supervision.roles;

import dev.continuo.actors.actor.ArmActor;
import dev.continuo.actors.actor.ArmEvent;
import dev.continuo.actors.agent.ArmCommand;
import dev.continuo.actors.agent.MotionGate;
import dev.continuo.actors.message.MotionMode;
import dev.continuo.config.RestartProfile;
import dev.continuo.supervision.process.RestartBudget;
import dev.continuo.supervision.roles.TrialFlow.ArmStand;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * What the guardian knows of the arms, and how it brings them from where they stand to where they are wanted, one command at a time.
 *
 * <p>Used by one thread. Time is handed in.
 */
final class ArmDesk {
    /** An arm shows within this time what it made of a command. */
    private static final long REACTION_NANOS = 500_000_000L;

    private final MotionGate gate;
    private final RestartProfile restart;
    private final Map<String, Entry> arms = new LinkedHashMap<>();

    private static final class Entry {
        private final Consumer<ArmActor.Command> actor;
        private final RestartBudget budget;
        private MotionMode mode = MotionMode.CONNECTING;
        private ArmCommand told;
        private ArmCommand arrived;
        private long toldAtNanos;
        private String fault = "";
        private String obstacle = "";
        private boolean clearPending;
        private long clearAtNanos;
        private boolean givenUp;
        private boolean everConnected;

        private Entry(final Consumer<ArmActor.Command> actor, final RestartBudget budget) {
            this.actor = actor;
            this.budget = budget;
        }

        private void tell(final ArmCommand command, final long nowNanos) {
            told = command;
            arrived = null;
            toldAtNanos = nowNanos;
            actor.accept(new ArmActor.Order(command));
        }
    }

    ArmDesk(final MotionGate gate, final RestartProfile restart) {
        this.gate = gate;
        this.restart = restart;
    }

    /** Takes an arm in. */
    void add(final String arm, final Consumer<ArmActor.Command> actor) {
        arms.put(arm, new Entry(actor, new RestartBudget(restart)));
    }

    /** Whether any arm has been taken in. */
    boolean isEmpty() {
        return arms.isEmpty();
    }

    void onEvent(final ArmEvent event, final long nowNanos) {
        final Entry entry = arms.get(event.arm());
        switch (event) {
            case ArmEvent.ArmChanged(final String arm, final MotionMode mode) -> onMode(entry, mode);
            case ArmEvent.ArmArrived(final String arm, final ArmCommand order) -> {
                if (order == entry.told) {
                    entry.arrived = order;
                }
            }
            case ArmEvent.ArmBlocked(final String arm, final String why) -> entry.obstacle = why;
            case ArmEvent.ArmFailed(final String arm, final String reason) -> onFailed(entry, reason, nowNanos);
        }
    }

    private static void onMode(final Entry entry, final MotionMode mode) {
        entry.mode = mode;
        if (mode != MotionMode.CONNECTING && mode != MotionMode.FAULT) {
            entry.fault = "";
            entry.clearPending = false;
            entry.everConnected = true;
        }
        if (mode != MotionMode.HOLDING) {
            entry.arrived = null;
        }
    }

    private static void onFailed(final Entry entry, final String reason, final long nowNanos) {
        entry.fault = reason;
        entry.mode = MotionMode.FAULT;
        entry.arrived = null;
        final OptionalLong wait = entry.budget.failed(nowNanos);
        entry.givenUp = wait.isEmpty();
        entry.clearPending = wait.isPresent();
        entry.clearAtNanos = nowNanos + wait.orElse(0);
    }

    /** Lets failed arms try again once their back-off is over. */
    void tend(final long nowNanos) {
        for (final Entry entry : arms.values()) {
            if (entry.clearPending && nowNanos - entry.clearAtNanos >= 0) {
                entry.clearPending = false;
                entry.tell(ArmCommand.CLEAR_FAULT, nowNanos);
            }
        }
    }

    /** How each arm stands. */
    List<ArmStand> stands(final long nowNanos) {
        return arms.values().stream().map(entry -> stand(entry, nowNanos)).toList();
    }

    private static ArmStand stand(final Entry entry, final long nowNanos) {
        return switch (entry.mode) {
            case CONNECTING, FAULT, NULL_VAL -> ArmStand.ABSENT;
            case ARMING, READYING, PARKING -> ArmStand.READYING;
            case PLAYING -> ArmStand.PLAYING;
            case DAMPING -> isReacting(entry, nowNanos) ? ArmStand.READYING : ArmStand.LIMP;
            case STOPPING -> isReacting(entry, nowNanos) ? ArmStand.READYING : ArmStand.IDLE;
            case HOLDING -> {
                if (entry.arrived == ArmCommand.READY) {
                    yield ArmStand.READY;
                }
                if (entry.told == ArmCommand.PLAY) {
                    yield ArmStand.PLAYING;
                }
                yield isReacting(entry, nowNanos) ? ArmStand.READYING : ArmStand.IDLE;
            }
        };
    }

    /** Whether a command was given so lately that its effect need not show yet. */
    private static boolean isReacting(final Entry entry, final long nowNanos) {
        return (entry.told == ArmCommand.ARM && entry.mode == MotionMode.DAMPING || entry.told == ArmCommand.READY) && isRecent(entry, nowNanos);
    }

    private static boolean isRecent(final Entry entry, final long nowNanos) {
        return nowNanos - entry.toldAtNanos < REACTION_NANOS;
    }

    /** Brings every arm a step nearer to its ready pose: armed first, then moved. */
    void ready(final long nowNanos) {
        if (!gate.isOpen() && !gate.open()) {
            return;
        }
        for (final Entry entry : arms.values()) {
            switch (stand(entry, nowNanos)) {
                case LIMP -> entry.tell(ArmCommand.ARM, nowNanos);
                case IDLE, PLAYING -> entry.tell(ArmCommand.READY, nowNanos);
                case ABSENT, READYING, READY -> { }
            }
        }
    }

    /** All arms follow chunks. */
    void play(final long nowNanos) {
        arms.values().forEach(entry -> entry.tell(ArmCommand.PLAY, nowNanos));
    }

    /** All arms stop; the gate stays closed until they are readied. */
    void stop(final String reason, final long nowNanos) {
        gate.close(reason);
        for (final Entry entry : arms.values()) {
            entry.told = ArmCommand.STOP;
            entry.arrived = null;
            entry.toldAtNanos = nowNanos;
            entry.actor.accept(new ArmActor.StopMotion(reason));
        }
    }

    /** Arms that hold move to their park pose, if they may move at all. */
    void park(final long nowNanos) {
        for (final Entry entry : arms.values()) {
            if (isUp(entry)) {
                entry.tell(ArmCommand.PARK, nowNanos);
            }
        }
    }

    /** Brings every arm a step nearer to having let go at its park pose: moved there first, then released. */
    void rest(final long nowNanos) {
        if (!gate.isOpen() && !gate.open()) {
            return;
        }
        for (final Entry entry : arms.values()) {
            if (entry.arrived == ArmCommand.PARK) {
                entry.tell(ArmCommand.RELEASE, nowNanos);
            } else if (isUp(entry) && entry.mode != MotionMode.PARKING && !(isLeaving(entry.told) && isRecent(entry, nowNanos))) {
                entry.tell(ArmCommand.PARK, nowNanos);
            }
        }
    }

    private static boolean isLeaving(final ArmCommand told) {
        return told == ArmCommand.PARK || told == ArmCommand.RELEASE;
    }

    /** Whether no arm is on its way to the park pose any more. */
    boolean isParked() {
        return !gate.isOpen() || arms.values().stream().allMatch(entry -> !isUp(entry) || entry.arrived == ArmCommand.PARK);
    }

    private static boolean isUp(final Entry entry) {
        return switch (entry.mode) {
            case READYING, PLAYING, HOLDING, STOPPING, PARKING -> true;
            default -> false;
        };
    }

    /** All arms let go. */
    void release(final long nowNanos) {
        arms.values().forEach(entry -> entry.tell(ArmCommand.RELEASE, nowNanos));
    }

    /** The name of an arm that has used up its restarts; empty if there is none. */
    String givenUp() {
        return arms.entrySet().stream().filter(entry -> entry.getValue().givenUp).map(Map.Entry::getKey).findFirst().orElse("");
    }

    /** Why an arm is at fault, in few words; empty if it is not. */
    String fault(final String arm) {
        return arms.get(arm).fault;
    }

    /** What is wrong with the arms, in few words; empty if nothing is. */
    String notice() {
        for (final Map.Entry<String, Entry> arm : arms.entrySet()) {
            if (!arm.getValue().fault.isEmpty()) {
                return arm.getKey() + " arm: " + arm.getValue().fault;
            }
        }
        for (final Map.Entry<String, Entry> arm : arms.entrySet()) {
            if (arm.getValue().mode == MotionMode.CONNECTING) {
                return arm.getKey() + " arm is not connected";
            }
        }
        for (final Map.Entry<String, Entry> arm : arms.entrySet()) {
            if (!arm.getValue().obstacle.isEmpty()) {
                return arm.getKey() + " arm " + arm.getValue().obstacle;
            }
        }
        return "";
    }

    /** Names of arms that were never connected. */
    List<String> neverConnected() {
        return arms.entrySet().stream().filter(arm -> !arm.getValue().everConnected).map(Map.Entry::getKey).toList();
    }
}
