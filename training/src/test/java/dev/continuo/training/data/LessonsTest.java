package dev.continuo.training.data;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.perception.PictureLimits;
import dev.continuo.simulation.game.Scenes;
import dev.continuo.simulation.handwriting.Handwriting;
import dev.continuo.simulation.handwriting.WriterSplit;
import dev.continuo.simulation.render.Surroundings;
import dev.continuo.simulation.scene.SceneState;
import dev.continuo.simulation.task.Equation;
import dev.continuo.simulation.task.EquationSplit;
import dev.continuo.simulation.task.Place;
import dev.continuo.simulation.task.ReasoningText;
import dev.continuo.simulation.task.Split;
import dev.continuo.simulation.task.TrialSpec;
import dev.continuo.training.demonstration.Demonstration;
import dev.continuo.training.demonstration.DemonstrationFile;
import dev.continuo.training.demonstration.DemonstrationPlan;
import dev.continuo.training.demonstration.DemonstrationRecorder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LessonsTest {
    private static final int ROWS = 50;
    private static Demonstration episode;
    private static SceneLessons lessons;
    private static WritingLessons writing;
    private static WordLessons words;

    @TempDir
    private Path folder;

    @BeforeAll
    static void record() {
        final TrialSpec trial = TrialSpec.draw(Equation.of("6+4"), Split.IN_DOMAIN, 3);
        final int[] answer = {trial.cardShowing(1), trial.cardShowing(0)};
        try (DemonstrationRecorder recorder = new DemonstrationRecorder()) {
            episode = recorder.record("6+4", trial.cards().stream().mapToInt(Integer::intValue).toArray(), answer,
                Scenes.layout(trial), 4).orElseThrow();
        }
        final Eye eye = new Eye(new PictureLimits(784, 37_632));
        final TrainingTrials trials = new TrainingTrials();
        lessons = new SceneLessons(eye, trials, new DemonstrationSet(List.of(episode), ROWS), DemonstrationPlan.readyAxes());
        writing = new WritingLessons(eye, trials);
        words = new WordLessons(trials);
    }

    @Test
    void noPictureShowsAnEquationThatOnlyEvaluationShows() {
        final SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 40; i++) {
            lessons.scenes(random, 1).forEach(scene -> assertMayBeShown(ReasoningText.parse(scene.answer()).equation()));
            lessons.questions(random, 4).stream().filter(question -> question.prompt().equals("Read the equation."))
                .forEach(question -> assertMayBeShown(question.answer()));
        }
        for (int i = 0; i < 400; i++) {
            final Example line = writing.line(random);
            Equation.parse(line.answer().replaceAll("=.*", "")).ifPresent(equation -> assertMayBeShown(equation.text()));
        }
    }

    @Test
    void whatIsReadIsNotOnlyEquations() {
        final SplittableRandom random = new SplittableRandom(6);
        int impossible = 0;
        for (int i = 0; i < 1_000; i++) {
            final String text = ReadText.draw(random);
            assertTrue(text.matches("[-+×÷=0-9]{1,6}"), text);
            final boolean form = text.matches("\\d{1,2}[-+×÷]\\d{1,2}=?");
            impossible += form && Equation.parse(text.replace("=", "")).isEmpty() ? 1 : 0;
            Equation.parse(text.replace("=", "")).ifPresent(equation -> assertMayBeShown(equation.text()));
        }
        assertTrue(impossible > 100, impossible + " lines like 47÷38");
    }

    @Test
    void wordsTellOfAllEquations() {
        final SplittableRandom random = new SplittableRandom(1);
        final EnumSet<EquationSplit> splits = EnumSet.noneOf(EquationSplit.class);
        for (int i = 0; i < 2_000; i++) {
            final Example problem = words.arithmetic(random);
            assertTrue(problem.image().isEmpty());
            final String sum = switch (problem.prompt()) {
                case WordLessons.ANY_SUM -> problem.answer();
                case WordLessons.ANY_BOARD -> problem.answer().replaceAll("The board shows (.*)\\. \\1=(.*)\\.", "$1=$2");
                default -> problem.prompt() + problem.answer();
            };
            final Equation equation = Equation.of(sum.substring(0, sum.indexOf('=')));
            splits.add(EquationSplit.of(equation));
            assertEquals(equation.text() + "=" + equation.answer(), sum);
            final Example described = words.described(random);
            final ReasoningText said = ReasoningText.parse(described.answer());
            assertTrue(described.image().isEmpty());
            assertTrue(described.prompt().startsWith(said.equation() + ": "), described.prompt());
        }
        assertEquals(EnumSet.allOf(EquationSplit.class), splits);
    }

    @Test
    void questionsAreAnsweredByWhatIsThere() {
        final SplittableRandom random = new SplittableRandom(8);
        final Set<String> asked = new HashSet<>();
        final List<Integer> cards = List.of(4, 1, 7);
        final TrialSpec trial = new TrialSpec(Equation.of("2+5"), true, cards, WriterSplit.TRAINING, Surroundings.IN_DOMAIN, 3);
        for (int i = 0; i < 300; i++) {
            final SceneQuestion question = SceneQuestion.draw(
                trial, card -> new SceneQuestion.Box(0.1 * card, 0.5, 0.1 * card + 0.05, 0.6), random);
            asked.add(question.asked());
            final int digit = question.asked().chars().filter(Character::isDigit).map(c -> c - '0').findFirst().orElse(-1);
            if (question.asked().startsWith("Where")) {
                assertEquals(Place.values()[cards.indexOf(digit)].word() + ".", question.answer());
            } else if (question.asked().startsWith("Point")) {
                final int left = 100 * cards.indexOf(digit);
                assertEquals("(" + left + ",500),(" + (left + 50) + ",600)", question.answer());
            } else if (question.asked().equals("Which card is in the middle?")) {
                assertEquals("1.", question.answer());
            } else if (question.asked().equals(WritingLessons.SOLVE)) {
                assertEquals("2+5=7", question.answer());
            }
        }
        assertEquals(5 + 3 + 3 + 3, asked.size(), asked::toString);
    }

    @Test
    void theBoxOfACardIsWhereTheCardIsSeen() {
        final SceneState scene = new SceneState();
        TrialSpec.draw(Equation.of("2+5"), Split.IN_DOMAIN, 3).layOut(scene);
        final Eye eye = new Eye(new PictureLimits(784, 37_632));
        eye.look(scene, TrialSpec.draw(Equation.of("2+5"), Split.IN_DOMAIN, 3).appearance());
        for (int card = 0; card < 3; card++) {
            final SceneQuestion.Box box = eye.cardBox(scene, card);
            assertEquals(0.2 + 0.3 * card, (box.left() + box.right()) / 2, 0.15, "left to right: " + box);
            assertTrue(box.top() > 0.5 && box.bottom() < 1 && box.bottom() - box.top() > 0.08, box::toString);
        }
    }

    @Test
    void aLineIsSeenWhole() {
        final SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 20; i++) {
            final Example line = writing.line(random);
            assertEquals(WritingLessons.LINE_HEIGHT / 14, line.image().orElseThrow().gridRows());
            assertEquals(WritingLessons.LINE_WIDTH / 14, line.image().orElseThrow().gridColumns());
            final String seen = leftToRight(line.truth().orElseThrow().symbols()).replace("=", "");
            assertTrue(line.answer().replace("=", "").startsWith(seen), seen + " is told of " + line.answer());
        }
    }

    private static void assertMayBeShown(final String equation) {
        assertNotEquals(EquationSplit.UNSEEN, EquationSplit.of(Equation.of(equation)), equation);
    }

    @Test
    void theSameRandomNumbersGiveTheSameLesson() {
        final Example one = lessons.robots(new SplittableRandom(9), 1).getFirst();
        final Example other = lessons.robots(new SplittableRandom(9), 1).getFirst();
        assertEquals(one.answer(), other.answer());
        assertArrayEquals(one.image().orElseThrow().values(), other.image().orElseThrow().values());
        assertArrayEquals(one.motion().orElseThrow().actions(), other.motion().orElseThrow().actions());
    }

    @Test
    void aSceneFillsTheGridOfTheModelsPicture() {
        final Example scene = lessons.scenes(new SplittableRandom(2), 1).getFirst();
        assertEquals(12, scene.image().orElseThrow().gridRows());
        assertEquals(16, scene.image().orElseThrow().gridColumns());
    }

    @Test
    void aSceneTellsWhichSymbolIsSeenWhere() {
        final SplittableRandom random = new SplittableRandom(2);
        // Where nothing is hidden by an arm: the equation's symbols, three cards.
        Example scene = lessons.scenes(random, 1).getFirst();
        while (symbolCount(scene) < ReasoningText.parse(scene.answer()).equation().length() + 3) {
            scene = lessons.scenes(random, 1).getFirst();
        }
        final ReasoningText text = ReasoningText.parse(scene.answer());
        final List<String> rows = Arrays.stream(rows(scene.truth().orElseThrow().symbols(), 16)).filter(row -> !row.isBlank()).toList();
        assertEquals(text.equation(), rows.getFirst().replace(" ", "").replace("=", ""), "the equation stands in the topmost tokens");
        final String cards = text.cards().stream().filter(card -> card.place() != Place.BOARD)
            .map(card -> Integer.toString(card.digit())).collect(Collectors.joining());
        assertEquals(cards, rows.getLast().replace(" ", ""), "the cards lie in a row from left to right");
    }

    private static int symbolCount(final Example scene) {
        return (int) IntStream.of(scene.truth().orElseThrow().symbols()).filter(kind -> kind > 0 && kind != SymbolMap.kind('=')).count();
    }

    @Test
    void theArmsOfASceneDoNotTellWhatIsOnTheBoard() {
        final SplittableRandom random = new SplittableRandom(11);
        int hiding = 0;
        for (int i = 0; i < 60; i++) {
            final Example scene = lessons.scenes(random, 1).getFirst();
            final ReasoningText text = ReasoningText.parse(scene.answer());
            final boolean laid = text.cards().stream().anyMatch(card -> card.place() == Place.BOARD);
            hiding += laid && symbolCount(scene) < text.equation().length() + 3 ? 1 : 0;
        }
        assertTrue(hiding > 3, "an arm is in the way although a card lies on the board: " + hiding);
    }

    @Test
    void aRetoldDemonstrationPicksTheSameCardsForAnotherAnswer() {
        final DemonstrationSet set = new DemonstrationSet(List.of(episode), ROWS);
        final TrainingTrials trials = new TrainingTrials();
        final SplittableRandom random = new SplittableRandom(5);
        final EnumSet<Place> picked = EnumSet.noneOf(Place.class);
        final java.util.Set<String> equations = new java.util.HashSet<>();
        for (int i = 0; i < 200; i++) {
            final long seed = random.nextLong();
            final DemonstrationSet.Row shown = set.draw(new SplittableRandom(seed), 1).getFirst();
            final DemonstrationSet.Row retold =
                set.draw(new SplittableRandom(seed), 1, demonstrated -> trials.retold(demonstrated, new SplittableRandom(seed))).getFirst();
            final ReasoningText one = ReasoningText.parse(shown.reasoning());
            final ReasoningText other = ReasoningText.parse(retold.reasoning());
            assertMayBeShown(other.equation());
            assertEquals(Equation.of(other.equation()).answer(), other.answer());
            assertEquals(one.pickFrom(), other.pickFrom(), "the arms go for the card at the same place");
            assertEquals(one.done(), other.done());
            assertEquals(one.cards().stream().map(ReasoningText.Card::place).toList(), other.cards().stream().map(ReasoningText.Card::place).toList());
            assertEquals(3, retold.trial().cards().stream().distinct().count());
            equations.add(other.equation());
            if (other.pickFrom() != null) {
                picked.add(other.pickFrom());
            }
        }
        assertTrue(equations.size() > 50, equations.size() + " equations");
        assertEquals(2, picked.size());
    }

    @Test
    void laterMomentsOfAnEpisodeAreWithinTheAgeOfAReasoning() {
        final DemonstrationSet set = new DemonstrationSet(List.of(episode), ROWS);
        final SplittableRandom random = new SplittableRandom(12);
        long oldest = 0;
        for (int i = 0; i < 200; i++) {
            final List<DemonstrationSet.Row> rows = set.draw(random, 2);
            final long age = rows.get(1).scene().timeNanos - rows.get(0).scene().timeNanos;
            assertTrue(age >= 0 && age <= 75, "rows later: " + age);
            oldest = Math.max(oldest, age);
        }
        assertTrue(oldest > 60);
    }

    @Test
    void aHiddenSymbolIsNotTold() {
        final SplittableRandom random = new SplittableRandom(3);
        int fewest = Integer.MAX_VALUE;
        for (int i = 0; i < 60; i++) {
            final int[] symbols = lessons.robots(random, 1).getFirst().truth().orElseThrow().symbols();
            fewest = Math.min(fewest, (int) IntStream.of(symbols).filter(kind -> kind > 0).count());
        }
        assertTrue(fewest < 6, "while a card is picked its gripper hides the digit, but " + fewest + " symbols were seen at least");
    }

    @Test
    void aPageTellsWhatStandsOnIt() {
        final Example page = writing.page(new SplittableRandom(4));
        assertEquals(6, page.image().orElseThrow().gridRows());
        final int[] symbols = page.truth().orElseThrow().symbols();
        assertEquals(3 * 3 * SymbolMap.HALVES, symbols.length);
        assertTrue(IntStream.of(symbols).allMatch(kind -> kind >= 0 && kind < SymbolMap.KINDS));
        assertTrue(IntStream.of(symbols).anyMatch(kind -> kind > 0));
    }

    /** The symbols of a line, which may climb from one row of tokens to the next. */
    private static String leftToRight(final int[] kinds) {
        final int halves = WritingLessons.LINE_WIDTH / 28 * SymbolMap.HALVES;
        final String[] rows = rows(kinds, halves);
        return IntStream.range(0, halves).mapToObj(half -> Arrays.stream(rows).map(row -> row.substring(half, half + 1)).collect(joining()))
            .collect(joining()).replace(" ", "");
    }

    /** The symbols of each row of tokens. */
    private static String[] rows(final int[] kinds, final int halves) {
        final String[] rows = new String[kinds.length / halves];
        for (int row = 0; row < rows.length; row++) {
            final StringBuilder line = new StringBuilder();
            for (int i = 0; i < halves; i++) {
                final int kind = kinds[row * halves + i];
                line.append(kind == 0 ? ' ' : (Handwriting.SYMBOLS + '=').charAt(kind - 1));
            }
            rows[row] = line.toString();
        }
        return rows;
    }

    @Test
    void aChunkEndsWhereADisturbanceBegins() {
        final DemonstrationSet set = new DemonstrationSet(List.of(episode), ROWS);
        final SplittableRandom random = new SplittableRandom(5);
        boolean cut = false;
        for (int i = 0; i < 400; i++) {
            final float[] valid = set.draw(random, 1).getFirst().motion().valid();
            assertEquals(1, valid[0], "the first row always counts");
            for (int row = 1; row < ROWS; row++) {
                assertTrue(valid[row] <= valid[row - 1], "nothing counts after a disturbance began");
            }
            cut |= valid[ROWS - 1] == 0;
        }
        boolean disturbed = false;
        for (int row = 1; row < episode.rows(); row++) {
            disturbed |= episode.detours()[row] && !episode.detours()[row - 1];
        }
        assertEquals(disturbed, cut);
    }

    @Test
    void theReasoningFollowsTheCardsOntoTheBoard() {
        final DemonstrationSet set = new DemonstrationSet(List.of(episode), ROWS);
        final SplittableRandom random = new SplittableRandom(6);
        boolean first = false;
        boolean second = false;
        boolean done = false;
        for (int i = 0; i < 300; i++) {
            final ReasoningText text = ReasoningText.parse(set.draw(random, 1).getFirst().reasoning());
            first |= text.pick() == 1;
            second |= text.pick() == 0;
            done |= text.done();
        }
        assertTrue(first && second && done);
    }

    @Test
    void demonstrationsSurviveTheirFile() {
        final Path file = folder.resolve("episodes.bin.gz");
        DemonstrationFile.write(file, List.of(episode));
        final Demonstration read = DemonstrationFile.read(file, Demonstration::read).getFirst();
        assertEquals(episode.equation(), read.equation());
        assertEquals(episode.rows(), read.rows());
        for (int row = 0; row < episode.rows(); row += 17) {
            assertArrayEquals(episode.states()[row], read.states()[row]);
            assertArrayEquals(episode.actions()[row], read.actions()[row]);
            assertArrayEquals(episode.cards()[row], read.cards()[row]);
        }
        assertFalse(file.resolveSibling("episodes.bin.gz.part").toFile().exists());
    }
}
