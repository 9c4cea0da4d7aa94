package dev.continuo.simulation.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which equations may be shown where. Every equation, together with the one of swapped operands, belongs to exactly one split, by
 * construction: what is demonstrated is a fixed list, and of the rest a fixed half, by a hash, is never shown before evaluation.
 *
 * <p>This is about pictures and demonstrations. What sums come to is learnt from words, for all equations, as a language model has
 * learnt it from its text long before it sees a board.
 */
public enum EquationSplit {
    /** Robot demonstrations; the in-domain trials show these too. */
    DEMONSTRATED,
    /** In pictures of the image-text training data, never on the board of a demonstration or an open-world trial. */
    PICTURED,
    /** In no picture and no demonstration that anything is trained on: open-world trials show these. */
    UNSEEN;

    /** The fourteen equations of the demonstrations. */
    public static final List<Equation> DEMONSTRATIONS = equations(
        "0+3", "1+0", "3+3", "4+1", "2+5", "5+4", "6+2", "1+3", "4+8", "6+4", "7+7", "9+7", "14+7", "9+9");
    private static final Set<Equation> DEMONSTRATED_FORMS =
        DEMONSTRATIONS.stream().map(Equation::canonical).collect(Collectors.toUnmodifiableSet());
    private static final int UNSEEN_OF = 2;
    private static final int MAX_TERM = 20;
    private static final int MAX_MINUEND = 30;
    private static final int MAX_FACTOR = 12;

    /** The split that an equation belongs to. */
    public static EquationSplit of(final Equation equation) {
        final Equation form = equation.canonical();
        if (DEMONSTRATED_FORMS.contains(form)) {
            return DEMONSTRATED;
        }
        return Math.floorMod(hash(form), UNSEEN_OF) == 0 ? UNSEEN : PICTURED;
    }

    /**
     * All equations of this split with an operator, at the size that children learn: sums of numbers to 20, differences of numbers to
     * 30 less numbers to 20, products of numbers to 12, and their inverses; with answers that cards can spell.
     */
    public List<Equation> all(final Operator operator) {
        final List<Equation> all = new ArrayList<>();
        for (int left = 0; left <= 99; left++) {
            for (int right = 0; right <= MAX_TERM; right++) {
                if (withinReach(left, operator, right)) {
                    final Equation equation = new Equation(left, operator, right);
                    if (equation.spellable() && of(equation) == this) {
                        all.add(equation);
                    }
                }
            }
        }
        return all;
    }

    private static boolean withinReach(final int left, final Operator operator, final int right) {
        return switch (operator) {
            case PLUS -> left <= MAX_TERM;
            case MINUS -> left <= MAX_MINUEND && left >= right;
            case TIMES -> left <= MAX_FACTOR && right <= MAX_FACTOR;
            case DIVIDE -> right > 0 && right <= MAX_FACTOR && left % right == 0 && left / right <= MAX_FACTOR;
        };
    }

    private static int hash(final Equation equation) {
        int h = equation.left() * 0x9e3779b1 ^ equation.right() * 0x85ebca77 ^ (equation.operator().ordinal() + 1) * 0xc2b2ae3d;
        h = (h ^ h >>> 15) * 0x2c1b3c6d;
        return (h ^ h >>> 12) & 0x7fffffff;
    }

    private static List<Equation> equations(final String... texts) {
        return List.of(texts).stream().map(Equation::of).toList();
    }
}
