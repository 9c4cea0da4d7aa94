package dev.continuo.reasoning.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.continuo.config.ProfileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A safetensors file open for reading: eight bytes of header length, a JSON header, and the raw little-endian elements.
 *
 * <p>The header is checked as a whole before any tensor is read, so that a damaged file is refused with one line that names the file and the
 * tensor, and never becomes a model that is silently wrong. For one thread.
 */
public final class Safetensors implements AutoCloseable {
    private static final long HEADER_BYTES_MAX = 100_000_000L;

    /**
     * Where a tensor lies.
     *
     * @param type  element type
     * @param shape lengths of the axes
     * @param begin first byte, counted from the end of the header
     * @param end   byte after the last
     */
    public record Entry(TensorType type, Shape shape, long begin, long end) {
    }

    private final Path file;
    private final FileChannel channel;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private long dataStart;

    private Safetensors(final Path file, final FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Opens a file and checks its header; a file that is missing, truncated or inconsistent is a {@link ProfileException}. */
    public static Safetensors open(final Path file) {
        if (!Files.isRegularFile(file)) {
            throw new ProfileException(file + ": weights are missing: no such file");
        }
        try {
            final Safetensors opened = new Safetensors(file, FileChannel.open(file, StandardOpenOption.READ));
            try {
                opened.readHeader();
                return opened;
            } catch (final IOException | RuntimeException failure) {
                opened.channel.close();
                throw failure;
            }
        } catch (final IOException failure) {
            throw new ProfileException(file + ": cannot be read: " + failure.getMessage(), failure);
        }
    }

    /** Names of all tensors, in the order of the header. */
    public Set<String> names() {
        return entries.keySet();
    }

    /** Free text that the writer left, such as {@code format -> pt}. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** Type, shape and place of a tensor; a name that the file does not hold is a {@link ProfileException}. */
    public Entry entry(final String name) {
        final Entry entry = entries.get(name);
        if (null == entry) {
            throw new ProfileException(file + ": tensor " + name + " is missing");
        }
        return entry;
    }

    /** Reads a tensor to the manager's device: floating types as single precision, I64 as 64-bit integers. */
    public NDArray read(final String name, final NDManager manager) {
        final Entry entry = entry(name);
        final ByteBuffer bytes = bytes(name, entry);
        // The engine may keep pointing into the Java buffer that an array was created from; the copy is aligned and its own.
        try (NDArray borrowed = entry.type() == TensorType.I64
            ? manager.create(integers(bytes), entry.shape()) : manager.create(floats(entry.type(), bytes), entry.shape())) {
            return borrowed.duplicate();
        }
    }

    /** Reads a floating tensor as singles in row-major order. */
    public float[] readFloats(final String name) {
        final Entry entry = entry(name);
        if (entry.type() == TensorType.I64) {
            throw new ProfileException(file + ": tensor " + name + " has type I64, a floating type was expected");
        }
        return floats(entry.type(), bytes(name, entry));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException failure) {
            throw new ProfileException(file + ": cannot be closed: " + failure.getMessage(), failure);
        }
    }

    private void readHeader() throws IOException {
        final long size = channel.size();
        if (size < Long.BYTES) {
            throw new ProfileException(file + ": truncated: " + size + " bytes are no safetensors file");
        }
        final long headerBytes = fill(ByteBuffer.allocate(Long.BYTES), 0).getLong();
        if (headerBytes < 2 || headerBytes > HEADER_BYTES_MAX) {
            throw new ProfileException(file + ": not a safetensors file: header length " + headerBytes);
        }
        dataStart = Long.BYTES + headerBytes;
        if (dataStart > size) {
            throw new ProfileException(file + ": truncated: the header ends at byte " + dataStart + ", the file at " + size);
        }
        final ByteBuffer header = fill(ByteBuffer.allocate((int) headerBytes), Long.BYTES);
        try {
            parse(JsonParser.parseString(new String(header.array(), StandardCharsets.UTF_8)).getAsJsonObject());
        } catch (final JsonParseException | IllegalStateException | UnsupportedOperationException | NumberFormatException failure) {
            throw new ProfileException(file + ": the safetensors header is not valid: " + firstLine(failure), failure);
        } catch (final ClassCastException failure) {
            throw new ProfileException(file + ": the safetensors header is not valid: an object, a list or a value stands where another of them must", failure);
        }
        checkLayout(size - dataStart);
    }

    private void parse(final JsonObject header) {
        for (final Map.Entry<String, JsonElement> field : header.entrySet()) {
            if (field.getKey().equals("__metadata__")) {
                field.getValue().getAsJsonObject().entrySet().forEach(e -> metadata.put(e.getKey(), e.getValue().getAsString()));
            } else {
                entries.put(field.getKey(), parseEntry(field.getKey(), field.getValue().getAsJsonObject()));
            }
        }
    }

