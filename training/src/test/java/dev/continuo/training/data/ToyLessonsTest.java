package dev.continuo.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.perception.PictureLimits;
import dev.continuo.simulation.task.Split;
import dev.continuo.simulation.toys.ToyInstruction;
import dev.continuo.simulation.toys.ToyReasoning;
import dev.continuo.training.demonstration.ToyDemonstration;
import dev.continuo.training.demonstration.ToyDemonstrationRecorder;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ToyLessonsTest {
    private static final int ROWS = 16;
    private static final String BOX = "\\(\\d+,\\d+\\),\\(\\d+,\\d+\\)";

    private static List<ToyDemonstration> episodes;
    private final ToyDemonstrationSet set = new ToyDemonstrationSet(episodes, ROWS);
    private final ToyLessons lessons = new ToyLessons(new ToyEye(new PictureLimits(784, 37_632)), set);
    private final SplittableRandom random = new SplittableRandom(1);

    @BeforeAll
    static void record() {
        episodes = ToyDemonstrationRecorder.record(8, 3);
    }

    @Test
    void theRobotIsShownNoToyOfTheOpenWorld() {
        for (int i = 0; i < 20; i++) {
            for (final Example example : lessons.robots(random, 2)) {
                final ToyInstruction asked = ToyInstruction.of(example.prompt());
                assertEquals(Split.IN_DOMAIN, asked.object().split());
                assertEquals(Split.IN_DOMAIN, asked.target().split());
                assertTrue(example.motion().isPresent());
            }
            assertTrue(set.draw(random, 1).getFirst().trial().things().stream().allMatch(toy -> toy.split() == Split.IN_DOMAIN));
        }
    }

    @Test
    void picturesShowAllToysButNotWhatOpenWorldTrialsAskFor() {
        int openObjects = 0;
        int openTargets = 0;
        for (int i = 0; i < 60; i++) {
            for (final Example example : lessons.scenes(random, 2)) {
                final ToyInstruction asked = ToyInstruction.of(example.prompt());
                final boolean openObject = asked.object().split() == Split.OPEN_WORLD;
                final boolean openTarget = asked.target().split() == Split.OPEN_WORLD;
                assertFalse(openObject && openTarget, example.prompt());
                assertTrue(example.motion().isEmpty());
                assertTrue(example.answer().startsWith("The " + asked.object().name() + " is at ("), example.answer());
                final ToyReasoning said = ToyReasoning.parse(example.answer());
                assertTrue(said.object().isPresent() && said.target().isPresent() && said.goalX().isPresent(), example.answer());
                openObjects += openObject ? 1 : 0;
                openTargets += openTarget ? 1 : 0;
            }
        }
        assertTrue(openObjects > 20 && openTargets > 20, openObjects + " open-world objects, " + openTargets + " targets");
    }

    @Test
    void everyPictureTellsWhatIsWhere() {
        for (int i = 0; i < 10; i++) {
            final Example scene = lessons.scenes(random, 1).getFirst();
            final int[] kinds = scene.truth().orElseThrow().symbols();
            assertEquals(8 * 6 * SymbolMap.HALVES, kinds.length);
            final long seen = IntStream.of(kinds).filter(kind -> kind > 0).count();
            assertTrue(seen >= 2 && seen <= 4, seen + " things are seen");
            assertEquals(ToyTruth.SCENE_FEATURES, scene.truth().get().scene().length);
            assertEquals(ToyTruth.NEXT_FEATURES, scene.truth().get().next().length);
            final int[] page = lessons.page(random).truth().orElseThrow().symbols();
            assertEquals(3 * 3 * SymbolMap.HALVES, page.length);
            assertTrue(IntStream.of(page).allMatch(kind -> kind >= 0 && kind < ToyTruth.KINDS) && IntStream.of(page).anyMatch(kind -> kind > 0));
        }
    }

    @Test
    void questionsAreAboutNamesBoxesAndPlaces() {
        for (int i = 0; i < 40; i++) {
            for (final Example example : lessons.questions(random, 2)) {
                final String form = switch (example.prompt().substring(0, 8)) {
                    case "Point to" -> BOX;
                    case "Where ar", "What is " -> example.prompt().startsWith("What is at") ? "The [a-z ]+\\."
                        : "The [a-z ]+ at " + BOX + "(, the [a-z ]+ at " + BOX + "){3}\\.";
                    case "What pla" -> "The [a-z ]+ is at " + BOX + "\\. It goes [a-z ]+ it at \\(\\d+,\\d+\\)\\.";
                    default -> throw new AssertionError(example.prompt());
                };
                assertTrue(example.answer().matches(form), example.prompt() + " " + example.answer());
            }
        }
    }

    @Test
    void whatIsSoughtOnAPageIsThereOnceAndSoIsItsPlace() {
        for (int i = 0; i < 40; i++) {
            final Example example = lessons.sought(random);
            final ToyInstruction instruction = ToyInstruction.of(example.prompt());
            assertFalse(instruction.object().split() == Split.OPEN_WORLD && instruction.target().split() == Split.OPEN_WORLD, example.prompt());
            assertTrue(example.answer().matches("The [a-z ]+ is at " + BOX + "\\. The [a-z ]+ is at " + BOX + "\\."), example.answer());
            final int[] asked = example.truth().orElseThrow().asked();
            assertEquals(3 * 3, asked.length);
            assertTrue(IntStream.of(asked).anyMatch(kind -> kind > 0) && IntStream.of(asked).allMatch(kind -> kind < ToyTruth.ASKED));
        }
    }

    @Test
    void aTableInWordsHasAllThatTheReasoningSays() {
        for (int i = 0; i < 40; i++) {
            final Example example = lessons.described(random);
            final ToyReasoning said = ToyReasoning.parse(example.answer());
            assertTrue(example.image().isEmpty());
            assertTrue(example.prompt().contains(said.object().orElseThrow().text()) && example.prompt().contains(said.target().orElseThrow().text()), example.prompt());
        }
    }

    @Test
    void chunksFollowTheDemonstrationAndEndBeforeDisturbances() {
        int cut = 0;
        for (int i = 0; i < 200; i++) {
            final List<ToyDemonstrationSet.Row> rows = set.draw(random, 2);
            final Example.Motion motion = rows.getFirst().motion();
            assertEquals(10 * ROWS, motion.actions().length);
            assertEquals(1, motion.valid()[0], "a draw begins with what is to be imitated");
            for (int row = 1; row < ROWS; row++) {
                assertTrue(motion.valid()[row] <= motion.valid()[row - 1], "what follows a disturbance is not of this chunk");
            }
            cut += motion.valid()[ROWS - 1] == 0 ? 1 : 0;
            assertTrue(rows.get(1).scene().timeNanos >= rows.getFirst().scene().timeNanos, "the others are later");
            assertTrue(Math.abs(motion.state()[0] - motion.actions()[0]) < 0.05);
        }
        assertTrue(cut > 5 && cut < 150, cut + " of 200 chunks are cut");
    }

    @Test
    void aLessonDependsOnItsRandomSourceAlone() {
        final Example one = lessons.scenes(new SplittableRandom(9), 1).getFirst();
        final Example other = new ToyLessons(new ToyEye(new PictureLimits(784, 37_632)), set).scenes(new SplittableRandom(9), 1).getFirst();
        assertEquals(one.answer(), other.answer());
        assertArrayEquals(one.image().orElseThrow().values(), other.image().orElseThrow().values());
    }
}
