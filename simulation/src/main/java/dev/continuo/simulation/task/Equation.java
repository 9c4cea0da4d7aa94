package dev.continuo.simulation.task;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An equation with a whole, non-negative answer, for example {@code 4+8}.
 *
 * @param left     the first operand, 0 to 99
 * @param operator the operator
 * @param right    the second operand, 0 to 99
 */
public record Equation(int left, Operator operator, int right) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,2})([-+×÷])(\\d{1,2})");

    /** Checks that the answer is whole and not negative. */
    public Equation {
        if (!comesOut(left, operator, right)) {
            throw new IllegalArgumentException(left + "" + operator.sign() + right + " has no whole, non-negative answer");
        }
    }

    /** The equation of a text like {@code 4+8}. */
    public static Equation of(final String text) {
        final Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not an equation: " + text);
        }
        return new Equation(left(matcher), operator(matcher), right(matcher));
    }

    /** The equation of a text, if it is one and has a whole, non-negative answer. */
    public static Optional<Equation> parse(final String text) {
        return Optional.of(FORM.matcher(text)).filter(Matcher::matches)
            .filter(matcher -> comesOut(left(matcher), operator(matcher), right(matcher)))
            .map(matcher -> new Equation(left(matcher), operator(matcher), right(matcher)));
    }

    private static boolean comesOut(final int left, final Operator operator, final int right) {
        return switch (operator) {
            case PLUS, TIMES -> true;
            case MINUS -> left >= right;
            case DIVIDE -> right != 0 && left % right == 0;
        };
    }

    private static int left(final Matcher form) {
        return Integer.parseInt(form.group(1));
    }

    private static Operator operator(final Matcher form) {
        return Operator.of(form.group(2).charAt(0));
    }

    private static int right(final Matcher form) {
        return Integer.parseInt(form.group(3));
    }

    /** The answer. */
    public int answer() {
        return switch (operator) {
            case PLUS -> left + right;
            case MINUS -> left - right;
            case TIMES -> left * right;
            case DIVIDE -> left / right;
        };
    }

    /** The text on the board, without an equals sign. */
    public String text() {
        return left + "" + operator.sign() + right;
    }

    /** The digits of the answer from left to right. */
    public int[] answerDigits() {
        return digits(answer());
    }

    /** The digits of a number from left to right. */
    static int[] digits(final int number) {
        return Integer.toString(number).chars().map(c -> c - '0').toArray();
    }

    /** Whether three cards, all different, can spell the answer: one digit, or two that differ. */
    public boolean spellable() {
        final int answer = answer();
        return answer >= 0 && answer < 10 || answer < 100 && answer / 10 != answer % 10;
    }

    /** The same for this and for the equation with swapped operands, where that has the same answer. */
    Equation canonical() {
        return operator.commutes() && left > right ? new Equation(right, operator, left) : this;
    }

    @Override
    public String toString() {
        return text();
    }
}
