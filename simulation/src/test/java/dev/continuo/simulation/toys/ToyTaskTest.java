package dev.continuo.simulation.toys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.simulation.task.Split;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToyTaskTest {
    private static final ToyCamera CAMERA = new ToyCamera();

    private final ToyScene scene = new ToyScene();
    private final ToyScene begin = new ToyScene();

    private static String refused(final String instruction) {
        return assertThrows(IllegalArgumentException.class, () -> ToyInstruction.of(instruction)).getMessage();
    }

    @Test
    void instructionsAreReadInTheWordsOfThePaperAndInOthers() {
        final ToyInstruction asked = ToyInstruction.of("Pick the avocado and place it to the left of the pink block.");
        assertEquals("avocado", asked.object().name());
        assertEquals(Relation.LEFT, asked.relation());
        assertEquals("pink block", asked.target().name());
        assertEquals(asked, ToyInstruction.of("pick up the AVOCADO and place it to the left of the Pink Block"));
        assertEquals(Relation.BEHIND, ToyInstruction.of("Pick the teddy bear and place it to the behind of the red block.").relation());
        for (final ToyInstruction each : ToyInstruction.all(ToyShelf.of(Toy.Role.OBJECT, Split.OPEN_WORLD), ToyShelf.of(Toy.Role.TARGET, Split.OPEN_WORLD))) {
            assertEquals(each, ToyInstruction.of(each.text()));
        }
    }

    @Test
    void whatIsUnknownIsNamedWithWhatIsKnown() {
        assertTrue(refused("Pick the avocdo and place it to the left of the pink block.").startsWith("no \"avocdo\" that things can be picked; there are apple, avocado,"));
        assertTrue(refused("Pick the apple and place it to the left of the banana.").contains("no \"banana\" that things can be placed by; there are pink block,"));
        assertEquals("no place \"underneath\"; there are left, right, front, behind, top, bottom",
            refused("Pick the apple and place it underneath the pink block."));
        assertTrue(refused("Bring me coffee.").contains("an instruction is like \"Pick the avocado"));
    }

    @Test
    void noToyIsOnBothSidesOfTheSplit() {
        assertEquals(ToyShelf.all().size(), ToyShelf.all().stream().map(Toy::name).distinct().count());
        assertEquals(24, ToyShelf.of(Toy.Role.OBJECT, Split.IN_DOMAIN).size());
        assertEquals(26, ToyShelf.of(Toy.Role.OBJECT, Split.OPEN_WORLD).size());
        for (final Split split : Split.values()) {
            for (final ToyTrial trial : ToyPlacement.trials(split, 3)) {
                assertTrue(trial.things().stream().allMatch(toy -> toy.split() == split), trial.toString());
            }
        }
    }

    @Test
    void everyObjectHasItsPicture() {
        for (final Toy toy : ToyShelf.all()) {
            if (toy.role() == Toy.Role.OBJECT) {
                assertNotNull(ToyShelf.class.getResource("/toys/pictures/" + toy.name().replace(' ', '-') + ".png"), toy.name());
            }
        }
    }

    @Test
    void theTrialsAreAsManyAsThePapersAndSpreadEvenly() {
        assertEquals(67, ToyPlacement.trials(Split.IN_DOMAIN, 1).size());
        final List<ToyTrial> trials = ToyPlacement.trials(Split.OPEN_WORLD, 1);
        assertEquals(156, trials.size());
        assertEquals(trials, ToyPlacement.trials(Split.OPEN_WORLD, 1));
        final Map<Relation, Long> places = trials.stream().collect(Collectors.groupingBy(trial -> trial.instruction().relation(), Collectors.counting()));
        assertTrue(places.values().stream().allMatch(count -> count == 26), places.toString());
        assertEquals(156, trials.stream().map(trial -> trial.instruction().object().name() + trial.instruction().relation()).distinct().count());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void scenesAreFairAndSeenInFull(final long seed) {
        for (final Split split : Split.values()) {
            for (final ToyTrial trial : ToyPlacement.trials(split, seed)) {
                trial.layOut(begin);
                assertFalse(ToyJudge.success(trial, begin, begin), "nothing is done yet: " + trial);
                final double[] goal = trial.goal(begin);
                assertTrue(ToyTable.contains(goal[0], goal[1]), trial.toString());
                for (int thing = 0; thing < ToyTable.THINGS; thing++) {
                    final PictureBox box = PictureBox.around(begin, thing, trial.things().get(thing), CAMERA);
                    assertTrue(box.left() > 0 && box.top() > 0 && box.right() < 999 && box.bottom() < 999, trial.things().get(thing) + " is seen at " + box);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Relation.class)
    void theGoalIsSuccessAndItsNeighboursAreNot(final Relation relation) {
        final ToyTrial trial = ToyTrial.draw(
            new ToyInstruction(ToyShelf.named("avocado").orElseThrow(), relation, ToyShelf.named("pink block").orElseThrow()), Split.IN_DOMAIN, 5);
        trial.layOut(begin);
        trial.layOut(scene);
        final double[] goal = trial.goal(scene);
        put(goal[0], goal[1], relation == Relation.TOP ? Toy.Role.TARGET.height() : 0);
        assertTrue(ToyJudge.success(trial, begin, scene));
        for (final Relation other : Relation.values()) {
            assertEquals(other == relation, ToyJudge.stands(trial, scene, ToyTable.OBJECT, other), "it stands " + relation + ", not " + other);
        }
        scene.held[ToyTable.OBJECT] = true;
        assertFalse(ToyJudge.success(trial, begin, scene), "a held thing does not stand");
        scene.held[ToyTable.OBJECT] = false;
        scene.position[3 * ToyTable.TARGET] += 0.04;
        scene.position[3 * ToyTable.OBJECT] += 0.04;
        assertFalse(ToyJudge.success(trial, begin, scene), "the target was pushed away");
    }

    private void put(final double x, final double y, final double on) {
        scene.position[0] = x;
        scene.position[1] = y;
        scene.position[2] = on + Toy.Role.OBJECT.height() / 2;
    }

    @Test
    void leftInThePictureIsLeftOnTheTableAndFrontIsLower() {
        final double[] one = new double[2];
        final double[] other = new double[2];
        assertTrue(CAMERA.project(0.46, 0, 0, one) && CAMERA.project(0.56, 0, 0, other));
        assertTrue(one[0] < other[0]);
        assertTrue(CAMERA.project(0.53, -0.1, 0, one) && CAMERA.project(0.53, 0.1, 0, other));
        assertTrue(one[1] > other[1]);
        assertTrue(CAMERA.project(ToyCamera.LOOKS_AT[0], ToyCamera.LOOKS_AT[1], ToyCamera.LOOKS_AT[2], one));
        assertEquals(0.5, one[0], 1e-9);
        assertEquals(0.5, one[1], 1e-9);
        assertTrue(CAMERA.project(0.53, 0, 0.1, one) && CAMERA.project(0.53, 0, 0, other));
        assertTrue(one[1] < other[1], "up is up");
        assertFalse(CAMERA.project(0.53, -2, 1, one), "behind the camera");
    }

    @Test
    void aTruthfulReasoningEarnsEverything() {
        for (final ToyTrial trial : ToyPlacement.trials(Split.OPEN_WORLD, 9)) {
            trial.layOut(scene);
            final String text = ToyReasoning.of(trial, scene, CAMERA);
            final ToyReasoning said = ToyReasoning.parse(text);
            assertEquals(1, said.objectScore(trial, scene, CAMERA), text);
            assertEquals(1, said.spatialScore(trial, scene, CAMERA), text);
            assertTrue(text.endsWith("Pick the " + trial.instruction().object().name() + ". Next action:"), text);
        }
    }

    @Test
    void aReasoningSaysWhatComesNextAndAWrongOneEarnsNothing() {
        final ToyTrial trial = ToyPlacement.trials(Split.IN_DOMAIN, 4).getFirst();
        trial.layOut(scene);
        scene.held[ToyTable.OBJECT] = true;
        assertTrue(ToyReasoning.of(trial, scene, CAMERA).contains("Place the "));
        final double[] goal = trial.goal(scene);
        scene.held[ToyTable.OBJECT] = false;
        put(goal[0], goal[1], trial.instruction().relation() == Relation.TOP ? Toy.Role.TARGET.height() : 0);
        assertTrue(ToyReasoning.of(trial, scene, CAMERA).contains("Done."));
        trial.layOut(scene);
        final ToyReasoning wrong = ToyReasoning.parse("The duck is at (1,1),(9,9). It goes behind it at (5,5). Next action:");
        assertEquals(0, wrong.objectScore(trial, scene, CAMERA));
        assertEquals(0, wrong.spatialScore(trial, scene, CAMERA));
        assertEquals(0, ToyReasoning.parse("").objectScore(trial, scene, CAMERA));
        assertEquals(0, ToyReasoning.parse("Pick it.").spatialScore(trial, scene, CAMERA));
    }
}