    private Entry parseEntry(final String name, final JsonObject json) {
        if (!json.has("dtype") || !json.has("shape") || !json.has("data_offsets")
            || json.getAsJsonArray("data_offsets").size() != 2) {
            throw new ProfileException(file + ": tensor " + name + " lacks dtype, shape or data_offsets");
        }
        final String dtype = json.get("dtype").getAsString();
        final TensorType type = Arrays.stream(TensorType.values()).filter(t -> t.name().equals(dtype)).findFirst().orElseThrow(
            () -> new ProfileException(file + ": tensor " + name + " has type " + dtype + ", only F32, F16, BF16 and I64 are read"));
        final long[] lengths = json.getAsJsonArray("shape").asList().stream().mapToLong(JsonElement::getAsLong).toArray();
        final long begin = json.getAsJsonArray("data_offsets").get(0).getAsLong();
        final long end = json.getAsJsonArray("data_offsets").get(1).getAsLong();
        long expected = type.bytes();
        for (final long length : lengths) {
            if (length < 0 || length > Integer.MAX_VALUE || expected > Long.MAX_VALUE / Math.max(length, 1)) {
                throw new ProfileException(file + ": tensor " + name + " has an impossible shape " + Arrays.toString(lengths));
            }
            expected *= length;
        }
        if (begin < 0 || end - begin != expected) {
            throw new ProfileException(file + ": tensor " + name + " of shape " + Arrays.toString(lengths) + " needs " + expected
                + " bytes, its offsets " + begin + " to " + end + " do not hold them");
        }
        return new Entry(type, new Shape(lengths), begin, end);
    }

    /** Tensors must follow each other without holes or overlaps and end where the file ends. */
    private void checkLayout(final long dataBytes) {
        final List<Map.Entry<String, Entry>> byPlace = new ArrayList<>(entries.entrySet());
        byPlace.sort(Comparator.<Map.Entry<String, Entry>>comparingLong(e -> e.getValue().begin()).thenComparingLong(e -> e.getValue().end()));
        long expectedBegin = 0;
        String before = "";
        for (final Map.Entry<String, Entry> next : byPlace) {
            final Entry entry = next.getValue();
            if (entry.begin() < expectedBegin) {
                throw new ProfileException(file + ": tensor " + next.getKey() + " overlaps tensor " + before);
            }
            if (entry.begin() > expectedBegin) {
                throw new ProfileException(file + ": a hole of " + (entry.begin() - expectedBegin) + " bytes before tensor " + next.getKey());
            }
            if (entry.end() > dataBytes) {
                throw new ProfileException(file + ": truncated: tensor " + next.getKey() + " ends at byte " + (dataStart + entry.end())
                    + ", the file at " + (dataStart + dataBytes));
            }
            expectedBegin = entry.end();
            before = next.getKey();
        }
        if (expectedBegin != dataBytes) {
            throw new ProfileException(file + ": " + (dataBytes - expectedBegin) + " bytes follow the last tensor");
        }
    }

    private ByteBuffer bytes(final String name, final Entry entry) {
        final long length = entry.end() - entry.begin();
        if (length > Integer.MAX_VALUE - 8) {
            throw new ProfileException(file + ": tensor " + name + " holds " + length + " bytes, more than one array can");
        }
        try {
            return fill(ByteBuffer.allocate((int) length), dataStart + entry.begin());
        } catch (final IOException failure) {
            throw new ProfileException(file + ": tensor " + name + " cannot be read: " + failure.getMessage(), failure);
        }
    }

    private ByteBuffer fill(final ByteBuffer buffer, final long position) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new IOException("the file ends early");
            }
        }
        return buffer.flip().order(ByteOrder.LITTLE_ENDIAN);
    }

    private static float[] floats(final TensorType type, final ByteBuffer bytes) {
        final float[] values = new float[bytes.remaining() / type.bytes()];
        switch (type) {
            case F32 -> bytes.asFloatBuffer().get(values);
            case F16 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = Float.float16ToFloat(bytes.getShort());
                }
            }
            case BF16 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = TensorType.fromBfloat16(bytes.getShort());
                }
            }
            case I64 -> throw new IllegalArgumentException("I64 holds no floats");
        }
        return values;
    }

    private static long[] integers(final ByteBuffer bytes) {
        final long[] values = new long[bytes.remaining() / Long.BYTES];
        bytes.asLongBuffer().get(values);
        return values;
    }

    private static String firstLine(final Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}
