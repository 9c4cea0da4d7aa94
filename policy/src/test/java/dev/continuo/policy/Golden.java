package dev.continuo.policy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.continuo.reasoning.tensor.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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
