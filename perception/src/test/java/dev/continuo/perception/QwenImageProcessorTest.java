package dev.continuo.perception;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Golden values come from Pillow and transformers; see golden/README.md. */
class QwenImageProcessorTest {
    private static byte[] resource(final String name) throws IOException {
        try (InputStream stream = QwenImageProcessorTest.class.getResourceAsStream("/golden/" + name)) {
            return stream.readAllBytes();
        }
    }

    private static byte[] picture(final String name, final int width, final int height) throws IOException {
        final byte[] file = resource(name);
        final byte[] rgb = new byte[3 * width * height];
        new PictureDecoder(width, height).decode(file, file.length, rgb);
        return rgb;
    }

    @ParameterizedTest
    @CsvSource({"320,240,308,252", "97,64,84,56", "56,56,56,56"})
    void resizingIsThatOfPillowToTheLastBit(final int width, final int height, final int across, final int down) throws IOException {
        final byte[] source = picture("picture-" + width + "x" + height + ".png", width, height);
        final byte[] resized = new byte[3 * across * down];
        new Resampler(width, height, across, down).resample(source, resized);
        assertArrayEquals(picture("resized-" + width + "x" + height + ".png", across, down), resized);
    }

    @ParameterizedTest
    @CsvSource({"320,240,18,22,99", "97,64,4,6,6", "56,56,4,4,4"})
    void patchesAreThoseOfTransformers(final int width, final int height, final int rows, final int columns, final int tokens)
        throws IOException {
        final QwenImageProcessor processor = new QwenImageProcessor(width, height);
        assertEquals(rows, processor.gridRows());
        assertEquals(columns, processor.gridColumns());
        assertEquals(tokens, processor.tokenCount());
        final float[] patches = new float[processor.valueCount()];
        processor.process(picture("picture-" + width + "x" + height + ".png", width, height), patches, 0);
        final ByteBuffer golden;
        try (InputStream stream = QwenImageProcessorTest.class.getResourceAsStream("/golden/patches-" + width + "x" + height + ".bin.gz")) {
            golden = ByteBuffer.wrap(new GZIPInputStream(stream).readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
        }
        final int edge = 8 * QwenImageProcessor.PATCH_VALUES;
        for (int i = 0; i < 2 * edge; i++) {
            final int at = i < edge ? i : patches.length - 2 * edge + i;
            assertEquals(golden.getFloat(4 * i), patches[at], 1e-6f, "value " + i);
        }
    }

    @Test
    void sizesAreThoseOfTransformers() throws IOException {
        final InputStream stream = QwenImageProcessorTest.class.getResourceAsStream("/golden/sizes.csv");
        final BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
        lines.readLine();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            final int[] v = java.util.Arrays.stream(line.split(",")).mapToInt(Integer::parseInt).toArray();
            assertEquals(new QwenImageProcessor.Size(v[2], v[3]), QwenImageProcessor.smartResize(v[0], v[1], v[4], v[5]), line);
        }
    }

    @Test
    void tooSmallOrTooLongPicturesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new QwenImageProcessor(27, 100));
        assertThrows(IllegalArgumentException.class, () -> new QwenImageProcessor(28 * 201, 28));
    }

    @Test
    void processingDoesNotAllocate() {
        final QwenImageProcessor processor = new QwenImageProcessor(320, 240);
        final byte[] rgb = new byte[3 * 320 * 240];
        new java.util.Random(1).nextBytes(rgb);
        final float[] patches = new float[processor.valueCount()];
        for (int i = 0; i < 20; i++) {
            processor.process(rgb, patches, 0);
        }
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long before = threads.getCurrentThreadAllocatedBytes();
        processor.process(rgb, patches, 0);
        assertTrue(threads.getCurrentThreadAllocatedBytes() - before < 1_000);
    }

    @Test
    void aPlainPictureStaysPlainWhateverTheSize() {
        final SplittableRandom random = new SplittableRandom(2);
        for (int trial = 0; trial < 50; trial++) {
            final int width = random.nextInt(28, 200);
            final int height = random.nextInt(28, 200);
            final Resampler resampler = new Resampler(width, height, random.nextInt(1, 200), random.nextInt(1, 200));
            final byte[] source = new byte[3 * width * height];
            java.util.Arrays.fill(source, (byte) 200);
            final byte[] target = new byte[3 * resampler.width() * resampler.height()];
            resampler.resample(source, target);
            for (final byte value : target) {
                assertEquals((byte) 200, value);
            }
        }
    }
}
