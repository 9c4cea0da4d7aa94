package dev.continuo.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.policy.playback.PlannedRows;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Chunks of a process whose exact denoiser is known: smooth curves about one of two levels, which an observation does not decide between. The arm executes the committed rows of the playing chunk and then the new one.
 * An independent implementation in numpy of the same process, with the mask of the paper, gives, for 2, 4 and 6 committed rows, 10 times the roughness of its true curves to chunks that nothing guides, 1.1 to 1.3 times to guided ones and
 * 1.0 to 1.2 times to the best of four, of which 0.5, 0.92 to 1.0 and 0.98 to 1.0 stay at their level.
 */
class RealTimeChunkingTest {
    private static final int ROWS = 16;
    private static final int EXECUTED = 8;
    private static final int PLANNED = ROWS - EXECUTED;
    private static final int CHUNKS = 200;
    private static final double LEVEL = 0.5;
    private static final double DEVIATION = 0.2;
    private static final double LENGTH = 3;

    private final DdimSchedule schedule = new DdimSchedule(100, 10, Prediction.EPSILON);
    private final double[][] covariance = covariance();
    private final double[][] root = cholesky(covariance);
    private final double[][][] gains = new double[schedule.inferenceSteps()][][];
    private final double[][][] inverses = new double[schedule.inferenceSteps()][][];

    RealTimeChunkingTest() {
        for (int step = 0; step < gains.length; step++) {
            final double signal = schedule.signalScale(schedule.timestep(step));
            final double noise = schedule.noiseScale(schedule.timestep(step));
            final double[][] spread = new double[ROWS][ROWS];
            for (int i = 0; i < ROWS; i++) {
                for (int j = 0; j < ROWS; j++) {
                    spread[i][j] = signal * signal * covariance[i][j] + (i == j ? noise * noise : 0);
                }
            }
            inverses[step] = inverse(spread);
            gains[step] = product(covariance, inverses[step], signal);
        }
    }

