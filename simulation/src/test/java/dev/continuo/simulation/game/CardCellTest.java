package dev.continuo.simulation.game;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.CellService;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileReader;
import dev.continuo.config.TrialEvent;
import dev.continuo.simulation.cell.Layout;
import dev.continuo.simulation.handwriting.Handwriting;
import dev.continuo.simulation.handwriting.WriterSplit;
import dev.continuo.simulation.render.Appearance;
import dev.continuo.simulation.render.Surroundings;
import dev.continuo.simulation.scene.SceneState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A task of one's own, whose trials end by themselves as they are told. */
@Timeout(60)
class CardCellTest {
    private static final List<Integer> CARDS = List.of(4, 5, 6);

    private final BlockingQueue<TrialEvent> events = new LinkedBlockingQueue<>();
    @TempDir
    private Path folder;

    private record Told(Judgement.State state) implements CardTrial {
        @Override
        public String asked() {
            return state.name();
        }

        @Override
        public Layout layout() {
            return Layout.nominal(CARDS.get(0), CARDS.get(1), CARDS.get(2));
        }

        @Override
        public Appearance appearance() {
            return Appearance.draw(Surroundings.IN_DOMAIN, Handwriting.of(WriterSplit.TRAINING), "1+3", CARDS, 1);
        }

        @Override
        public Judgement judge(final SceneState scene) {
            assertEquals(Layout.CARD_X, scene.card(1, 0), 0.01, "the middle card lies where it was laid");
            return new Judgement(state, "as laid");
        }

        @Override
        public List<TrialEvent.Score> scores(final String reasoning) {
            return List.of(new TrialEvent.Score("words", reasoning.isEmpty() ? 0 : reasoning.split(" ").length, 10));
        }
    }

    private Profile profile() throws IOException {
        final int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        return ProfileReader.read(Files.writeString(folder.resolve("own.conf"), """
            extends = arx-sim
            task = told
            cell.trial-timeout = 3 s
            definitions { camera-port = %d, left-transport.path = "%2$s/left.sock", right-transport.path = "%2$s/right.sock" }
            """.formatted(port, folder)).toString());
    }

    private <T extends TrialEvent> T event(final Class<T> type) throws InterruptedException {
        return assertInstanceOf(type, events.poll(15, TimeUnit.SECONDS));
    }

    private TrialEvent.Ended played(final CellService.Running game, final Judgement.State state) throws InterruptedException {
        final TrialEvent.Started started = event(TrialEvent.Started.class);
        assertEquals(state.name(), started.asked());
        game.reasoning("before it began", started.atNanos() - 1_000_000_000L);
        game.reasoning("about it", started.atNanos() + 100_000_000L);
        game.reasoning("about it once more", started.atNanos() + 200_000_000L);
        game.nextTrial();
        return event(TrialEvent.Ended.class);
    }

    @Test
    void trialsAreJudgedByTheirOwnRules() throws Exception {
        final Iterator<Judgement.State> states = List.of(Judgement.State.DONE, Judgement.State.SPOILT, Judgement.State.OPEN, Judgement.State.OPEN).iterator();
        try (PlayedGame<JudgedTask> game = CardCell.play(profile(), "told", () -> new Told(states.next()), events::add)) {
            assertEquals("told", game.task().name());
            final TrialEvent.Ended done = played(game, Judgement.State.DONE);
            assertTrue(done.success());
            assertEquals("as laid", done.outcome());
            game.nextTrial();
            final TrialEvent.Ended spoilt = played(game, Judgement.State.SPOILT);
            assertTrue(!spoilt.success());
            assertEquals("as laid", spoilt.outcome(), "not by its time");
            assertEquals("about it", spoilt.reasoning());
            assertEquals(List.of(new TrialEvent.Score("words", 2, 10)), spoilt.scores());
            game.nextTrial();
            final TrialEvent.Ended open = played(game, Judgement.State.OPEN);
            assertTrue(!open.success());
            assertEquals("as laid; time is up", open.outcome());
        }
    }
}
