package dev.continuo.supervision.roles;

import dev.continuo.actors.actor.ArmActor;
import dev.continuo.actors.actor.ArmEvent;
import dev.continuo.actors.actor.ArmStatus;
import dev.continuo.actors.actor.StageActor;
import dev.continuo.actors.actor.StageHealth;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileException;
import dev.continuo.config.TrialEvent;
import dev.continuo.hardware.safety.EmergencyStop;
import dev.continuo.supervision.cluster.FromRole;
import dev.continuo.supervision.cluster.Membership;
import dev.continuo.supervision.cluster.RoleName;
import dev.continuo.supervision.cluster.ToGuardian;
import dev.continuo.supervision.cluster.ToRole;
import dev.continuo.supervision.process.ChildProcess;
import dev.continuo.supervision.report.RunReport;
import dev.continuo.supervision.report.RunStatus;
import dev.continuo.supervision.roles.RunOutcome.End;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The actor that answers for a run: it owns the arms and the other roles' processes, lets the arms play while everything they need is
 * there, and ends the run in order.
 *
 * <p>What it must not be needed for is to stop the arms: a fault closes the gate for all of them within a control cycle, the emergency
 * stop is read by each in every cycle, and without chunks they decelerate to a hold by themselves.
 */
public final class Guardian extends AbstractBehavior<ToGuardian> {
    private static final Logger LOG = LoggerFactory.getLogger(Guardian.class);
    private static final Duration TICK = Duration.ofMillis(50);
    private static final int TICKS_PER_STATUS = 5;
    private static final int TICKS_PER_PULSE = 20;
    private static final long SCENE_REQUEST_NANOS = 1_000_000_000L;
    private static final long START_TIMEOUT_NANOS = 60_000_000_000L;
    private static final long ARMS_TIMEOUT_NANOS = 40_000_000_000L;
    private static final int FAILED_STARTS_ALLOWED = 3;
    private static final String EMERGENCY_PAST = "the emergency stop was triggered";

    /** The control loop's code is compiled: the arms may be connected. */
    public record WarmedUp() implements ToGuardian {
    }

    /**
     * Somebody asks for something.
     *
     * @param text in words
     */
    public record Instruct(String text) implements ToGuardian {
    }

    /** Somebody wants the arms to play; nothing comes of it while the emergency stop is on. */
    public record Start() implements ToGuardian {
    }

    /** Somebody wants the arms to move to their park pose and let go, until they are started; likewise. */
    public record Park() implements ToGuardian {
    }

    /** Somebody wants the run to end. */
    public record Finish() implements ToGuardian {
    }

    private record OfArm(ArmEvent event) implements ToGuardian {
    }

    private record OfArmStatus(ArmStatus status) implements ToGuardian {
    }

    private record OfStage(StageHealth health) implements ToGuardian {
    }

    private record OfChild(ChildProcess.Event event) implements ToGuardian {
    }

    private record OfCluster(Membership.Event event) implements ToGuardian {
    }

    private enum Tick implements ToGuardian { NOW }

    private final GuardianParts parts;
    private final Profile profile;
    private final EmergencyStop emergencyStop;
    private final ActorRef<ArmStatus> armStatusDesk;
    private final TrialFlow flow = new TrialFlow();
    private final OperatorWish wish;
    private final Drought drought = new Drought();
    private final TrialLog trials = new TrialLog();
    private final ArmDesk arms;
    private final RoleDesk roles;
    private final Ending ending;
    private final Map<String, ActorRef<ArmActor.Command>> armActors = new LinkedHashMap<>();
    private final Map<String, ActorRef<StageActor.Command>> stageActors = new LinkedHashMap<>();
    private final RoleStages ownStages = new RoleStages();
    private final ActorRef<StageHealth> stageDesk;
    private final Map<String, Integer> armRestarts = new LinkedHashMap<>();
    private final Map<RoleName, ActorRef<ChildProcess.Command>> children = new LinkedHashMap<>();
    private final Map<RoleName, Integer> failedStarts = new LinkedHashMap<>();
    private final ActorRef<Membership.Command> membership;
    private final long startedAtNanos;
    private long armsSpawnedAtNanos;
    private long sceneRequestedAtNanos;
    private long loopP99Nanos;
    private String stopTold = "";
    private boolean cellInstructed;
    private boolean isWarm;
    private int ticks;