    private static double[][] covariance() {
        final double[][] covariance = new double[ROWS][ROWS];
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < ROWS; j++) {
                covariance[i][j] = DEVIATION * DEVIATION * Math.exp(-(i - j) * (i - j) / (2 * LENGTH * LENGTH)) + (i == j ? 1e-6 : 0);
            }
        }
        return covariance;
    }

    /** The noise that is most likely in a noisy chunk, by Bayes: each level's part weighed by how well it explains the chunk. */
    private float[] predict(final float[] sample, final int step) {
        final double signal = schedule.signalScale(schedule.timestep(step));
        final double noise = schedule.noiseScale(schedule.timestep(step));
        final double[] logs = new double[2];
        final double[][] means = new double[2][ROWS];
        for (int side = 0; side < 2; side++) {
            final double level = side == 0 ? -LEVEL : LEVEL;
            final double[] off = new double[ROWS];
            for (int i = 0; i < ROWS; i++) {
                off[i] = sample[i] - signal * level;
            }
            for (int i = 0; i < ROWS; i++) {
                means[side][i] = level;
                for (int j = 0; j < ROWS; j++) {
                    means[side][i] += gains[step][i][j] * off[j];
                    logs[side] -= 0.5 * off[i] * inverses[step][i][j] * off[j];
                }
            }
        }
        final double share = 1 / (1 + Math.exp(logs[0] - logs[1]));
        final float[] predicted = new float[ROWS];
        for (int i = 0; i < ROWS; i++) {
            final double clean = (1 - share) * means[0][i] + share * means[1][i];
            predicted[i] = (float) ((sample[i] - signal * clean) / noise);
        }
        return predicted;
    }

    private float[] sample(final Random random, final Guide guide) {
        final float[] sample = new float[ROWS];
        for (int i = 0; i < ROWS; i++) {
            sample[i] = (float) random.nextGaussian();
        }
        for (int step = 0; step < schedule.inferenceSteps(); step++) {
            schedule.step(sample, predict(sample, step), step, guide);
        }
        return sample;
    }

    private float[] truth(final Random random) {
        final double level = random.nextBoolean() ? LEVEL : -LEVEL;
        final double[] white = random.doubles(ROWS).map(_ -> random.nextGaussian()).toArray();
        final float[] curve = new float[ROWS];
        for (int i = 0; i < ROWS; i++) {
            double value = level;
            for (int j = 0; j <= i; j++) {
                value += root[i][j] * white[j];
            }
            curve[i] = (float) value;
        }
        return curve;
    }

    private record Outcome(double roughness, double faithfulness) {
    }

    /** How rough the arm's way is at worst, on average, and how often it stays at the level that it was at. */
    private Outcome play(final int committed, final double strength, final int candidates) {
        final Random random = new Random(3);
        final NormalizationStatistics asIs = new NormalizationStatistics(new double[] {-1}, new double[] {1}, new double[] {0}, new double[] {1});
        final Guide guide = new Guide(ROWS, 1);
        final PlannedRows planned = new PlannedRows(ROWS, 1);
        double roughness = 0;
        int faithful = 0;
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            final float[] old = truth(random);
            System.arraycopy(old, EXECUTED, planned.values, 0, PLANNED);
            planned.rows = PLANNED;
            planned.committed = committed;
            guide.off();
            if (strength > 0) {
                guide.follow(planned, asIs, strength);
            }
            float[] best = sample(random, guide);
            for (int i = 1; i < candidates; i++) {
                final float[] other = sample(random, guide);
                best = guide.strangeness(other) < guide.strangeness(best) ? other : best;
            }
            System.arraycopy(planned.values, 0, best, 0, committed);
            roughness += roughness(best);
            faithful += Math.signum(best[PLANNED]) == Math.signum(old[EXECUTED]) ? 1 : 0;
        }
        return new Outcome(roughness / CHUNKS, (double) faithful / CHUNKS);
    }

    private static double roughness(final float[] rows) {
        double most = 0;
        for (int i = 1; i < rows.length - 1; i++) {
            most = Math.max(most, Math.abs(rows[i - 1] - 2 * rows[i] + rows[i + 1]));
        }
        return most;
    }

    @Test
    void aGuidedChunkContinuesWhatPlaysAndOneThatIsNotDoesNot() {
        final Random random = new Random(1);
        double natural = 0;
        for (int i = 0; i < CHUNKS; i++) {
            natural += roughness(truth(random)) / CHUNKS;
        }
        for (final int committed : new int[] {2, 4, 6}) {
            final Outcome alone = play(committed, 0, 1);
            final Outcome guided = play(committed, 5, 1);
            final Outcome chosen = play(committed, 5, 4);
            System.out.printf("d = %d: natural %.4f, alone %.4f %.2f, guided %.4f %.2f, of four %.4f %.2f%n", committed, natural, alone.roughness, alone.faithfulness,
                guided.roughness, guided.faithfulness, chosen.roughness, chosen.faithfulness);
            assertTrue(alone.roughness > 5 * natural, "alone");
            assertEquals(0.5, alone.faithfulness, 0.12, "a coin's toss");
            assertTrue(guided.roughness < 1.5 * natural, "guided");
            assertTrue(guided.faithfulness > 0.85, "guided");
            assertTrue(chosen.roughness < guided.roughness, "the best of four is smoother");
            assertTrue(chosen.faithfulness > 0.95, "and stays");
        }
    }

    @Test
    void theMaskFallsFromTheCommittedRowsToThoseThatNothingPlansWithoutACorner() {
        final double[] weights = new double[40];
        Arrays.setAll(weights, row -> Guide.weight(row, 10, 30));
        assertEquals(1, weights[9]);
        assertEquals(0.5, (weights[19] + weights[20]) / 2, 1e-12, "half way");
        assertEquals(0, weights[30]);
        for (int row = 1; row < 39; row++) {
            assertTrue(weights[row] <= weights[row - 1], "it only falls");
            assertTrue(Math.abs(weights[row + 1] - 2 * weights[row] + weights[row - 1]) < 0.02, "row " + row);
        }
    }

    @Test
    void theGainIsThatOfTheFlow() {
        final Guide guide = new Guide(1, 1);
        assertEquals(0, guide.gain(0.6, 0.8));
        final PlannedRows planned = new PlannedRows(1, 1);
        planned.rows = 1;
        guide.follow(planned, new NormalizationStatistics(new double[] {-1}, new double[] {1}, new double[] {0}, new double[] {1}), 5);
        final double time = 0.6 / 1.4;
        assertEquals((1 - time) * (time * time + (1 - time) * (1 - time)) / (time * (1 - time)), guide.gain(0.6, 0.8), 1e-12);
        assertEquals(5 * (1 - 0.1), guide.gain(0.1, 0.9), 1e-12, "bounded");
    }

    private static double[][] cholesky(final double[][] matrix) {
        final double[][] lower = new double[ROWS][ROWS];
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= lower[i][k] * lower[j][k];
                }
                lower[i][j] = i == j ? Math.sqrt(sum) : sum / lower[j][j];
            }
        }
        return lower;
    }

    private static double[][] inverse(final double[][] matrix) {
        final double[][] lower = cholesky(matrix);
        final double[][] inverse = new double[ROWS][ROWS];
        for (int column = 0; column < ROWS; column++) {
            final double[] x = new double[ROWS];
            for (int i = 0; i < ROWS; i++) {
                double sum = i == column ? 1 : 0;
                for (int k = 0; k < i; k++) {
                    sum -= lower[i][k] * x[k];
                }
                x[i] = sum / lower[i][i];
            }
            for (int i = ROWS - 1; i >= 0; i--) {
                for (int k = i + 1; k < ROWS; k++) {
                    x[i] -= lower[k][i] * x[k];
                }
                x[i] /= lower[i][i];
            }
            for (int i = 0; i < ROWS; i++) {
                inverse[i][column] = x[i];
            }
        }
        return inverse;
    }

    private static double[][] product(final double[][] one, final double[][] other, final double factor) {
        final double[][] product = new double[ROWS][ROWS];
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < ROWS; j++) {
                for (int k = 0; k < ROWS; k++) {
                    product[i][j] += factor * one[i][k] * other[k][j];
                }
            }
        }
        return product;
    }
}
