package dev.continuo.supervision.roles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.actors.actor.ArmActor;
import dev.continuo.actors.actor.ArmEvent;
import dev.continuo.actors.actor.StageActor;
import dev.continuo.actors.actor.StageHealth;
import dev.continuo.actors.agent.ArmCommand;
import dev.continuo.actors.agent.EventOutput;
import dev.continuo.actors.agent.MotionGate;
import dev.continuo.actors.bus.MemoryBus;
import dev.continuo.actors.latency.LatencyLog;
import dev.continuo.actors.message.MotionMode;
import dev.continuo.config.CellService;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileReader;
import dev.continuo.config.TrialEvent;
import dev.continuo.hardware.safety.EmergencyStop;
import dev.continuo.hardware.safety.StopFile;
import dev.continuo.supervision.cluster.ClusterSettings;
import dev.continuo.supervision.cluster.FromRole;
import dev.continuo.supervision.cluster.Membership;
import dev.continuo.supervision.cluster.RoleName;
import dev.continuo.supervision.cluster.ToGuardian;
import dev.continuo.supervision.report.RunFeed;
import dev.continuo.supervision.report.RunStatus;
import dev.continuo.supervision.report.StatusLine;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.agrona.concurrent.SystemNanoClock;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guardian with arms and a cell that do what they are told at once. */
class GuardianTest {
    private static final String ASKED = "Place the correct card on the board.";
    private static ActorTestKit kit;
    private final EmergencyStop emergencyStop = new EmergencyStop();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> scenes = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final CompletableFuture<RunOutcome> outcome = new CompletableFuture<>();
    private final RunFeed feed = new RunFeed();
    private volatile String recorderLacks = "";
    private List<String> changes = List.of();
    private ActorRef<CellActor.Command> cell;
    @TempDir
    private Path folder;

    @BeforeAll
    static void openKit() {
        kit = ActorTestKit.create("guardian", ClusterSettings.local());
    }

    @AfterAll
    static void shutDown() {
        kit.shutdownTestKit();
    }

    @Test
    void playsTrialAfterTrialAndParksInTheEnd() throws Exception {
        final ActorRef<ToGuardian> guardian = start();
        expectTold("ARM", "READY", "PLAY");
        cell.tell(new CellActor.Told(new TrialEvent.Ended(1, true, "12 in the slots", "The board shows 4+8.", List.of(new TrialEvent.Score("OCR", 4, 4)), 0)));
        expectTold("READY");
        assertEquals(1, scenes.poll(3, TimeUnit.SECONDS));
        cell.tell(new CellActor.Told(new TrialEvent.Started(2, "0+3", 0)));
        expectTold("PLAY");
        guardian.tell(new Guardian.Finish());
        expectTold("PARK", "RELEASE");
        final RunOutcome result = outcome.get(5, TimeUnit.SECONDS);
        assertInstanceOf(RunOutcome.End.Asked.class, result.end());
        assertEquals(1, result.report().trials().size());
        assertEquals("4+8", result.report().trials().getFirst().asked());
        assertEquals(4, result.report().trials().getFirst().scores().getFirst().points());
        assertEquals(0, result.report().restarts().get("arm-left"));
    }

    @Test
    void anEmergencyStopStopsAndHoldsUntilItIsReleasedAndTheArmsAreStarted() throws Exception {
        final ActorRef<ToGuardian> guardian = start();
        expectTold("ARM", "READY", "PLAY");
        emergencyStop.trigger("test");
        expectTold("stop: test");
        assertEquals(null, told.poll(300, TimeUnit.MILLISECONDS));
        guardian.tell(new Guardian.Start());
        guardian.tell(new Guardian.Instruct(ASKED));
        assertEquals(ProfileReader.read("arx-sim").instruction(), asked.poll(10, TimeUnit.SECONDS));
        assertEquals(ASKED, asked.poll(10, TimeUnit.SECONDS), "what came before it has been looked at, too");
        awaitPhase("stopped");
        emergencyStop.reset();
        awaitPhase("idle");
        assertEquals(null, told.poll(300, TimeUnit.MILLISECONDS));
        guardian.tell(new Guardian.Start());
        expectTold("READY", "PLAY");
        emergencyStop.trigger("shorter than the guardian looks");
        emergencyStop.reset();
        guardian.tell(new Guardian.Start());
        expectTold("stop: the emergency stop was triggered");
    }

