package dev.continuo.simulation.task;

/** An operator of an equation. */
public enum Operator {
    /** Addition: the only one that demonstrations show. */
    PLUS('+'),
    /** Subtraction. */
    MINUS('-'),
    /** Multiplication. */
    TIMES('×'),
    /** Division without remainder. */
    DIVIDE('÷');

    private final char sign;

    Operator(final char sign) {
        this.sign = sign;
    }

    /** The character on the board and in reasoning text. */
    public char sign() {
        return sign;
    }

    /** Whether swapping the operands leaves the answer. */
    public boolean commutes() {
        return this == PLUS || this == TIMES;
    }

    /** The operator of a sign, or null. */
    public static Operator of(final char sign) {
        for (final Operator operator : values()) {
            if (operator.sign == sign) {
                return operator;
            }
        }
        return null;
    }
}
