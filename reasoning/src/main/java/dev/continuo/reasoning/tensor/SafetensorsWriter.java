package dev.continuo.reasoning.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.continuo.config.ProfileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes safetensors files: tensors in the order of their names, aligned as the format asks, so equal weights give equal bytes.
 *
 * <p>The file appears under its name only when it is complete: a run that is killed while it saves leaves the file before it intact.
 */
public final class SafetensorsWriter {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();
    private static final int ALIGNMENT = 8;

    private SafetensorsWriter() {
    }

    /**
     * Writes arrays to a file.
     *
     * @param file     the file, replaced if it exists
     * @param arrays   single-precision or 64-bit integer arrays by name
     * @param floating how floating arrays are stored: {@link TensorType#F32}, {@link TensorType#F16} or {@link TensorType#BF16}
     * @param metadata free text for the header
     */
    public static void write(
        final Path file, final Map<String, NDArray> arrays, final TensorType floating, final Map<String, String> metadata) {
        if (floating == TensorType.I64) {
            throw new IllegalArgumentException("floating arrays cannot be stored as I64");
        }
        final SortedMap<String, NDArray> sorted = new TreeMap<>(arrays);
        final ByteBuffer header = header(sorted, floating, new TreeMap<>(metadata));
        final Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            if (null != file.toAbsolutePath().getParent()) {
                Files.createDirectories(file.toAbsolutePath().getParent());
            }
            try (FileChannel channel = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                writeFully(channel, header);
                for (final NDArray array : sorted.values()) {
                    writeFully(channel, elements(array, typeOf(array, floating)));
                }
                channel.force(true);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (final IOException failure) {
            throw new ProfileException(file + ": cannot be written: " + failure.getMessage(), failure);
        }
    }

    private static ByteBuffer header(
        final Map<String, NDArray> arrays, final TensorType floating, final Map<String, String> metadata) {
        final JsonObject json = new JsonObject();
        if (!metadata.isEmpty()) {
            json.add("__metadata__", GSON.toJsonTree(metadata));
        }
        long offset = 0;
        for (final Map.Entry<String, NDArray> named : arrays.entrySet()) {
            final TensorType type = typeOf(named.getValue(), floating);
            final long end = offset + named.getValue().size() * type.bytes();
            final JsonObject entry = new JsonObject();
            entry.addProperty("dtype", type.name());
            entry.add("shape", GSON.toJsonTree(named.getValue().getShape().getShape()));
            final JsonArray offsets = new JsonArray();
            offsets.add(offset);
            offsets.add(end);
            entry.add("data_offsets", offsets);
            json.add(named.getKey(), entry);
            offset = end;
        }
        final byte[] text = GSON.toJson(json).getBytes(StandardCharsets.UTF_8);
        final int padded = (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        final ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN).putLong(padded).put(text);
        while (buffer.hasRemaining()) {
            buffer.put((byte) ' ');
        }
        return buffer.flip();
    }

    private static TensorType typeOf(final NDArray array, final TensorType floating) {
        if (array.getDataType() == DataType.FLOAT32) {
            return floating;
        }
        if (array.getDataType() == DataType.INT64) {
            return TensorType.I64;
        }
        throw new IllegalArgumentException("arrays of type " + array.getDataType() + " are not written");
    }

    private static ByteBuffer elements(final NDArray array, final TensorType type) {
        final ByteBuffer bytes =
            ByteBuffer.allocate(Math.toIntExact(array.size() * type.bytes())).order(ByteOrder.LITTLE_ENDIAN);
        if (type == TensorType.I64) {
            bytes.asLongBuffer().put(array.toLongArray());
            return bytes;
        }
        final float[] values = array.toFloatArray();
        if (type == TensorType.F32) {
            bytes.asFloatBuffer().put(values);
            return bytes;
        }
        for (final float value : values) {
            bytes.putShort(type == TensorType.F16 ? Float.floatToFloat16(value) : TensorType.toBfloat16(value));
        }
        return bytes.flip();
    }

    private static void writeFully(final FileChannel channel, final ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
