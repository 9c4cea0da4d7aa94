package dev.continuo.supervision.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.continuo.actors.actor.Wire;
import dev.continuo.config.ClusterProfile;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileException;
import dev.continuo.config.ProfileReader;
import dev.continuo.config.TlsProfile;
import dev.continuo.supervision.tls.Certificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Members that know each other by certificates, and others that want to be members. */
@Timeout(120)
class ClusterTlsTest {
    private static final int JOIN_SECONDS = 30;
    private static final int NOT_JOINED_SECONDS = 6;

    @TempDir
    private static Path folder;
    /** More than all phases of Pekko's coordinated shutdown may take, 75 s: a member that leaves may wait for others. */
    private static final int SHUTDOWN_SECONDS = 90;

    private static Certificates certificates;

    private final Profile shipped = ProfileReader.read("arx-sim");
    private final ClusterProfile ports = new ClusterProfile("127.0.0.1", freePort(), freePort(), freePort(), Optional.empty());
    private final List<ActorSystem<?>> systems = new ArrayList<>();
    private final BlockingQueue<Membership.Event> events = new LinkedBlockingQueue<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private int slowBytes;

    /** A message with what the real ones carry. */
    record Greeting(String text, ActorRef<Greeting> from) implements Wire {
    }

    @BeforeAll
    static void certify() {
        certificates = new Certificates(folder);
        certificates.authority("site", "CN=site");
        certificates.authority("elsewhere", "CN=site");
        certificates.signed("site", "control", "CN=kitchen, OU=control");
        certificates.signed("site", "brain", "CN=kitchen, OU=brain");
        certificates.signed("site", "viewer", "CN=Vera");
        certificates.signed("elsewhere", "stranger", "CN=kitchen, OU=brain");
        certificates.expired("site", "late", "CN=kitchen");
    }

    @BeforeEach
    void listen() {
        log.start();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(log);
    }

    @AfterEach
    void shutDown() throws Exception {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(log);
        for (final ActorSystem<?> system : systems.reversed()) {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().get(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        }
    }

    private Profile profile(final String name, final String authority) {
        return shipped.withCluster(new ClusterProfile(ports.host(), ports.controlPort(), ports.brainPort(), ports.cellPort(), Optional.of(files(name, authority))));
    }

    private static TlsProfile files(final String name, final String authority) {
        return new TlsProfile(certificates.certificate(name), certificates.key(name), Optional.of(certificates.certificate(authority)));
    }

    private void control() {
        final Behavior<Object> root = Behaviors.setup(context -> {
            context.spawn(Behaviors.<Greeting>receiveMessage(greeting -> {
                greeting.from().tell(greeting);
                return Behaviors.same();
            }), "echo");
            return Behaviors.empty();
        });
        final ActorSystem<Object> system = ActorSystem.create(root, ClusterSettings.SYSTEM, ClusterSettings.member(profile("control", "site"), RoleName.CONTROL));
        systems.add(system);
        final ActorRef<Membership.Event> owner = system.systemActorOf(Behaviors.<Membership.Event>receiveMessage(event -> {
            events.add(event);
            return Behaviors.same();
        }), "owner", Props.empty());
        system.systemActorOf(Membership.create(owner), "membership", Props.empty());
    }

    private ActorSystem<Greeting> brain(final String name, final String authority) {
        final ActorSystem<Greeting> system = ActorSystem.create(Behaviors.empty(), ClusterSettings.SYSTEM, ClusterSettings.member(profile(name, authority), RoleName.BRAIN));
        systems.add(system);
        return system;
    }

    private void end(final ActorSystem<?> system) throws Exception {
        systems.remove(system);
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().get(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    }

    private void expectJoined() throws InterruptedException {
        assertEquals(new Membership.Joined(RoleName.BRAIN), events.poll(JOIN_SECONDS, TimeUnit.SECONDS));
    }

    private void expectRefused(final ActorSystem<?> stranger) throws Exception {
        assertEquals(null, events.poll(NOT_JOINED_SECONDS, TimeUnit.SECONDS), "a stranger has joined");
        assertNotEquals(MemberStatus.up(), Cluster.get(stranger).selfMember().status());
        end(stranger);
    }

    private List<String> logged() {
        return List.copyOf(log.list).stream().filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN)).map(event -> event.getLoggerName() + ": " + event.getFormattedMessage()).toList();
    }