    @Test
    void theArmsParkAndLetGoWhenAskedToAndPlayAgainWhenStarted() throws Exception {
        final ActorRef<ToGuardian> guardian = start();
        expectTold("ARM", "READY", "PLAY");
        guardian.tell(new Guardian.Park());
        expectTold("PARK", "RELEASE");
        awaitPhase("parked");
        assertEquals(null, told.poll(300, TimeUnit.MILLISECONDS));
        guardian.tell(new Guardian.Start());
        expectTold("ARM", "READY", "PLAY");
        guardian.tell(new Guardian.Finish());
        assertEquals(List.of("told to park", "started"), outcome.get(5, TimeUnit.SECONDS).report().events().stream().map(event -> event.replaceFirst("^.*: ", "")).toList());
    }

    @Test
    void withoutAutostartNothingMovesBeforeSomebodyStartsIt() throws Exception {
        changes = List.of("autostart=false");
        final ActorRef<ToGuardian> guardian = start();
        awaitPhase("idle");
        assertEquals(null, told.poll(300, TimeUnit.MILLISECONDS));
        guardian.tell(new Guardian.Start());
        expectTold("ARM", "READY", "PLAY");
    }

    @Test
    void anotherInstructionGivesTheTrialUpAndIsPlayedNext() throws Exception {
        final ActorRef<ToGuardian> guardian = start();
        final String first = ProfileReader.read("arx-sim").instruction();
        assertEquals(first, asked.poll(3, TimeUnit.SECONDS), "a cell that has come up is told what is asked for");
        expectTold("ARM", "READY", "PLAY");
        guardian.tell(new Guardian.Instruct(ASKED));
        assertEquals(ASKED, asked.poll(3, TimeUnit.SECONDS));
        cell.tell(new CellActor.Told(new TrialEvent.GivenUp(1, 0)));
        expectTold("READY");
        assertEquals(1, scenes.poll(3, TimeUnit.SECONDS));
        cell.tell(new CellActor.Told(new TrialEvent.Started(2, "0+3", 0)));
        expectTold("PLAY");
        guardian.tell(new Guardian.Finish());
        final RunOutcome result = outcome.get(5, TimeUnit.SECONDS);
        assertEquals(List.of(), result.report().trials(), "what was given up is no failure");
        assertTrue(result.report().events().getFirst().endsWith("asked: " + ASKED), result.report().events().toString());
    }

    @Test
    void theRunEndsByItselfWhenItsTimeIsUp() throws Exception {
        start(Optional.of(Duration.ofMillis(300)));
        final RunOutcome result = outcome.get(6, TimeUnit.SECONDS);
        assertInstanceOf(RunOutcome.End.Asked.class, result.end());
        assertTrue(result.report().seconds() >= 0.3);
    }

    @Test
    void whatAStageOfItsOwnLacksIsToldAndWhatItCountsIsReported() throws Exception {
        recorderLacks = "records nothing: 1 MiB are left on the disk";
        final ActorRef<ToGuardian> guardian = start();
        awaitStatus(status -> status.notice().equals("recorder records nothing: 1 MiB are left on the disk"));
        guardian.tell(new Guardian.Finish());
        final RunOutcome result = outcome.get(10, TimeUnit.SECONDS);
        assertEquals(Map.of("acknowledgedBytes", 7L), result.report().counts().get("recorder"));
        assertTrue(result.report().events().getFirst().endsWith("recorder records nothing: 1 MiB are left on the disk"), result.report().events().toString());
    }

