package dev.continuo.training.demonstration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.ProfileException;
import dev.continuo.simulation.task.Split;
import dev.continuo.simulation.toys.Relation;
import dev.continuo.simulation.toys.ToyInstruction;
import dev.continuo.simulation.toys.ToyJudge;
import dev.continuo.simulation.toys.ToyScene;
import dev.continuo.simulation.toys.ToyShelf;
import dev.continuo.simulation.toys.ToyTable;
import dev.continuo.simulation.toys.ToyTrial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToyDemonstrationTest {
    private static final int SEEDS = 6;

    @TempDir
    private Path folder;
    private final ToyDemonstrationRecorder recorder = new ToyDemonstrationRecorder();

    private static ToyTrial trial(final Relation relation, final long seed) {
        return ToyTrial.draw(new ToyInstruction(ToyShelf.named("teddy bear").orElseThrow(), relation, ToyShelf.named("blue block").orElseThrow()), Split.IN_DOMAIN, seed);
    }

    @Test
    void theExpertPlacesAlmostAlwaysAndWhatIsRecordedShowsIt() {
        int placed = 0;
        double farthest = 0;
        for (final Relation relation : Relation.values()) {
            for (int seed = 0; seed < SEEDS; seed++) {
                final ToyTrial trial = trial(relation, seed);
                final var episode = recorder.record(trial, seed);
                if (episode.isPresent()) {
                    placed++;
                    farthest = Math.max(farthest, check(trial, episode.get()));
                }
            }
        }
        assertTrue(placed >= 33, "placed in " + placed + " of " + SEEDS * Relation.values().length);
        assertTrue(farthest < 0.02, "the arm is " + farthest + " m behind");
    }

    /** How far the arm was from where it was commanded, at most. */
    private static double check(final ToyTrial trial, final ToyDemonstration episode) {
        final ToyScene begin = episode.scene(0);
        final int last = episode.rows() - 1;
        assertTrue(ToyJudge.success(episode.trial(1), begin, episode.scene(last)), trial.toString());
        assertEquals(trial.instruction(), episode.trial(1).instruction());
        assertTrue(IntStream.range(0, episode.rows()).anyMatch(row -> episode.held()[row]), "it is held on the way");
        assertTrue(episode.rows() > 80 && episode.rows() < 250, episode.rows() + " rows");
        double farthest = 0;
        for (int row = 0; row < episode.rows(); row++) {
            for (int i = 0; i < 3; i++) {
                farthest = Math.max(farthest, Math.abs(episode.states()[row][i] - episode.actions()[row][i]));
            }
        }
        return farthest;
    }

    @Test
    void anEpisodeDependsOnItsSeedAloneAndSurvivesItsFile() {
        final ToyDemonstration episode = recorder.record(trial(Relation.TOP, 2), 3).orElseThrow();
        recorder.record(trial(Relation.LEFT, 4), 5);
        final ToyDemonstration again = recorder.record(trial(Relation.TOP, 2), 3).orElseThrow();
        final Path file = folder.resolve("toys.bin.gz");
        DemonstrationFile.write(file, List.of(episode));
        final ToyDemonstration read = DemonstrationFile.read(file, ToyDemonstration::read).getFirst();
        for (final ToyDemonstration other : List.of(again, read)) {
            assertEquals(episode.instruction(), other.instruction());
            assertEquals(episode.things(), other.things());
            assertArrayEquals(episode.states(), other.states());
            assertArrayEquals(episode.actions(), other.actions());
            assertArrayEquals(episode.scenes(), other.scenes());
            assertArrayEquals(episode.held(), other.held());
            assertArrayEquals(episode.detours(), other.detours());
        }
        assertThrows(ProfileException.class, () -> DemonstrationFile.read(file, Demonstration::read));
    }

    @Test
    void someEpisodesBeginWithAnotherThingOrGoToAnotherPlaceFirst() {
        final ToyTrial trial = trial(Relation.BEHIND, 3);
        final ToyScene scene = new ToyScene();
        trial.layOut(scene);
        final List<Integer> detours = new ArrayList<>();
        for (int seed = 0; seed < 100; seed++) {
            final List<Leg> legs = new ToyExpert(new java.util.SplittableRandom(seed)).pickAndPlace(trial, scene);
            detours.add((int) legs.stream().filter(Leg::detour).count());
            final Leg grasp = legs.stream().filter(leg -> leg.target().openingMetres() == ToyExpert.CLOSED).findFirst().orElseThrow();
            assertEquals(scene.x(ToyTable.OBJECT), grasp.target().x(), 1e-9);
            assertEquals(ToyExpert.ready(), legs.getLast().target());
        }
        assertTrue(detours.stream().filter(count -> count == 0).count() > 10, "some go straight");
        assertTrue(detours.stream().filter(count -> count > 1).count() > 20, "some do not: " + detours);
    }
}
