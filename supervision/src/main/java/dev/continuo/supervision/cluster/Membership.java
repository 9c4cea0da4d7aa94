package dev.continuo.supervision.cluster;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.apache.pekko.cluster.typed.Subscribe;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides in {@code control}, and nowhere else, who belongs to the cluster. {@code control} is the parent of the others and the only one
 * that may move the arms, so there is no brain to split: who is unreachable from here is down, at once, and its next incarnation
 * on the same address is welcome.
 */
public final class Membership extends AbstractBehavior<Membership.Command> {
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    /** What the actor is told. */
    public sealed interface Command {
    }

    /** The role's process has ended: its membership ends now, without waiting for the failure detector. */
    public record Ended(RoleName role) implements Command {
    }

    private record Reachability(ClusterEvent.ReachabilityEvent event) implements Command {
    }

    private record Change(ClusterEvent.MemberEvent event) implements Command {
    }

    /** What the actor tells its owner. */
    public sealed interface Event {
    }

    /** A role has joined. */
    public record Joined(RoleName role) implements Event {
    }

    /** A role cannot be reached any more and is out of the cluster. */
    public record Lost(RoleName role) implements Event {
    }

    private final Cluster cluster;
    private final ActorRef<? super Event> owner;
    /** Incarnations whose process has ended: that they are unreachable, which shows later, is no news. */
    private final Set<Long> ended = new HashSet<>();

    private Membership(final ActorContext<Command> context, final ActorRef<? super Event> owner) {
        super(context);
        this.owner = owner;
        cluster = Cluster.get(context.getSystem());
        cluster.subscriptions().tell(Subscribe.create(
            context.messageAdapter(ClusterEvent.ReachabilityEvent.class, Reachability::new), ClusterEvent.ReachabilityEvent.class));
        cluster.subscriptions().tell(Subscribe.create(
            context.messageAdapter(ClusterEvent.MemberEvent.class, Change::new), ClusterEvent.MemberEvent.class));
    }

    /** The behaviour; for the role {@code control}. */
    public static Behavior<Command> create(final ActorRef<? super Event> owner) {
        return Behaviors.setup(context -> new Membership(context, owner));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder().onMessage(Command.class, this::onCommand).build();
    }

    private Behavior<Command> onCommand(final Command command) {
        switch (command) {
            case Ended(final RoleName role) -> forMembers(role, member -> {
                ended.add(member.uniqueAddress().longUid());
                down(member.address());
            });
            case Reachability(final ClusterEvent.ReachabilityEvent event) -> onReachability(event);
            case Change(final ClusterEvent.MemberEvent event) -> onChange(event);
        }
        return this;
    }

    private void onReachability(final ClusterEvent.ReachabilityEvent event) {
        if (event instanceof ClusterEvent.UnreachableMember) {
            LOG.warn("{} is unreachable: out of the cluster", event.member().address());
            down(event.member().address());
            if (!ended.contains(event.member().uniqueAddress().longUid())) {
                owner.tell(new Lost(role(event.member())));
            }
        }
    }

    private void onChange(final ClusterEvent.MemberEvent event) {
        if (event instanceof ClusterEvent.MemberUp && !event.member().address().equals(cluster.selfMember().address())) {
            owner.tell(new Joined(role(event.member())));
        }
    }

    private void forMembers(final RoleName role, final Consumer<Member> action) {
        cluster.state().getMembers().forEach(member -> {
            if (member.hasRole(role.id())) {
                action.accept(member);
            }
        });
    }

    private void down(final Address address) {
        cluster.manager().tell(new Down(address));
    }

    private static RoleName role(final Member member) {
        return RoleName.of(member.getRoles().stream().filter(name -> !name.startsWith("dc-")).findFirst().orElseThrow());
    }
}