    /** The actor of a stage whose health is what the test says. */
    private Behavior<StageActor.Command> recorder() {
        return Behaviors.receiveMessage(command -> {
            if (command instanceof StageActor.GetHealth(final ActorRef<StageHealth> replyTo)) {
                replyTo.tell(new StageHealth("recorder", recorderLacks, Map.of("acknowledgedBytes", 7L), 0, 0, "", 0));
            }
            return Behaviors.same();
        });
    }

    private void awaitPhase(final String phase) throws InterruptedException {
        awaitStatus(status -> status.phase().equals(phase));
    }

    private void awaitStatus(final Predicate<RunStatus> expected) throws InterruptedException {
        final long untilNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (feed.status().filter(expected).isEmpty()) {
            assertTrue(System.nanoTime() - untilNanos < 0, feed.status().toString());
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private ActorRef<ToGuardian> start() {
        return start(Optional.empty());
    }

    private ActorRef<ToGuardian> start(final Optional<Duration> duration) {
        final Profile profile = ProfileReader.read("arx-sim", changes);
        final SystemNanoClock clock = SystemNanoClock.INSTANCE;
        final MemoryBus bus = new MemoryBus(1024);
        final RunSettings settings = new RunSettings(profile, folder, duration, true, folder, List.of(), Optional.empty());
        final StatusLine quiet = new StatusLine(new PrintStream(OutputStream.nullOutputStream()), false, 0);
        final ActorRef<ToGuardian> guardian = kit.spawn(Guardian.create(new GuardianParts(settings, clock, new MotionGate(emergencyStop),
            new StopFile(emergencyStop, settings.emergencyStopFile(), 0), Map.of("left", this::arm), Map.of("recorder", recorder()), Map.of(), Membership::create,
            new InstructionDesk(bus, clock, profile.instruction()), new HeardReasoning(bus),
            new RunRecorder(profile, List.of(), LatencyLog.inMemory(), new EventOutput(bus), clock.nanoTime()), new StatusBoard(quiet, feed, Optional.empty()), outcome)));
        cell = kit.spawn(CellActor.create(guardian.narrow()));
        cell.tell(new CellActor.Stands(new FakeCell()));
        cell.tell(new CellActor.Told(new TrialEvent.Started(1, "4+8", 0)));
        guardian.tell(new FromRole.Alive(RoleName.BRAIN, 1, true, List.of(), null));
        guardian.tell(new Guardian.WarmedUp());
        return guardian;
    }

    private Behavior<ArmActor.Command> arm(final ActorRef<ArmEvent> guardian) {
        guardian.tell(new ArmEvent.ArmChanged("left", MotionMode.DAMPING));
        return Behaviors.receiveMessage(command -> {
            switch (command) {
                case ArmActor.Order(final ArmCommand order) -> {
                    told.add(order.name());
                    final MotionMode mode = order == ArmCommand.RELEASE ? MotionMode.DAMPING : MotionMode.HOLDING;
                    guardian.tell(new ArmEvent.ArmChanged("left", mode));
                    if (order == ArmCommand.READY || order == ArmCommand.PARK) {
                        guardian.tell(new ArmEvent.ArmArrived("left", order));
                    }
                }
                case ArmActor.StopMotion(final String reason) -> {
                    told.add("stop: " + reason);
                    guardian.tell(new ArmEvent.ArmChanged("left", MotionMode.STOPPING));
                }
                default -> { }
            }
            return Behaviors.same();
        });
    }

    private void expectTold(final String... orders) throws InterruptedException {
        for (final String order : orders) {
            assertEquals(order, told.poll(3, TimeUnit.SECONDS));
        }
    }

    private final class FakeCell implements CellService.Running {
        @Override
        public void nextTrial() {
            scenes.add(1);
        }

        @Override
        public void instruction(final String text) {
            asked.add(text);
        }

        @Override
        public void reasoning(final String text, final long aboutNanos) {
        }

        @Override
        public void close() {
        }
    }
}
