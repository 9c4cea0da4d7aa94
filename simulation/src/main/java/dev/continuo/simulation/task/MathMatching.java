package dev.continuo.simulation.task;

import dev.continuo.simulation.scene.CellGeometry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The math-matching task: an equation stands on the board, three number cards lie before the robot, and the cards of the answer
 * belong into the answer slots, from left to right.
 */
public final class MathMatching {
    /** The task's name on the command line and in profiles. */
    public static final String NAME = "math-matching";
    /** The instruction of every trial. */
    public static final String INSTRUCTION = "Answer the question and pick the card with the correct answer.";
    /** Ways to ask for the same; the first is {@link #INSTRUCTION}. */
    public static final List<String> WORDINGS = List.of(INSTRUCTION, "Solve the equation and pick the right card.",
        "Read the board and put the answer on it.", "What is the answer? Pick the card with the number.",
        "Place the correct card on the board.", "Pick the card with the answer.");
    /** Open-world trials of each operator. */
    public static final int OPEN_WORLD_PER_OPERATOR = 13;
    /** Of these, how many have a one-digit answer: the share that the in-domain trials have. */
    private static final int OPEN_WORLD_ONE_CARD = 7;
    /** Demonstrated, but not among the in-domain trials. */
    private static final Equation NOT_TRIED = Equation.of("1+3");

    private MathMatching() {
    }

    /** The trials of a split for a seed: 13 in-domain or 52 open-world. */
    public static List<TrialSpec> trials(final Split split, final long seed) {
        return switch (split) {
            case IN_DOMAIN -> specs(EquationSplit.DEMONSTRATIONS.stream().filter(e -> !e.equals(NOT_TRIED)).toList(), split, seed);
            case OPEN_WORLD -> specs(openWorldEquations(seed), split, seed);
        };
    }

    /** A scene as demonstrations show it: any of the fourteen equations, any cards. */
    public static TrialSpec demonstration(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final Equation equation = EquationSplit.DEMONSTRATIONS.get(random.nextInt(EquationSplit.DEMONSTRATIONS.size()));
        return TrialSpec.draw(equation, Split.IN_DOMAIN, random.nextLong());
    }

    /**
     * The success rate of laying random cards: for each trial the chance that as many cards as the answer has digits, picked blindly
     * from the three and laid in the order of picking, spell it; the mean over the trials.
     */
    public static double chance(final List<TrialSpec> trials) {
        double sum = 0;
        for (final TrialSpec trial : trials) {
            double ways = 1;
            for (int digit = 0; digit < trial.answerDigits().length; digit++) {
                ways *= CellGeometry.CARDS - digit;
            }
            sum += 1 / ways;
        }
        return trials.isEmpty() ? 0 : sum / trials.size();
    }

    private static List<Equation> openWorldEquations(final long seed) {
        final List<Equation> equations = new ArrayList<>();
        for (final Operator operator : Operator.values()) {
            final List<Equation> all = new ArrayList<>(EquationSplit.UNSEEN.all(operator));
            Collections.shuffle(all, new Random(seed * 31 + operator.ordinal()));
            pick(all, true, OPEN_WORLD_ONE_CARD, equations);
            pick(all, false, OPEN_WORLD_PER_OPERATOR - OPEN_WORLD_ONE_CARD, equations);
        }
        return equations;
    }

    /** Takes the first equations with answers of one or of two digits, none together with its mirror. */
    private static void pick(final List<Equation> from, final boolean oneDigit, final int count, final List<Equation> to) {
        final Set<Equation> forms = new HashSet<>();
        from.stream().filter(e -> e.answer() < 10 == oneDigit && forms.add(e.canonical())).limit(count).forEach(to::add);
    }

    private static List<TrialSpec> specs(final List<Equation> equations, final Split split, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        return equations.stream().map(equation -> TrialSpec.draw(equation, split, random.nextLong())).toList();
    }
}
