package dev.continuo.policy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.continuo.reasoning.tensor.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the fixtures of {@code golden}; README.md there says how they are made. */
final class Golden {

    private Golden() {
    }

    /** The arrays of a fixture that are weights. */
    static Weights weights(final Map<String, NDArray> arrays) {
        final Weights weights = Weights.empty("w.safetensors", Device.cpu());
        arrays.forEach((name, array) -> {
            if (name.startsWith(ScaleDp.PREFIX) || name.matches("(input|reasoning)_action_proj.*")) {
                weights.put(name, array);
            }
        });
        return weights;
    }

    /** Statistics that change no value. */
    static NormalizationStatistics identity(final int action, final int state) {
        final double[] low = new double[action];
        final double[] high = new double[action];
        Arrays.fill(low, -1 + 1e-4);
        Arrays.fill(high, 1 - 1e-4);
        final double[] deviation = new double[state];
        Arrays.fill(deviation, 1);
        return new NormalizationStatistics(low, high, new double[state], deviation);
    }

    /** The actions of a fixture with its noise at its timesteps. */
    static NDArray noisy(final Map<String, NDArray> golden) {
        final float[] actions = golden.get("in.actions").toFloatArray();
        final float[] noise = golden.get("in.noise").toFloatArray();
        final int[] times = golden.get("in.timesteps").toIntArray();
        final DdimSchedule schedule = new DdimSchedule(100, 10, Prediction.EPSILON);
        final int size = actions.length / times.length;
        final float[] noisy = new float[actions.length];
        for (int i = 0; i < times.length; i++) {
            final float[] sample = Arrays.copyOfRange(actions, i * size, (i + 1) * size);
            schedule.addNoise(sample, Arrays.copyOfRange(noise, i * size, (i + 1) * size), times[i]);
            System.arraycopy(sample, 0, noisy, i * size, size);
        }
        return golden.get("in.actions").getManager().create(noisy, golden.get("in.actions").getShape());
    }

    static Map<String, NDArray> load(final NDManager manager, final String name) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name)) {
            final Map<String, NDArray> arrays = new LinkedHashMap<>();
            for (final NDArray array : NDList.decode(manager, in)) {
                arrays.put(array.getName(), array);
            }
            return arrays;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
