package dev.continuo.hardware.safety;

import dev.continuo.config.AxisLimits;
import java.util.Random;

/**
 * Setpoints as a broken, badly trained or malicious policy might send them: smooth motions, jumps, noise, walks along the limits,
 * oscillation in step with the loop, and values that are no numbers. Changes its mind every few cycles.
 */
final class HostileSetpoints {
    private static final double[] NO_NUMBERS = {
        Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MAX_VALUE, -Double.MAX_VALUE, 1e300, -1e12, Double.MIN_VALUE};

    private final AxisLimits limits;
    private final Random random;
    private final double[] setpoint = new double[7];
    private final double[] goal = new double[7];
    private final double[] slope = new double[7];
    private int mood;
    private int remaining;
    private int cycle;

    HostileSetpoints(final AxisLimits limits, final Random random) {
        this.limits = limits;
        this.random = random;
    }

    double[] next(final double[] command) {
        if (remaining-- <= 0) {
            mood = random.nextInt(9);
            remaining = random.nextInt(80);
            for (int i = 0; i < 7; i++) {
                final double width = limits.maximum().at(i) - limits.minimum().at(i);
                goal[i] = random.nextInt(4) == 0 ? edge(i) : limits.minimum().at(i) + (1.4 * random.nextDouble() - 0.2) * width;
                slope[i] = limits.velocity().at(i) * 1.2 * random.nextGaussian() * 0.004;
            }
        }
        cycle++;
        for (int i = 0; i < 7; i++) {
            final double width = limits.maximum().at(i) - limits.minimum().at(i);
            setpoint[i] = switch (mood) {
                case 0 -> goal[i];
                case 1 -> command[i] + slope[i];
                case 2 -> command[i] + (cycle % 2 == 0 ? width : -width);
                case 3 -> command[i] + 1e-3 * random.nextGaussian();
                case 4 -> command[i] + 0.2 * (goal[i] - command[i]);
                case 5 -> limits.minimum().at(i) + random.nextDouble() * width;
                case 6 -> random.nextInt(20) == 0 ? NO_NUMBERS[random.nextInt(NO_NUMBERS.length)] : goal[i];
                case 7 -> (cycle / 10 % 2 == 0 ? 1 : -1) * 0.1 * width + command[i];
                default -> command[i];
            };
        }
        return mood == 6 && random.nextInt(30) == 0 ? new double[random.nextInt(7)] : setpoint;
    }

    private double edge(final int axis) {
        return random.nextBoolean() ? limits.minimum().at(axis) : limits.maximum().at(axis);
    }
}
