package dev.continuo.reasoning.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.continuo.config.ProfileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SafetensorsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(value = TensorType.class, names = {"F32", "F16", "BF16"})
    void whatIsWrittenIsReadBack(final TensorType type) {
        final Path file = folder.resolve("weights.safetensors");
        final float[] values = {0, -1, 0.5f, 3, -65504 / 2f, 1.5f};
        try (NDManager manager = Backend.newManager(Device.cpu())) {
            final NDArray array = manager.create(values, new Shape(2, 3));
            final NDArray integers = manager.create(new long[]{1, -2, Long.MAX_VALUE});
            SafetensorsWriter.write(file, Map.of("b", array, "a", integers), type, Map.of("format", "pt"));
            try (Safetensors read = Safetensors.open(file)) {
                assertEquals(type, read.entry("b").type());
                assertEquals(Map.of("format", "pt"), read.metadata());
                assertEquals(new Shape(2, 3), read.read("b", manager).getShape());
                final float tolerance = type == TensorType.BF16 ? 200 : 0;
                assertArrayEquals(values, read.read("b", manager).toFloatArray(), tolerance);
                assertArrayEquals(new long[]{1, -2, Long.MAX_VALUE}, read.read("a", manager).toLongArray());
            }
        }
        assertFalse(Files.exists(folder.resolve("weights.safetensors.part")));
    }

    @Property(tries = 50)
    void bfloat16RoundsToTheNearest(@ForAll @Size(32) final float[] values) {
        for (final float value : values) {
            final float rounded = TensorType.fromBfloat16(TensorType.toBfloat16(value));
            if (Float.isInfinite(rounded)) {
                assertTrue(Math.abs(value) > 3.38e38f);
            } else {
                assertTrue(Math.abs((double) rounded - value) <= Math.max(Math.abs(value) / 256.0, 1e-40), value + " became " + rounded);
            }
        }
        assertTrue(Float.isNaN(TensorType.fromBfloat16(TensorType.toBfloat16(Float.NaN))));
    }

    @Test
    void aFileCutAnywhereIsRefusedInOneLine() throws IOException {
        final byte[] whole = file("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8);
        for (int length = 0; length < whole.length; length++) {
            final Path file = Files.write(folder.resolve("cut.safetensors"), Arrays.copyOf(whole, length));
            assertRefused(file, "cut.safetensors: ", "truncated");
        }
        try (Safetensors opened = Safetensors.open(Files.write(folder.resolve("whole.safetensors"), whole))) {
            assertEquals(2, opened.readFloats("a").length);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}} | 12 | "
            + "tensor b overlaps tensor a",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}} | 12 | a hole of 4 bytes before tensor a",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | 9 | 1 bytes follow the last tensor",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}} | 8 | tensor a of shape [3] needs 12 bytes",
        "{\"a\":{\"dtype\":\"I8\",\"shape\":[8],\"data_offsets\":[0,8]}} | 8 | tensor a has type I8",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}} | 8 | tensor a has an impossible shape [-2]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}} | 8 | tensor a lacks dtype, shape or data_offsets",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647,2147483647],\"data_offsets\":[0,8]}} | 8 | impossible shape",
        "{\"a\":7} | 0 | header is not valid",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":2,\"data_offsets\":[0,8]}} | 8 | header is not valid: an object, a list or a value",
        "{\"a\":{ | 0 | header is not valid",
        "[] | 0 | header is not valid"})
    void anInconsistentHeaderIsRefusedInOneLine(final String header, final int dataBytes, final String reason) throws IOException {
        final Path file = Files.write(folder.resolve("bad.safetensors"), file(header, dataBytes));
        assertRefused(file, "bad.safetensors: ", reason);
    }

    @Test
    void whatIsNoSafetensorsFileIsRefused() throws IOException {
        assertRefused(folder.resolve("absent.safetensors"), "absent.safetensors: ", "no such file");
        final Path file = Files.writeString(folder.resolve("text.safetensors"), "version https://git-lfs.github.com/spec/v1");
        assertRefused(file, "text.safetensors: ", "not a safetensors file");
    }

    private static void assertRefused(final Path file, final String... parts) {
        final String message = assertThrows(ProfileException.class, () -> Safetensors.open(file)).getMessage();
        for (final String part : parts) {
            assertTrue(message.contains(part), message);
        }
        assertEquals(1, message.lines().count(), message);
    }

    private static byte[] file(final String header, final int dataBytes) {
        final byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).put(text).array();
    }
}
