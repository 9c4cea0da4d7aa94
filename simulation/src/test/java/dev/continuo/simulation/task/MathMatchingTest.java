package dev.continuo.simulation.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.ProfileException;
import dev.continuo.simulation.handwriting.WriterSplit;
import dev.continuo.simulation.scene.CellGeometry;
import dev.continuo.simulation.scene.SceneState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MathMatchingTest {
    @Test
    void inDomainTrialsAreTheThirteenEquationsOfThePaper() {
        final List<String> equations = MathMatching.trials(Split.IN_DOMAIN, 1).stream().map(t -> t.equation().text()).toList();
        assertEquals(
            List.of("0+3", "1+0", "3+3", "4+1", "2+5", "5+4", "6+2", "4+8", "6+4", "7+7", "9+7", "14+7", "9+9"), equations);
    }

    @Test
    void openWorldTrialsAreThirteenOfEachOperatorAndAllDifferent() {
        final List<TrialSpec> trials = MathMatching.trials(Split.OPEN_WORLD, 1);
        assertEquals(52, trials.size());
        assertEquals(52, trials.stream().map(TrialSpec::equation).distinct().count());
        for (final Operator operator : Operator.values()) {
            assertEquals(13, trials.stream().filter(t -> t.equation().operator() == operator).count());
        }
        assertTrue(trials.stream().allMatch(t -> t.writers() == WriterSplit.HELD_OUT));
    }

    @Property(tries = 100)
    void openWorldEquationsAreNeverDemonstrated(@ForAll final long seed) {
        final Set<String> demonstrated = new HashSet<>();
        for (final Equation equation : EquationSplit.DEMONSTRATIONS) {
            demonstrated.add(equation.text());
            demonstrated.add(equation.right() + "+" + equation.left());
        }
        for (final TrialSpec trial : MathMatching.trials(Split.OPEN_WORLD, seed)) {
            assertTrue(!demonstrated.contains(trial.equation().text()), trial.equation().text());
            assertEquals(EquationSplit.UNSEEN, EquationSplit.of(trial.equation()));
        }
    }

    @Property(tries = 200)
    void demonstrationsShowOnlyDemonstratedEquations(@ForAll final long seed) {
        final TrialSpec trial = MathMatching.demonstration(seed);
        assertTrue(EquationSplit.DEMONSTRATIONS.contains(trial.equation()));
        assertEquals(WriterSplit.TRAINING, trial.writers());
    }

    @Test
    void everyEquationIsInOneSplitTogetherWithItsMirror() {
        for (final Operator operator : Operator.values()) {
            final Set<Equation> seen = new HashSet<>();
            for (final EquationSplit split : EquationSplit.values()) {
                for (final Equation equation : split.all(operator)) {
                    assertTrue(seen.add(equation), equation + " is in two splits");
                    if (operator.commutes()) {
                        assertEquals(split, EquationSplit.of(new Equation(equation.right(), operator, equation.left())));
                    }
                }
            }
        }
    }

    @Test
    void sameSeedGivesTheSameTrialsAndAnotherSeedOthers() {
        assertEquals(MathMatching.trials(Split.OPEN_WORLD, 7), MathMatching.trials(Split.OPEN_WORLD, 7));
        assertNotEquals(MathMatching.trials(Split.OPEN_WORLD, 7), MathMatching.trials(Split.OPEN_WORLD, 8));
    }

    @Test
    void chanceIsAThirdForOneCardAndASixthForTwo() {
        final TrialSpec one = TrialSpec.draw(Equation.of("0+3"), Split.IN_DOMAIN, 1);
        final TrialSpec two = TrialSpec.draw(Equation.of("4+8"), Split.IN_DOMAIN, 1);
        assertEquals(1 / 3.0, MathMatching.chance(List.of(one)), 1e-12);
        assertEquals(1 / 6.0, MathMatching.chance(List.of(two)), 1e-12);
        assertEquals((7 / 3.0 + 6 / 6.0) / 13, MathMatching.chance(MathMatching.trials(Split.IN_DOMAIN, 3)), 1e-12);
    }

    @Property(tries = 200)
    void cardsAreDifferentAndLieInTheirRow(@ForAll final long seed) {
        final TrialSpec trial = MathMatching.demonstration(seed);
        assertEquals(3, trial.cards().stream().distinct().count());
        final SceneState state = new SceneState();
        trial.layOut(state);
        for (int card = 0; card < CellGeometry.CARDS; card++) {
            assertEquals(CellGeometry.CARD_ROW_X, state.card(card, 0), 0.012);
            assertEquals(CellGeometry.cardRowY(card), state.card(card, 1), 0.012);
            assertTrue(!state.cardOverBoard(card));
        }
    }

    @Test
    void equationsWithoutAWholeAnswerAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Equation.of("7÷2"));
        assertThrows(IllegalArgumentException.class, () -> Equation.of("7÷0"));
        assertThrows(IllegalArgumentException.class, () -> Equation.of("3-8"));
        assertThrows(IllegalArgumentException.class, () -> new TrialSpec(
            Equation.of("4+8"), false, List.of(1, 3, 4), WriterSplit.TRAINING, Split.IN_DOMAIN.surroundings(), 1));
        assertThrows(ProfileException.class, () -> Split.of("outdoors"));
    }

    @Test
    void wilsonIntervalsAreThoseOfThePapersTable() {
        // 43 of 52, quoted as 70 to 91 %.
        assertEquals(0.703, WilsonInterval.of(43, 52).low(), 5e-3);
        assertEquals(0.906, WilsonInterval.of(43, 52).high(), 5e-3);
        assertEquals(0, WilsonInterval.of(0, 13).low(), 1e-12);
        assertEquals(new WilsonInterval(0, 1), WilsonInterval.of(0, 0));
    }
}
