package dev.continuo.actors.actor;

import dev.continuo.actors.agent.FakeModels.FakeCamera;
import dev.continuo.actors.agent.StageAgent;
import dev.continuo.actors.agent.TestProfile;
import dev.continuo.actors.bus.MemoryBus;
import dev.continuo.actors.latency.Count;
import dev.continuo.actors.latency.LoopCounts;
import dev.continuo.config.RestartProfile;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class StageActorTest {
    private static ActorTestKit kit;
    private static final NanoClock CLOCK = SystemNanoClock.INSTANCE;

    private final List<StageAgent> takenBack = new CopyOnWriteArrayList<>();
    private final Hosting hosting = new Hosting(
        new ThreadHost(CLOCK, agent -> () -> takenBack.add(agent), Duration.ofMillis(200)), CLOCK, TestProfile.profile().restart());
    private final List<FakeAgent> agents = new CopyOnWriteArrayList<>();
    private final TestProbe<StageHealth> answers = kit.createTestProbe(StageHealth.class);
    private final TestProbe<Void> deaths = kit.createTestProbe(Void.class);
    private final AtomicInteger attempts = new AtomicInteger();
    private volatile boolean unstartable;

    @BeforeAll
    static void openKit() {
        kit = ActorTestKit.create();
    }

    @AfterAll
    static void shutDown() {
        kit.shutdownTestKit();
    }

    @Test
    void agentRunsAndIsClosedWithItsActor() {
        final ActorRef<StageActor.Command> actor = spawn(Duration.ofSeconds(5));
        final StageHealth health = healthWhen(actor, answer -> agents.get(0).worked.get() > 3);
        assertEquals(0, health.restarts());
        assertTrue(health.silentNanos() < 1_000_000_000L);
        kit.stop(actor);
        assertEquals(1, agents.get(0).closed);
        assertEquals(1, agents.size());
    }

    @Test
    void failedAgentIsReplacedByAFreshOne() {
        final ActorRef<StageActor.Command> actor = spawn(Duration.ofSeconds(5));
        healthWhen(actor, answer -> agents.get(0).worked.get() > 3);
        agents.get(0).failing = true;
        final StageHealth health = healthWhen(actor, answer -> answer.restarts() == 1);
        assertTrue(health.lastFailure().contains("planned failure"), health.lastFailure());
        assertEquals(1, agents.get(0).closed);
        healthWhen(actor, answer -> agents.get(1).worked.get() > 3);
        kit.stop(actor);
    }

    @Test
    void silentAgentIsAbandonedAndReplaced() {
        final ActorRef<StageActor.Command> actor = spawn(Duration.ofMillis(100));
        healthWhen(actor, answer -> agents.get(0).worked.get() > 3);
        agents.get(0).hanging = true;
        final StageHealth health = healthWhen(actor, answer -> answer.restarts() == 1);
        assertTrue(health.lastFailure().contains("no sign of life"), health.lastFailure());
        assertEquals(1, health.abandoned());
        assertEquals(List.<StageAgent>of(agents.get(0)), takenBack, "what its thread was given");
        agents.get(0).hanging = false; // its late end must not fail the agent that runs now
        agents.get(0).failing = true;
        healthWhen(actor, answer -> agents.get(0).closed == 1);
        assertEquals(1, healthWhen(actor, answer -> agents.get(1).worked.get() > 20).restarts());
        kit.stop(actor);
    }

    @Test
    void restartsAreBounded() {
        final ActorRef<StageActor.Command> actor = spawn(Duration.ofSeconds(5));
        final RestartProfile restart = TestProfile.profile().restart();
        for (int failure = 0; failure <= restart.maxRestarts(); failure++) {
            final int start = failure;
            until(() -> agents.size() > start && agents.get(start).worked.get() > 0);
            agents.get(start).failing = true;
        }
        deaths.expectTerminated(actor, Duration.ofSeconds(5));
        assertEquals(1 + restart.maxRestarts(), agents.size());
        agents.forEach(agent -> assertEquals(1, agent.closed));
    }

    @Test
    void agentThatCannotBeMadeIsTriedAgain() {
        unstartable = true;
        final ActorRef<StageActor.Command> actor = spawn(Duration.ofSeconds(5));
        until(() -> attempts.get() > 0);
        unstartable = false;
        final StageHealth health = healthWhen(actor, answer -> answer.restarts() >= 1);
        assertTrue(health.lastFailure().contains("cannot start"), health.lastFailure());
        kit.stop(actor);
    }

    @Test
    void cameraActorOpensItsCameraAnewAfterAFailure() {
        final List<FakeCamera> cameras = new CopyOnWriteArrayList<>();
        final ActorRef<StageActor.Command> actor = kit.spawn(CameraActor.create(
            TestProfile.camera(), 0,
            () -> {
                cameras.add(new FakeCamera(CLOCK));
                return cameras.getLast();
            },
            new MemoryBus(4096), hosting));
        until(() -> cameras.size() == 1);
        cameras.get(0).failing = true;
        final StageHealth health = healthWhen(actor, answer -> answer.restarts() == 1);
        assertEquals("camera-top", health.name());
        assertTrue(health.lastFailure().contains("camera unplugged"), health.lastFailure());
        assertEquals(1, cameras.get(0).closed);
        assertEquals(2, cameras.size());
        kit.stop(actor);
    }

    private ActorRef<StageActor.Command> spawn(final Duration silenceTimeout) {
        final ActorRef<StageActor.Command> actor = kit.spawn(StageActor.create(new StageActor.Parts(
            "fake",
            () -> {
                attempts.incrementAndGet();
                if (unstartable) {
                    throw new IllegalStateException("not plugged in");
                }
                agents.add(new FakeAgent());
                return agents.getLast();
            },
            hosting, silenceTimeout)));
        return actor;
    }

    private StageHealth healthWhen(final ActorRef<StageActor.Command> actor, final Predicate<StageHealth> condition) {
        final long deadline = System.nanoTime() + 5_000_000_000L;
        while (true) {
            actor.tell(new StageActor.GetHealth(answers.getRef()));
            final StageHealth health = answers.receiveMessage();
            if (condition.test(health)) {
                return health;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("still " + health);
            }
            sleep();
        }
    }

    private static void until(final BooleanSupplier condition) {
        final long deadline = System.nanoTime() + 5_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "not within 5 s");
            sleep();
        }
    }

    private static void sleep() {
        LockSupport.parkNanos(2_000_000);
    }

    private static final class FakeAgent implements StageAgent {
        private final Count alive = new Count();
        private final LoopCounts loop = new LoopCounts();
        private final Count worked = new Count();
        private volatile boolean failing;
        private volatile boolean hanging;
        private volatile int closed;

        @Override
        public int doWork() {
            while (hanging) {
                Thread.onSpinWait();
            }
            if (failing) {
                throw new IllegalStateException("planned failure");
            }
            alive.set(CLOCK.nanoTime());
            worked.increment();
            return 1;
        }

        @Override
        public void onClose() {
            closed++;
        }

        @Override
        public Count aliveAtNanos() {
            return alive;
        }

        @Override
        public LoopCounts loop() {
            return loop;
        }

        @Override
        public long periodNanos() {
            return 1_000_000L;
        }

        @Override
        public String roleName() {
            return "fake";
        }
    }
}
