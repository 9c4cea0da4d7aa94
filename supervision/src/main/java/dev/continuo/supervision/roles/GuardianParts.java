package dev.continuo.supervision.roles;

import dev.continuo.actors.actor.ArmActor;
import dev.continuo.actors.actor.ArmEvent;
import dev.continuo.actors.actor.StageActor;
import dev.continuo.actors.agent.MotionGate;
import dev.continuo.hardware.safety.StopFile;
import dev.continuo.supervision.cluster.Membership;
import dev.continuo.supervision.cluster.RoleName;
import dev.continuo.supervision.process.ProcessStarter;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.agrona.concurrent.NanoClock;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;

/**
 * What a guardian is made of.
 *
 * @param settings    what the run was asked to be
 * @param clock       the machine's monotonic clock
 * @param gate        shared by all arms; carries the emergency stop
 * @param stopFile    triggers the emergency stop while a file exists
 * @param arms        each arm's actor by the arm's name, given whom it tells its events
 * @param stages      further stages of this process by name: the monitor, the instruction
 * @param children    the roles that run in processes of their own; empty where all share this one
 * @param membership  decides who belongs to the cluster, given whom it tells; of no use where there are no children
 * @param instruction puts an instruction in force
 * @param reasoning   hears finished reasonings
 * @param recorder    gathers the report
 * @param status      where it tells how the run stands
 * @param outcome     completed when the run has ended
 */
record GuardianParts(
    RunSettings settings,
    NanoClock clock,
    MotionGate gate,
    StopFile stopFile,
    Map<String, Function<ActorRef<ArmEvent>, Behavior<ArmActor.Command>>> arms,
    Map<String, Behavior<StageActor.Command>> stages,
    Map<RoleName, ProcessStarter> children,
    Function<ActorRef<Membership.Event>, Behavior<Membership.Command>> membership,
    InstructionDesk instruction,
    HeardReasoning reasoning,
    RunRecorder recorder,
    StatusBoard status,
    CompletableFuture<RunOutcome> outcome) {
}