    private Guardian(final ActorContext<ToGuardian> context, final TimerScheduler<ToGuardian> timers, final GuardianParts parts) {
        super(context);
        this.parts = parts;
        profile = parts.settings().profile();
        emergencyStop = parts.gate().emergencyStop();
        arms = new ArmDesk(parts.gate(), profile.restart());
        roles = new RoleDesk(START_TIMEOUT_NANOS, profile.restart().heartbeatTimeoutNanos());
        ending = new Ending(arms);
        armStatusDesk = context.messageAdapter(ArmStatus.class, OfArmStatus::new);
        stageDesk = context.messageAdapter(StageHealth.class, OfStage::new);
        wish = new OperatorWish(emergencyStop, profile.autostart());
        startedAtNanos = parts.clock().nanoTime();
        parts.stages().forEach((name, stage) -> {
            final ActorRef<StageActor.Command> actor = context.spawn(stage, name, DispatcherSelector.blocking());
            context.watch(actor);
            stageActors.put(name, actor);
        });
        membership = parts.children().isEmpty() ? null
            : context.spawn(parts.membership().apply(context.messageAdapter(Membership.Event.class, OfCluster::new)), "membership");
        expectRoles();
        timers.startTimerAtFixedRate(Tick.NOW, TICK);
    }

    /** The behaviour; roles start with it, arms when it is {@link WarmedUp}. */
    static Behavior<ToGuardian> create(final GuardianParts parts) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> new Guardian(context, timers, parts)));
    }

    private void expectRoles() {
        final ActorRef<ChildProcess.Event> desk = getContext().messageAdapter(ChildProcess.Event.class, OfChild::new);
        roles.expect(RoleName.BRAIN, startedAtNanos);
        if (profile.cell().enabled()) {
            roles.expect(RoleName.CELL, startedAtNanos);
        }
        parts.children().forEach((role, starter) -> children.put(role,
            getContext().spawn(ChildProcess.create(role.id(), starter, profile.restart(), parts.clock(), desk), role.id() + "-process")));
    }

    @Override
    public Receive<ToGuardian> createReceive() {
        return newReceiveBuilder()
            .onMessage(FromRole.class, this::onRole)
            .onMessage(ToGuardian.class, this::onMessage)
            .onSignal(ChildFailed.class, failed -> onActorLost(failed.getRef().path().name(),
                String.valueOf(failed.getCause().getMessage())))
            .onSignal(Terminated.class, ended -> onActorLost(ended.getRef().path().name(), "ended"))
            .build();
    }

    private Behavior<ToGuardian> onMessage(final ToGuardian message) {
        switch (message) {
            case Tick tick -> onTick(parts.clock().nanoTime());
            case WarmedUp warmedUp -> isWarm = true;
            case Instruct(final String text) -> onInstruction(text);
            case Start start -> want(TrialFlow.Wish.PLAY, "started");
            case Park park -> want(TrialFlow.Wish.PARK, "told to park");
            case Finish finish -> end(new End.Asked());
            case OfArm(final ArmEvent event) -> onArm(event);
            case OfArmStatus(final ArmStatus status) -> armRestarts.put("arm-" + status.arm(), status.health().restarts());
            case OfStage(final StageHealth health) ->
                ownStages.heard(List.of(health), profile.restart().heartbeatTimeoutNanos()).forEach(news -> parts.status().say(note(news)));
            case OfChild(final ChildProcess.Event event) -> onChild(event);
            case OfCluster(final Membership.Event event) -> onCluster(event);
            default -> LOG.warn("not understood: {}", message);
        }
        return this;
    }

    /**
     * Arms are connected once their code is compiled, there is something to connect to where they are simulated, and the model has turned
     * out to be usable.
     */
    private void spawnArms(final long nowNanos) {
        armsSpawnedAtNanos = nowNanos;
        final ActorRef<ArmEvent> desk = getContext().messageAdapter(ArmEvent.class, OfArm::new);
        parts.arms().forEach((name, behavior) -> {
            final ActorRef<ArmActor.Command> arm = getContext().spawn(behavior.apply(desk), "arm-" + name, DispatcherSelector.blocking());
            getContext().watch(arm);
            armActors.put(name, arm);
            armRestarts.put("arm-" + name, 0);
            arms.add(name, arm::tell);
        });
    }

    private Behavior<ToGuardian> onRole(final FromRole message) {
        switch (message) {
            case FromRole.Alive alive -> roles.alive(alive, parts.clock().nanoTime()).forEach(news -> parts.status().say(note(news)));
            case FromRole.TrialStarted(final TrialEvent.Started trial) -> trials.started(trial);
            case FromRole.TrialEnded(final TrialEvent.Ended trial) -> {
                if (trials.ended(trial)) {
                    parts.recorder().ended(trial, parts.clock().nanoTime());
                }
            }
            case FromRole.TrialGivenUp(final TrialEvent.GivenUp trial) -> trials.givenUp(trial);
            case FromRole.StopAllArms(final String reason) -> emergencyStop.trigger(reason);
        }
        return this;
    }

    private void onArm(final ArmEvent event) {
        LOG.info("{}", event);
        if (event instanceof ArmEvent.ArmFailed(final String arm, final String reason) && !ending.isUnderWay()) {
            note(arm + " arm: " + reason);
        }
        arms.onEvent(event, parts.clock().nanoTime());
        if (!arms.givenUp().isEmpty()) {
            end(new End.Failed("the " + arms.givenUp() + " arm failed too often: " + arms.fault(arms.givenUp())));
        }
    }

    private void onChild(final ChildProcess.Event event) {
        final RoleName role = RoleName.of(event.name());
        switch (event) {
            case ChildProcess.Started started -> {
                roles.started(role, started, parts.clock().nanoTime());
                if (started.incarnation() > 1) {
                    note(role.id() + " is started again");
                }
            }
            case ChildProcess.Failed failed -> onRoleFailed(role, failed);
            case ChildProcess.Stopped stopped -> {
                children.remove(role);
                ending.roleStopped(role);
            }
        }
    }

    private void onRoleFailed(final RoleName role, final ChildProcess.Failed failed) {
        membership.tell(new Membership.Ended(role));
        roles.failed(role, failed);
        if (role == RoleName.CELL) {
            trials.cellLost();
        }
        final String why = failed.lastLine().isEmpty() ? role.id() + " ended with status " + failed.status()
            : failed.lastLine().replaceFirst("^continuo: ", "");
        note(role.id() + " failed: " + why);
        if (roles.wasEverReady(role)) {
            if (failed.isFinal()) {
                end(new End.Failed(role.id() + " failed too often: " + why));
            }
        } else if (failed.status() == 2) {
            end(new End.Unusable(why));
        } else if (failed.isFinal() || failedStarts.merge(role, 1, Integer::sum) >= FAILED_STARTS_ALLOWED) {
            end(new End.Failed(role.id() + " does not start: " + why));
        }
    }

    private void onCluster(final Membership.Event event) {
        if (event instanceof Membership.Lost(final RoleName role) && children.containsKey(role)) {
            children.get(role).tell(new ChildProcess.Kill("unreachable"));
        }
    }

    private Behavior<ToGuardian> onActorLost(final String name, final String why) {
        if (ending.isUnderWay()) {
            ending.closed(name);
        } else {
            end(new End.Failed(name + ": " + why));
        }
        return this;
    }

    private void onTick(final long nowNanos) {
        ticks++;
        parts.stopFile().poll(nowNanos);
        if (ending.isUnderWay()) {
            onEndingTick(nowNanos);
            return;
        }
        instructCell();
        hear(nowNanos);
        watch(nowNanos);
        tellEmergency();
        arms.tend(nowNanos);
        if (arms.isEmpty() && isWarm && isCellThere() && roles.wasEverReady(RoleName.BRAIN)) {
            spawnArms(nowNanos);
        }
        drought.look(flow.phase() == TrialFlow.Phase.PLAYING, parts.recorder().sent(), parts.recorder().starved(), nowNanos).ifPresent(news -> parts.status().say(note(news)));
        if (!arms.isEmpty()) {
            follow(flow.step(arms.stands(nowNanos), wish.wasStopped(), wish.current(), isCellThere(), isTrialOn()), nowNanos);
        }
        if (ticks % TICKS_PER_PULSE == 0) {
            final RunReport report = report(nowNanos);
            loopP99Nanos = report.loopP99Nanos();
            parts.status().show(report);
            armActors.values().forEach(arm -> arm.tell(new ArmActor.GetStatus(armStatusDesk)));
            stageActors.values().forEach(stage -> stage.tell(new StageActor.GetHealth(stageDesk)));
        }
        if (ticks % TICKS_PER_STATUS == 0) {
            parts.status().show(status(nowNanos));
        }
        if (parts.settings().duration().isPresent() && nowNanos - startedAtNanos >= parts.settings().duration().get().toNanos()) {
            end(new End.Asked());
        }
    }

    private void want(final TrialFlow.Wish other, final String told) {
        if (!ending.isUnderWay() && wish.change(other)) {
            parts.status().say(note(told));
        }
    }

    /** What nobody understands changes nothing. */
    private void onInstruction(final String text) {
        try {
            Cells.check(profile.task(), text);
        } catch (final ProfileException notUnderstood) {
            parts.status().say("continuo: " + notUnderstood.getMessage());
            return;
        }
        parts.instruction().ask(text);
        parts.status().say(note("asked: " + text));
        if (profile.cell().enabled()) {
            roles.tell(RoleName.CELL, new ToRole.Instructed(text));
        } else if (flow.phase() == TrialFlow.Phase.PLAYING) {
            parts.instruction().give(parts.clock().nanoTime());
        }
    }

    /** A simulated cell that has just come up knows only what its profile asks for. */
    private void instructCell() {
        final boolean there = profile.cell().enabled() && roles.isReady(RoleName.CELL);
        if (there && !cellInstructed) {
            roles.tell(RoleName.CELL, new ToRole.Instructed(parts.instruction().asked()));
        }
        cellInstructed = there;
    }

    private boolean isCellThere() {
        return !profile.cell().enabled() || roles.isReady(RoleName.CELL);
    }

    private boolean isTrialOn() {
        return !profile.cell().enabled() || trials.current().isPresent();
    }

    /** Finished reasonings go to the judge if they are about the task that is being played. */
    private void hear(final long nowNanos) {
        if (parts.reasoning().poll(nowNanos) && flow.phase() == TrialFlow.Phase.PLAYING
            && parts.reasoning().aboutNanos() >= parts.instruction().givenAtNanos()) {
            roles.tell(RoleName.CELL, new ToRole.ReasoningFinished(parts.reasoning().text(), parts.reasoning().aboutNanos()));
        }
    }

    private void watch(final long nowNanos) {
        children.forEach((role, child) -> roles.silence(role, nowNanos).ifPresent(why -> child.tell(new ChildProcess.Kill(why))));
        if (!arms.isEmpty() && nowNanos - armsSpawnedAtNanos > ARMS_TIMEOUT_NANOS && !arms.neverConnected().isEmpty()) {
            end(new End.Unusable("arm " + arms.neverConnected().getFirst() + " cannot be reached: " + arms.notice()));
        }
    }

    private void tellEmergency() {
        final String reason = emergencyStop.isTriggered() ? "emergency stop: " + emergencyStop.reason() : "";
        if (!reason.equals(stopTold)) {
            stopTold = reason;
            parts.status().say(note(reason.isEmpty() ? "emergency stop released: the arms wait to be started" : reason));
        }
    }

    private void follow(final TrialFlow.Order order, final long nowNanos) {
        switch (order) {
            case NONE -> { }
            case READY_ARMS -> arms.ready(nowNanos);
            case STOP_ARMS -> arms.stop(whyStopped(), nowNanos);
            case PARK_ARMS -> arms.rest(nowNanos);
            case NEXT_SCENE -> {
                if (nowNanos - sceneRequestedAtNanos > SCENE_REQUEST_NANOS) {
                    sceneRequestedAtNanos = nowNanos;
                    roles.tell(RoleName.CELL, new ToRole.NextTrial(trials.lastEnded()));
                }
            }
            case PLAY -> {
                parts.instruction().give(nowNanos);
                arms.play(nowNanos);
            }
        }
    }

    private String whyStopped() {
        return flow.phase() == TrialFlow.Phase.STOPPED ? Objects.requireNonNullElse(emergencyStop.reason(), EMERGENCY_PAST) : "an arm or the cell is not there";
    }

    private RunStatus status(final long nowNanos) {
        final String notice = emergencyStop.isTriggered() ? stopTold : !arms.notice().isEmpty() ? arms.notice()
            : !roles.notice().isEmpty() ? roles.notice() : !ownStages.complaint().isEmpty() ? ownStages.complaint() : drought.complaint();
        final TrialEvent.Started trial = trials.current().orElse(null);
        return new RunStatus(parts.recorder().seconds(nowNanos), flow.phase().name().toLowerCase(Locale.ROOT),
            trial == null ? 0 : trial.number(), trial == null ? "" : trial.asked(), trials.successes(), trials.results().size(),
            parts.reasoning().text(), loopP99Nanos, parts.recorder().missed(), parts.recorder().held(), notice);
    }

    private String note(final String what) {
        LOG.info(what);
        return parts.recorder().note(what, parts.clock().nanoTime());
    }

    private void end(final End why) {
        if (ending.isUnderWay()) {
            return;
        }
        LOG.info("ending: {}", why);
        parts.status().ending();
        ending.begin(why, children.keySet(), stageActors.keySet(), parts.clock().nanoTime());
    }

    private void onEndingTick(final long nowNanos) {
        for (final Ending.Step step : ending.step(nowNanos)) {
            switch (step) {
                case Ending.Step.StopRole(final RoleName role) -> {
                    if (children.containsKey(role)) {
                        children.get(role).tell(new ChildProcess.Stop());
                    }
                }
                case Ending.Step.CloseAll() -> {
                    armActors.values().forEach(getContext()::stop);
                    stageActors.values().forEach(getContext()::stop);
                }
                case Ending.Step.Done() -> parts.outcome().complete(new RunOutcome(report(nowNanos), ending.why()));
            }
        }
    }

    private RunReport report(final long nowNanos) {
        final Map<String, Integer> restarts = new LinkedHashMap<>(armRestarts);
        restarts.putAll(roles.restarts());
        restarts.putAll(ownStages.restarts());
        final Map<String, Map<String, Long>> counts = new LinkedHashMap<>(roles.counts());
        counts.putAll(ownStages.counts());
        return parts.recorder().report(nowNanos, trials.results(), restarts, counts);
    }
}
