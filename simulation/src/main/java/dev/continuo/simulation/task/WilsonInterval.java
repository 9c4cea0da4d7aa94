package dev.continuo.simulation.task;

/**
 * Wilson's 95 % interval of a success rate: within 0 and 1 even for few trials.
 *
 * @param low  lower end
 * @param high upper end
 */
public record WilsonInterval(double low, double high) {
    private static final double Z = 1.959963984540054;

    /** The interval for a count of successes; 0 to 1 when there were no trials. */
    public static WilsonInterval of(final int successes, final int trials) {
        if (trials == 0) {
            return new WilsonInterval(0, 1);
        }
        final double rate = (double) successes / trials;
        final double scale = 1 / (1 + Z * Z / trials);
        final double centre = scale * (rate + Z * Z / (2 * trials));
        final double half = scale * Z * Math.sqrt(rate * (1 - rate) / trials + Z * Z / (4.0 * trials * trials));
        return new WilsonInterval(Math.max(0, centre - half), Math.min(1, centre + half));
    }
}
