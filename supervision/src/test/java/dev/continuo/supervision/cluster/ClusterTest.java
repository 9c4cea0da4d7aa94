package dev.continuo.supervision.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.actors.actor.Wire;
import dev.continuo.config.ClusterProfile;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileException;
import dev.continuo.config.ProfileReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorSystemImpl;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.remote.RemoteActorRefProvider;
import org.apache.pekko.remote.artery.ArteryTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Members in one JVM, over real UDP sockets on loopback. */
class ClusterTest {
    private final Profile profile = withFreePorts(ProfileReader.read("arx-sim"));
    private final List<ActorSystem<?>> systems = new ArrayList<>();
    private final BlockingQueue<Membership.Event> events = new LinkedBlockingQueue<>();

    /** A message with what the real ones carry: text, numbers, a reference. */
    record Greeting(String text, long number, ActorRef<Greeting> from) implements Wire {
    }

    @AfterEach
    void shutDown() throws InterruptedException, ExecutionException {
        for (final ActorSystem<?> system : systems.reversed()) {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().join();
        }
    }

    @Test
    void messagesTravelBetweenRolesThatHaveJoined() throws InterruptedException {
        final BlockingQueue<Greeting> heard = new LinkedBlockingQueue<>();
        control(heard);
        final ActorSystem<Greeting> brain = brain();
        expectJoined();
        final ActorRef<Greeting> remote = ActorRefResolver.get(brain)
            .resolveActorRef(ClusterSettings.address(profile, RoleName.CONTROL) + "/user/echo");
        final TestProbe<Greeting> probe = TestProbe.create(Greeting.class, brain);
        remote.tell(new Greeting("4+8", Long.MAX_VALUE, probe.ref()));
        final Greeting answer = probe.expectMessageClass(Greeting.class, Duration.ofSeconds(5));
        assertEquals("4+8", answer.text());
        assertEquals(Long.MAX_VALUE, answer.number());
        assertEquals(1, heard.size());
    }

    @Test
    void aRoleThatWasKilledIsWelcomeAgainOnItsAddress() throws InterruptedException {
        final ActorRef<Membership.Command> membership = control(new LinkedBlockingQueue<>());
        for (int incarnation = 1; incarnation <= 2; incarnation++) {
            final ActorSystem<Greeting> brain = brain();
            expectJoined();
            kill(brain);
            membership.tell(new Membership.Ended(RoleName.BRAIN));
        }
        final long startedAtNanos = System.nanoTime();
        brain();
        expectJoined();
        final double seconds = (System.nanoTime() - startedAtNanos) * 1e-9;
        assertTrue(seconds < 10, () -> "rejoining took " + seconds + " s");
    }

    @Test
    void aRoleThatFallsSilentIsLost() throws InterruptedException {
        control(new LinkedBlockingQueue<>());
        final ActorSystem<Greeting> brain = brain();
        expectJoined();
        kill(brain);
        final Membership.Event event = events.poll(15, TimeUnit.SECONDS);
        assertEquals(new Membership.Lost(RoleName.BRAIN), event);
    }

    @Test
    void aTakenPortIsNamedInOneLine() throws IOException {
        try (DatagramSocket other = new DatagramSocket(profile.cluster().brainPort(), InetAddress.getByName(profile.cluster().host()))) {
            final ProfileException failure = Assertions.assertThrows(ProfileException.class, () -> Ports.requireFree(profile));
            assertTrue(failure.getMessage().startsWith("cluster.brain-port " + other.getLocalPort() + " is taken"), failure.getMessage());
        }
        assertTrue(Ports.taken(profile).stream().noneMatch(line -> line.contains("brain")));
    }

    private ActorRef<Membership.Command> control(final BlockingQueue<Greeting> heard) {
        final Behavior<Object> root = Behaviors.setup(context -> {
            context.spawn(Behaviors.<Greeting>receiveMessage(greeting -> {
                heard.add(greeting);
                greeting.from().tell(greeting);
                return Behaviors.same();
            }), "echo");
            return Behaviors.empty();
        });
        final ActorSystem<Object> system = ActorSystem.create(root, ClusterSettings.SYSTEM,
            ClusterSettings.member(profile, RoleName.CONTROL));
        systems.add(system);
        final ActorRef<Membership.Event> owner = system.systemActorOf(Behaviors.<Membership.Event>receiveMessage(event -> {
            events.add(event);
            return Behaviors.same();
        }), "owner", Props.empty());
        return system.systemActorOf(Membership.create(owner), "membership", Props.empty());
    }

    private ActorSystem<Greeting> brain() {
        final ActorSystem<Greeting> system =
            ActorSystem.create(Behaviors.empty(), ClusterSettings.SYSTEM, ClusterSettings.member(profile, RoleName.BRAIN));
        systems.add(system);
        return system;
    }

    /** Ends a member without a word to the others, as a killed process would. */
    private void kill(final ActorSystem<?> system) {
        systems.remove(system);
        final var classic = Adapter.toClassic(system);
        ((ArteryTransport) ((RemoteActorRefProvider) ((ExtendedActorSystem) classic).provider()).transport()).shutdown();
        ((ActorSystemImpl) classic).abort();
        system.getWhenTerminated().toCompletableFuture().join();
    }

    private void expectJoined() throws InterruptedException {
        for (Membership.Event event = events.poll(20, TimeUnit.SECONDS); ; event = events.poll(20, TimeUnit.SECONDS)) {
            if (event instanceof Membership.Joined(final RoleName role)) {
                assertEquals(RoleName.BRAIN, role);
                return;
            }
            assertTrue(event != null, "the brain did not join");
        }
    }

    private static Profile withFreePorts(final Profile shipped) {
        final ClusterProfile cluster = new ClusterProfile("127.0.0.1", freePort(), freePort(), freePort());
        return new Profile(shipped.name(), shipped.task(), shipped.instruction(), shipped.arms(), shipped.cameras(), shipped.model(),
            shipped.playback(), shipped.bus(), cluster, shipped.restart(), shipped.cell());
    }

    private static int freePort() {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
