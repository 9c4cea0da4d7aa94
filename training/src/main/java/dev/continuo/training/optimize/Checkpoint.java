package dev.continuo.training.optimize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.continuo.config.ProfileException;
import dev.continuo.reasoning.tensor.GradientMode;
import dev.continuo.reasoning.tensor.Safetensors;
import dev.continuo.reasoning.tensor.SafetensorsWriter;
import dev.continuo.reasoning.tensor.TensorType;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A training run as it stands between two steps, in one safetensors file: all parameters, both moments of the optimiser, averages, the
 * step, and whatever numbers else the run goes on from (seeds, places in the data). A run that is resumed from it takes the same steps,
 * bit for bit, as one that was never stopped.
 *
 * <p>The file is written beside its name and moved there when it is whole, so a crash while saving costs nothing but the save.
 *
 * @param step    steps done
 * @param numbers the run's own numbers by name
 */
public record Checkpoint(long step, Map<String, Long> numbers) {

    private static final String STEP = "step";
    private static final String OPTIMIZER_STEPS = "optimizer_steps";
    private static final String NUMBER = "number.";

    /** Copies the map. */
    public Checkpoint {
        numbers = Map.copyOf(numbers);
    }

    /** Writes this checkpoint with the state of a run. */
    public void save(final Path file, final AdamW optimizer, final List<ExponentialMovingAverage> averages) {
        final Map<String, String> metadata = new TreeMap<>();
        metadata.put(STEP, Long.toString(step));
        metadata.put(OPTIMIZER_STEPS, Long.toString(optimizer.steps()));
        numbers.forEach((name, value) -> metadata.put(NUMBER + name, Long.toString(value)));
        SafetensorsWriter.write(file, state(optimizer, averages), TensorType.F32, metadata);
    }

    /**
     * Reads a checkpoint into an optimiser and averages made just as those that were saved.
     *
     * @throws ProfileException when the file is missing, damaged, or of another run
     */
    public static Checkpoint load(final Path file, final AdamW optimizer, final List<ExponentialMovingAverage> averages) {
        final Map<String, NDArray> state = state(optimizer, averages);
        try (GradientMode _ = GradientMode.off(); Safetensors saved = Safetensors.open(file)) {
            requireSameRun(file, saved, state);
            final Map<String, Long> numbers = new TreeMap<>();
            saved.metadata().forEach((name, _) -> {
                if (name.startsWith(NUMBER)) {
                    numbers.put(name.substring(NUMBER.length()), number(file, saved, name));
                }
            });
            final long step = number(file, saved, STEP);
            final long optimizerSteps = number(file, saved, OPTIMIZER_STEPS);
            state.forEach((name, array) -> {
                try (NDManager scope = array.getManager().newSubManager()) {
                    array.set(new NDIndex("..."), saved.read(name, scope));
                }
            });
            optimizer.resumeAt(optimizerSteps);
            return new Checkpoint(step, numbers);
        }
    }

    private static void requireSameRun(final Path file, final Safetensors saved, final Map<String, NDArray> state) {
        for (final Map.Entry<String, NDArray> entry : state.entrySet()) {
            final Safetensors.Entry found = saved.entry(entry.getKey());
            if (found.type() != TensorType.F32 || !found.shape().equals(entry.getValue().getShape())) {
                throw new ProfileException(file + ": tensor " + entry.getKey() + " is " + found.type() + " " + found.shape()
                    + ", expected F32 " + entry.getValue().getShape());
            }
        }
        for (final String name : saved.names()) {
            if (!state.containsKey(name)) {
                throw new ProfileException(file + ": tensor " + name + " belongs to another run");
            }
        }
    }

    private static long number(final Path file, final Safetensors saved, final String name) {
        try {
            return Long.parseLong(saved.metadata().get(name));
        } catch (final NumberFormatException failure) {
            throw new ProfileException(file + ": is no checkpoint: " + name + " is " + saved.metadata().get(name), failure);
        }
    }

    private static Map<String, NDArray> state(final AdamW optimizer, final List<ExponentialMovingAverage> averages) {
        final Map<String, NDArray> state = new LinkedHashMap<>(optimizer.state());
        for (final ExponentialMovingAverage average : averages) {
            average.averages().arrays().forEach((name, array) -> {
                if (state.put("average/" + average.prefix() + name, array) != null) {
                    throw new IllegalArgumentException("parameter " + average.prefix() + name + " has two averages");
                }
            });
        }
        return state;
    }
}
