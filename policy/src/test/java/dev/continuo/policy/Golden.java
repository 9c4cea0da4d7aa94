package dev.continuo.policy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the fixtures of {@code golden}; README.md there says how they are made. */
final class Golden {

    private Golden() {
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
