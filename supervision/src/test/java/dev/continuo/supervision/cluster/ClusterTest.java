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
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Members over real UDP sockets on loopback; those that are killed have processes of their own. */
class ClusterTest {
    private static final long TERMINATE_SECONDS = 30;

    private final Profile profile = withFreePorts(ProfileReader.read("arx-sim"));
    private final List<BrainProcess> processes = new ArrayList<>();
    private final List<ActorSystem<?>> systems = new ArrayList<>();
    private final BlockingQueue<Membership.Event> events = new LinkedBlockingQueue<>();

    /** A message with what the real ones carry: text, numbers, a reference. */
    record Greeting(String text, long number, ActorRef<Greeting> from) implements Wire {
    }

    @AfterEach
    void shutDown() throws Exception {
        processes.forEach(BrainProcess::close);
        for (final ActorSystem<?> system : systems.reversed()) {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().get(TERMINATE_SECONDS, TimeUnit.SECONDS);
        }
        ArteryFolders.deleteOrphans();
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
    void aRoleThatWasKilledIsWelcomeAgainOnItsAddress() throws InterruptedException, IOException {
        final ActorRef<Membership.Command> membership = control(new LinkedBlockingQueue<>());
        for (int incarnation = 1; incarnation <= 2; incarnation++) {
            final BrainProcess brain = brainProcess();
            expectJoined();
            brain.kill();
            membership.tell(new Membership.Ended(RoleName.BRAIN));
        }
        brain();
        expectJoined();
    }

    @Test
    void aRoleThatFallsSilentIsLost() throws InterruptedException, IOException {
        control(new LinkedBlockingQueue<>());
        final BrainProcess brain = brainProcess();
        expectJoined();
        brain.kill();
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

    private BrainProcess brainProcess() throws IOException {
        final BrainProcess process = BrainProcess.start(profile.cluster());
        processes.add(process);
        return process;
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
        final ClusterProfile cluster = new ClusterProfile("127.0.0.1", freePort(), freePort(), freePort(), Optional.empty());
        return shipped.withCluster(cluster);
    }

    private static int freePort() {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
