package dev.continuo.training.data;

import dev.continuo.simulation.handwriting.WriterSplit;
import dev.continuo.simulation.render.Surroundings;
import dev.continuo.simulation.scene.CellGeometry;
import dev.continuo.simulation.task.Equation;
import dev.continuo.simulation.task.EquationSplit;
import dev.continuo.simulation.task.Operator;
import dev.continuo.simulation.task.TrialSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Draws what training may show, and what it may only say. */
final class TrainingTrials {
    private static final double OTHER_THAN_DEMONSTRATED = 0.8;

    private final Map<Operator, List<Equation>> pictured = new EnumMap<>(Operator.class);
    private final Map<Operator, List<Equation>> all = new EnumMap<>(Operator.class);

    TrainingTrials() {
        for (final Operator operator : Operator.values()) {
            pictured.put(operator, EquationSplit.PICTURED.all(operator));
            all.put(operator, Arrays.stream(EquationSplit.values()).flatMap(split -> split.all(operator).stream()).toList());
        }
    }

    /** An equation that may be in a picture. */
    Equation shown(final RandomGenerator random) {
        return random.nextDouble() < OTHER_THAN_DEMONSTRATED
            ? any(pictured, random) : EquationSplit.DEMONSTRATIONS.get(random.nextInt(EquationSplit.DEMONSTRATIONS.size()));
    }

    /** Any equation: for words alone. */
    Equation said(final RandomGenerator random) {
        return any(all, random);
    }

    /** A trial of an equation with any cards, in training writers' hands and on a training table. */
    TrialSpec trial(final Equation equation, final RandomGenerator random) {
        final List<Integer> digits = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
        final List<Integer> cards = new ArrayList<>();
        for (final int digit : equation.answerDigits()) {
            cards.add(digit);
            digits.remove((Integer) digit);
        }
        final SplittableRandom own = new SplittableRandom(random.nextLong());
        while (cards.size() < CellGeometry.CARDS) {
            cards.add(digits.remove(own.nextInt(digits.size())));
        }
        Collections.shuffle(cards, new java.util.Random(own.nextLong()));
        return new TrialSpec(equation, own.nextBoolean(), cards, WriterSplit.TRAINING, Surroundings.IN_DOMAIN, own.nextLong());
    }

    /**
     * Another trial that is played with the same motions: of an equation whose answer has as many digits, each shown by the card of the row
     * that showed the demonstrated answer's.
     */
    TrialSpec retold(final TrialSpec demonstrated, final RandomGenerator random) {
        final int[] from = demonstrated.answerDigits();
        Equation equation = shown(random);
        while (equation.answerDigits().length != from.length) {
            equation = shown(random);
        }
        final TrialSpec any = trial(equation, random);
        final List<Integer> cards = new ArrayList<>(any.cards());
        for (int i = 0; i < from.length; i++) {
            Collections.swap(cards, cards.indexOf(equation.answerDigits()[i]), demonstrated.cardShowing(from[i]));
        }
        return new TrialSpec(equation, any.equalsShown(), cards, any.writers(), any.surroundings(), any.seed());
    }

    private static Equation any(final Map<Operator, List<Equation>> byOperator, final RandomGenerator random) {
        final List<Equation> equations = byOperator.get(Operator.values()[random.nextInt(Operator.values().length)]);
        return equations.get(random.nextInt(equations.size()));
    }
}
