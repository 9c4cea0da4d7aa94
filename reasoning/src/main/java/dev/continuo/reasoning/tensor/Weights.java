package dev.continuo.reasoning.tensor;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.continuo.config.ProfileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Named arrays on one device: the parameters of a network.
 *
 * <p>Filling, training and closing are for one thread; any number of threads may read while nobody does these. The arrays live until
 * {@link #close()}: callers never close one, and compute with an array of their own as the first operand, so that results do not pile up here.
 */
public final class Weights implements AutoCloseable {
    private final String source;
    private final NDManager manager;
    private final Map<String, NDArray> arrays = new TreeMap<>();

    private Weights(final String source, final NDManager manager) {
        this.source = source;
        this.manager = manager;
    }

    /** No arrays yet; {@code source} is what error messages name, a file as a rule. */
    public static Weights empty(final String source, final Device device) {
        return new Weights(source, Backend.newManager(device));
    }

    /** Reads a safetensors file, or the folder of one ({@code model.safetensors}, or the shards of its index). */
    public static Weights load(final Path fileOrFolder, final Device device) {
        return load(fileOrFolder, device, UnaryOperator.identity());
    }

    /** Reads a safetensors file or folder, with each name translated. */
    public static Weights load(final Path fileOrFolder, final Device device, final UnaryOperator<String> rename) {
        final Path single = Files.isDirectory(fileOrFolder) ? fileOrFolder.resolve("model.safetensors") : fileOrFolder;
        final Path index = fileOrFolder.resolve("model.safetensors.index.json");
        final Weights weights = empty(single.toString(), device);
        try {
            if (Files.isRegularFile(single) || !Files.isRegularFile(index)) {
                weights.readFile(single, null, rename);
            } else {
                weights.readShards(index, rename);
            }
            return weights;
        } catch (final RuntimeException failure) {
            weights.close();
            throw failure;
        }
    }

    /** The array of that name and shape; otherwise a {@link ProfileException} that names the file, the tensor and both shapes. */
    public NDArray get(final String name, final long... shape) {
        final NDArray array = get(name);
        if (!array.getShape().equals(new Shape(shape))) {
            throw new ProfileException(
                source + ": tensor " + name + " has shape " + array.getShape() + ", expected " + new Shape(shape));
        }
        return array;
    }

    /** The array of that name, of whatever shape. */
    public NDArray get(final String name) {
        final NDArray array = arrays.get(name);
        if (null == array) {
            throw new ProfileException(source + ": tensor " + name + " is missing");
        }
        return array;
    }

    /** Whether there is an array of that name. */
    public boolean contains(final String name) {
        return arrays.containsKey(name);
    }

    /** All names, sorted. */
    public Set<String> names() {
        return Collections.unmodifiableSet(arrays.keySet());
    }

    /** All arrays by name: the very arrays, for an optimiser to update in place. */
    public Map<String, NDArray> arrays() {
        return Collections.unmodifiableMap(arrays);
    }

    /** Takes over an array under a name, in place of what was there. */
    public void put(final String name, final NDArray array) {
        array.attach(manager);
        final NDArray before = arrays.put(name, array);
        if (null != before && before != array) {
            before.close();
        }
    }

    /** Adds an array of normally distributed values that depend on the seed and the name alone. */
    public void putNormal(final String name, final double standardDeviation, final long seed, final long... shape) {
        final Random random = new Random(seed * 0x9E3779B97F4A7C15L + name.hashCode());
        final float[] values = new float[Math.toIntExact(new Shape(shape).size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * standardDeviation);
        }
        try (NDArray borrowed = manager.create(values, new Shape(shape))) {
            put(name, borrowed.duplicate());
        }
    }

    /** Adds an array of one value. */
    public void putConstant(final String name, final float value, final long... shape) {
        put(name, manager.full(new Shape(shape), value, DataType.FLOAT32));
    }

    /** Takes an array out; the caller owns it from now on. */
    public NDArray remove(final String name) {
        final NDArray array = get(name);
        arrays.remove(name);
        return array;
    }

    /** Makes every array a leaf of the autograd graph, or none. */
    public void requireGradients(final boolean required) {
        arrays.values().forEach(array -> array.setRequiresGradient(required));
    }

    /** Refuses weights with a NaN or an infinity in them. */
    public void requireFinite() {
        try (NDManager scope = manager.newSubManager()) {
            arrays.forEach((name, array) -> {
                final NDArray sum = array.sum();
                sum.attach(scope);
                // A finite sum proves finite elements; an infinite one may also be an overflow, so look closer then.
                if (array.getDataType() == DataType.FLOAT32 && !Float.isFinite(sum.getFloat())) {
                    for (final float value : array.toFloatArray()) {
                        if (!Float.isFinite(value)) {
                            throw new ProfileException(source + ": tensor " + name + " holds the value " + value);
                        }
                    }
                }
            });
        }
    }

    /** How many numbers there are in all arrays. */
    public long parameterCount() {
        return arrays.values().stream().mapToLong(NDArray::size).sum();
    }

    /** Writes all arrays to a safetensors file. */
    public void save(final Path file, final TensorType floating, final Map<String, String> metadata) {
        SafetensorsWriter.write(file, arrays, floating, metadata);
    }

    /** What error messages name. */
    public String source() {
        return source;
    }

    /** Where the arrays are. */
    public Device device() {
        return manager.getDevice();
    }

    /** A manager of a caller's own, on the same device; the caller closes it. */
    public NDManager newScope() {
        return manager.newSubManager();
    }

    @Override
    public void close() {
        arrays.clear();
        manager.close();
    }

    private void readFile(final Path file, final Set<String> wanted, final UnaryOperator<String> rename) {
        try (Safetensors tensors = Safetensors.open(file)) {
            for (final String name : tensors.names()) {
                if (null == wanted || wanted.contains(name)) {
                    put(rename.apply(name), tensors.read(name, manager));
                }
            }
            if (null != wanted) {
                wanted.forEach(tensors::entry);
            }
        }
    }

    private void readShards(final Path index, final UnaryOperator<String> rename) {
        final Map<String, Set<String>> shards = new TreeMap<>();
        try {
            final JsonObject map = JsonParser.parseString(Files.readString(index)).getAsJsonObject().getAsJsonObject("weight_map");
            for (final Map.Entry<String, JsonElement> entry : map.entrySet()) {
                shards.computeIfAbsent(entry.getValue().getAsString(), shard -> new TreeSet<>()).add(entry.getKey());
            }
        } catch (final IOException | JsonParseException | IllegalStateException | NullPointerException failure) {
            throw new ProfileException(index + ": the index of weight files cannot be read: " + failure.getMessage(), failure);
        }
        shards.forEach((shard, names) -> readFile(index.resolveSibling(shard), names, rename));
    }
}
