package dev.continuo.supervision.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.RestartProfile;
import dev.continuo.supervision.cluster.ClusterSettings;
import java.io.IOException;
import java.time.Duration;
import org.agrona.concurrent.SystemNanoClock;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ChildProcessTest {
    private static ActorTestKit kit;
    private static final RestartProfile QUICK = new RestartProfile(20_000_000L, 80_000_000L, 3, 60_000_000_000L, 1_000_000_000L);
    private static final String SLEEPS_UNTIL_ITS_INPUT_ENDS = "cat >/dev/null";

    private final TestProbe<ChildProcess.Event> owner = kit.createTestProbe(ChildProcess.Event.class);

    @BeforeAll
    static void openKit() {
        kit = ActorTestKit.create("child-process", ClusterSettings.local());
    }

    @AfterAll
    static void shutDown() {
        kit.shutdownTestKit();
    }

    @Test
    void restartsAChildThatWasKilled() {
        spawn(SLEEPS_UNTIL_ITS_INPUT_ENDS);
        final ChildProcess.Started first = owner.expectMessageClass(ChildProcess.Started.class);
        ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly();
        final ChildProcess.Failed failed = owner.expectMessageClass(ChildProcess.Failed.class);
        assertEquals(128 + 9, failed.status());
        assertEquals(first.pid(), failed.pid());
        final ChildProcess.Started second = owner.expectMessageClass(ChildProcess.Started.class);
        assertEquals(2, second.incarnation());
        assertTrue(ProcessHandle.of(second.pid()).orElseThrow().isAlive());
    }

    @Test
    void givesUpAChildThatFailsAgainAndAgain() {
        spawn("exit 3");
        for (int incarnation = 1; incarnation <= 3; incarnation++) {
            owner.expectMessageClass(ChildProcess.Started.class);
            final ChildProcess.Failed failed = owner.expectMessageClass(ChildProcess.Failed.class);
            assertFalse(failed.isFinal());
            assertEquals(Math.min(80, 20 << (incarnation - 1)), failed.restartsIn().toMillis());
        }
        owner.expectMessageClass(ChildProcess.Started.class);
        assertTrue(owner.expectMessageClass(ChildProcess.Failed.class).isFinal());
        owner.expectNoMessage(Duration.ofMillis(200));
    }

    @Test
    void tellsTheLineByWhichTheChildExplainedItsEnd() {
        spawn("echo 'continuo: camera top is unreachable' >&2; echo 'some native library says goodbye' >&2; exit 2");
        owner.expectMessageClass(ChildProcess.Started.class);
        final ChildProcess.Failed failed = owner.expectMessageClass(ChildProcess.Failed.class);
        assertEquals(2, failed.status());
        assertEquals("continuo: camera top is unreachable", failed.lastLine());
    }

    @Test
    void endsAChildByTheEndOfItsInput() {
        final ActorRef<ChildProcess.Command> child = spawn(SLEEPS_UNTIL_ITS_INPUT_ENDS);
        final long pid = owner.expectMessageClass(ChildProcess.Started.class).pid();
        child.tell(new ChildProcess.Stop());
        owner.expectMessageClass(ChildProcess.Stopped.class, Duration.ofSeconds(1));
        assertTrue(ProcessHandle.of(pid).isEmpty());
    }

    @Test
    void endsAChildThatDoesNotListenByForce() {
        final ActorRef<ChildProcess.Command> child = spawn("exec sleep 60");
        final long pid = owner.expectMessageClass(ChildProcess.Started.class).pid();
        child.tell(new ChildProcess.Stop());
        owner.expectMessageClass(ChildProcess.Stopped.class, Duration.ofSeconds(3));
        assertTrue(ProcessHandle.of(pid).isEmpty());
    }

    @Test
    void restartsAChildThatHangs() {
        final ActorRef<ChildProcess.Command> child = spawn("exec sleep 60");
        owner.expectMessageClass(ChildProcess.Started.class);
        child.tell(new ChildProcess.Kill("no heartbeat"));
        owner.expectMessageClass(ChildProcess.Failed.class);
        assertEquals(2, owner.expectMessageClass(ChildProcess.Started.class).incarnation());
    }

    @Test
    void countsAChildThatCannotBeStartedAsFailed() {
        kit.spawn(ChildProcess.create("brain", incarnation -> {
            throw new IOException("no such program");
        }, QUICK, SystemNanoClock.INSTANCE, owner.ref()));
        assertTrue(owner.expectMessageClass(ChildProcess.Failed.class).lastLine().contains("no such program"));
    }

    private ActorRef<ChildProcess.Command> spawn(final String script) {
        return kit.spawn(ChildProcess.create("brain",
            incarnation -> new ProcessBuilder("/bin/sh", "-c", script).start(), QUICK, SystemNanoClock.INSTANCE, owner.ref()));
    }
}
