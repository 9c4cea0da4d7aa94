package dev.continuo.policy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import dev.continuo.config.ProfileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The ranges of the training set, and with them the way between SI units and the values that the network sees
 * (chatvla2.md section 2.6): actions to [-1, 1] between their minimum less 1e-4 and their maximum plus 1e-4, states to mean 0 and
 * deviation 1, with a deviation of at least 1e-2. Immutable.
 *
 * <p>The file {@value #FILE} holds the plain statistics; margin and least deviation are applied in use.
 */
public final class NormalizationStatistics {

    /** The file's name in a model directory. */
    public static final String FILE = "norm_stats.json";

    private static final double MARGIN = 1e-4;
    private static final double LEAST_DEVIATION = 1e-2;

    private final double[] actionMinimum;
    private final double[] actionMaximum;
    private final double[] stateMean;
    private final double[] stateDeviation;

    /** Takes plain statistics in SI units. */
    public NormalizationStatistics(
        final double[] actionMinimum, final double[] actionMaximum, final double[] stateMean, final double[] stateDeviation) {
        this.actionMinimum = actionMinimum.clone();
        this.actionMaximum = actionMaximum.clone();
        this.stateMean = stateMean.clone();
        this.stateDeviation = stateDeviation.clone();
        if (actionMinimum.length == 0 || actionMinimum.length != actionMaximum.length) {
            throw new IllegalArgumentException(
                "action has " + actionMinimum.length + " minima and " + actionMaximum.length + " maxima");
        }
        if (stateMean.length == 0 || stateMean.length != stateDeviation.length) {
            throw new IllegalArgumentException("state has " + stateMean.length + " means and " + stateDeviation.length + " deviations");
        }
        for (int i = 0; i < actionMinimum.length; i++) {
            require(Double.isFinite(actionMinimum[i]) && Double.isFinite(actionMaximum[i]) && actionMinimum[i] <= actionMaximum[i],
                "action.min[" + i + "] .. action.max[" + i + "] is " + actionMinimum[i] + " .. " + actionMaximum[i]);
        }
        for (int i = 0; i < stateMean.length; i++) {
            require(Double.isFinite(stateMean[i]) && Double.isFinite(stateDeviation[i]) && stateDeviation[i] >= 0,
                "state.mean[" + i + "] is " + stateMean[i] + " and state.std[" + i + "] is " + stateDeviation[i]);
        }
    }

    private static void require(final boolean condition, final String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Statistics of rows of actions and states, each row in SI units. */
    public static NormalizationStatistics of(final Iterable<float[]> actions, final Iterable<float[]> states) {
        double[] minimum = {};
        double[] maximum = {};
        for (final float[] action : actions) {
            if (minimum.length == 0) {
                minimum = new double[action.length];
                maximum = new double[action.length];
                Arrays.fill(minimum, Double.POSITIVE_INFINITY);
                Arrays.fill(maximum, Double.NEGATIVE_INFINITY);
            }
            for (int i = 0; i < action.length; i++) {
                minimum[i] = Math.min(minimum[i], action[i]);
                maximum[i] = Math.max(maximum[i], action[i]);
            }
        }
        double[] mean = {};
        double[] squares = {};
        long count = 0;
        for (final float[] state : states) {
            if (mean.length == 0) {
                mean = new double[state.length];
                squares = new double[state.length];
            }
            count++;
            for (int i = 0; i < state.length; i++) {
                final double away = state[i] - mean[i];
                mean[i] += away / count;
                squares[i] += away * (state[i] - mean[i]);
            }
        }
        final long divisor = Math.max(1, count);
        return new NormalizationStatistics(minimum, maximum, mean, Arrays.stream(squares).map(s -> Math.sqrt(s / divisor)).toArray());
    }

    /** Reads {@value #FILE}; any flaw is told as one line of a {@link ProfileException}. */
    public static NormalizationStatistics load(final Path file) {
        try {
            final Config json = PolicyConfig.json(file);
            return new NormalizationStatistics(
                numbers(json, "action.min"), numbers(json, "action.max"), numbers(json, "state.mean"), numbers(json, "state.std"));
        } catch (final ConfigException | IllegalArgumentException e) {
            throw new ProfileException(file + ": " + PolicyConfig.oneLine(e), e);
        }
    }

    private static double[] numbers(final Config json, final String key) {
        return json.getDoubleList(key).stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Writes the file that {@link #load} reads. */
    public void save(final Path file) throws IOException {
        final Map<String, Object> json = Map.of(
            "action", Map.of("min", list(actionMinimum), "max", list(actionMaximum)),
            "state", Map.of("mean", list(stateMean), "std", list(stateDeviation)));
        Files.writeString(file, ConfigFactory.parseMap(json).root().render(ConfigRenderOptions.concise().setFormatted(true)));
    }

    private static List<Double> list(final double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    /** Values in an action row. */
    public int actionSize() {
        return actionMinimum.length;
    }

    /** Values in a state. */
    public int stateSize() {
        return stateMean.length;
    }

    /** Brings rows of actions from SI units to [-1, 1], in place. */
    public void normalizeActions(final float[] rows) {
        for (int i = 0; i < rows.length; i++) {
            final int axis = i % actionMinimum.length;
            rows[i] = (float) (2 * (rows[i] - low(axis)) / (high(axis) - low(axis)) - 1);
        }
    }

    /** Brings rows of actions from [-1, 1] to SI units, in place. */
    public void denormalizeActions(final float[] rows) {
        for (int i = 0; i < rows.length; i++) {
            final int axis = i % actionMinimum.length;
            rows[i] = (float) ((rows[i] + 1) / 2 * (high(axis) - low(axis)) + low(axis));
        }
    }

    /** Brings states from SI units to mean 0 and deviation 1, in place. */
    public void normalizeStates(final float[] states) {
        for (int i = 0; i < states.length; i++) {
            final int axis = i % stateMean.length;
            states[i] = (float) ((states[i] - stateMean[axis]) / Math.max(stateDeviation[axis], LEAST_DEVIATION));
        }
    }

    private double low(final int axis) {
        return actionMinimum[axis] - MARGIN;
    }

    private double high(final int axis) {
        return actionMaximum[axis] + MARGIN;
    }
}