    @Test
    void membersWithCertificatesOfTheClusterJoinAndTalk() throws Exception {
        control();
        final ActorSystem<Greeting> brain = brain("brain", "site");
        expectJoined();
        final ActorRef<Greeting> remote = ActorRefResolver.get(brain).resolveActorRef(ClusterSettings.address(profile("brain", "site"), RoleName.CONTROL) + "/user/echo");
        final TestProbe<Greeting> probe = TestProbe.create(Greeting.class, brain);
        remote.tell(new Greeting("4+8", probe.ref()));
        assertEquals("4+8", probe.expectMessageClass(Greeting.class, Duration.ofSeconds(10)).text());
        try (Socket curious = new Socket(ports.host(), ports.controlPort())) {
            curious.getOutputStream().write("AKKA\1".getBytes(StandardCharsets.US_ASCII));
            curious.setSoTimeout(10_000);
            assertTrue(curious.getInputStream().readNBytes(100).length < 100, "it speaks TLS and hangs up on what does not");
        }
    }

    @Test
    void strangersStayOutAndMembersComeIn() throws Exception {
        control();
        expectRefused(brain("stranger", "site"));
        expectRefused(brain("stranger", "elsewhere"));
        expectRefused(brain("viewer", "site"));
        brain("brain", "site");
        expectJoined();
    }

    /** A member that checks nothing itself: what the others know of it is its certificate. */
    @Test
    void theOtherSideChecks() throws Exception {
        control();
        assertTrue(isHungUpOn("stranger"), "of an authority with the same name");
        assertTrue(isHungUpOn("late"), "expired");
        assertTrue(isHungUpOn("viewer"), "of the authority, but not of the cluster");
        assertTrue(isHungUpOn("viewer"), "of the authority, but not of the cluster");
        assertTrue(!isHungUpOn("brain"), "a member's");
        assertEquals(1, logged().stream().filter(line -> line.contains("refused: the certificate of CN=Vera is none of this cluster's, whose common name is [kitchen] (told once)")).count(), logged().toString());
    }

    private boolean isHungUpOn(final String name) throws IOException {
        try (SSLSocket socket = (SSLSocket) certificates.showing(name).getSocketFactory().createSocket(ports.host(), ports.controlPort())) {
            socket.setSoTimeout(3_000);
            socket.getOutputStream().write("AKKA\1".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() < 0;
        } catch (final SocketTimeoutException stillThere) {
            return false;
        } catch (final IOException refused) {
            return true;
        }
    }

    @Test
    void garbageAndSilenceKeepNobodyOut() throws Exception {
        control();
        final SplittableRandom random = new SplittableRandom(1);
        final List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            silent.add(new Socket(ports.host(), ports.controlPort()));
            try (Socket socket = new Socket(ports.host(), ports.controlPort())) {
                final byte[] garbage = new byte[4_000];
                random.nextBytes(garbage);
                socket.getOutputStream().write(garbage);
            } catch (final IOException hungUp) {
                // As it should.
            }
        }
        brain("brain", "site");
        expectJoined();
        final Socket slow = silent.getFirst();
        final long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!isOver(slow)) {
            assertTrue(System.nanoTime() < until, "a handshake that trickles in ends");
            TimeUnit.MILLISECONDS.sleep(200);
        }
        for (final Socket socket : silent) {
            socket.close();
        }
        assertEquals(1, logged().stream().filter(line -> line.contains("refused somebody at the cluster's port " + ports.controlPort() + ": no certificate of its authority within 10 s (told once)")).count(),
            logged().toString());
    }

    /** Sends one more byte of a handshake message. */
    private boolean isOver(final Socket socket) {
        final byte[] header = {22, 3, 1, 4, 0, 1, 0, 3, (byte) 252, 3, 3};
        try {
            socket.getOutputStream().write(slowBytes < header.length ? header[slowBytes] : 1);
            slowBytes++;
            socket.setSoTimeout(1);
            return socket.getInputStream().read() < 0;
        } catch (final SocketTimeoutException stillThere) {
            return false;
        } catch (final IOException hungUp) {
            return true;
        }
    }

    @Test
    void aTakenPortAndUnusableFilesAreNamedInOneLine() throws Exception {
        try (ServerSocket other = new ServerSocket(ports.brainPort(), 1, InetAddress.getByName(ports.host()))) {
            final ProfileException taken = assertThrows(ProfileException.class, () -> Ports.requireFree(profile("control", "site")));
            assertTrue(taken.getMessage().startsWith("cluster.brain-port " + other.getLocalPort() + " is taken"), taken.getMessage());
        }
        final String expired = assertThrows(ProfileException.class, () -> Systems.member(profile("late", "site"), RoleName.CONTROL)).getMessage();
        assertTrue(expired.startsWith("cluster.tls.certificate " + certificates.certificate("late") + " expired on "), expired);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }
}
