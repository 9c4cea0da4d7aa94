package dev.continuo.training.data;

import dev.continuo.simulation.task.Equation;
import dev.continuo.simulation.task.EquationSplit;
import dev.continuo.simulation.task.Operator;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * What may be written to be read and not solved: any symbols, and lines of an equation's form.
 *
 * <p>There are few equations, so who learns to read from them alone learns them by heart, and reads 33÷11 as the 30÷10 that it knows. Lines like
 * 47÷38 have to be looked at.
 */
final class ReadText {
    private static final String EQUALS = "=";
    private static final String SYMBOLS = "0123456789012345678901234567890123456789+-×÷=";
    private static final double ANY_SYMBOLS = 0.4;
    private static final int LONGEST = 6;
    private static final double TWO_DIGITS = 0.6;

    private ReadText() {
    }

    /** Something to be read, of at most six symbols. */
    static String draw(final RandomGenerator random) {
        return random.nextDouble() < ANY_SYMBOLS ? symbols(1, LONGEST, random) : shown(() -> form(random));
    }

    /** Any symbols, digits most of all. */
    static String symbols(final int shortest, final int longest, final RandomGenerator random) {
        return shown(() -> {
            final StringBuilder text = new StringBuilder();
            for (int left = random.nextInt(shortest, longest + 1); left > 0; left--) {
                text.append(SYMBOLS.charAt(random.nextInt(SYMBOLS.length())));
            }
            return text.toString();
        });
    }

    /** Two numbers of up to two digits with a sign between them, whether they come to anything or not. */
    private static String form(final RandomGenerator random) {
        return number(random) + "" + Operator.values()[random.nextInt(Operator.values().length)].sign() + number(random)
            + (random.nextBoolean() ? EQUALS : "");
    }

    private static int number(final RandomGenerator random) {
        return random.nextDouble() < TWO_DIGITS ? random.nextInt(10, 100) : random.nextInt(10);
    }

    /** The first text that is no equation which only evaluation shows. */
    private static String shown(final Supplier<String> texts) {
        return Stream.generate(texts).filter(text -> Equation.parse(text.replace(EQUALS, ""))
            .filter(equation -> EquationSplit.of(equation) == EquationSplit.UNSEEN).isEmpty()).findFirst().orElseThrow();
    }
}
