package dev.continuo.supervision.report;

/**
 * The Wilson score interval of a proportion, 95 %.
 *
 * @param low  lower end, 0 to 1
 * @param high upper end, 0 to 1
 */
record Wilson(double low, double high) {
    private static final double Z = 1.959963984540054;

    /** The interval for {@code successes} of {@code trials}; everything from 0 to 1 without trials. */
    static Wilson of(final int successes, final int trials) {
        if (trials == 0) {
            return new Wilson(0, 1);
        }
        final double n = trials;
        final double p = successes / n;
        final double centre = (p + Z * Z / (2 * n)) / (1 + Z * Z / n);
        final double half = Z * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n);
        return new Wilson(Math.max(0, centre - half), Math.min(1, centre + half));
    }
}
