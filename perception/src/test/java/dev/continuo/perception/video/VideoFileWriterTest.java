package dev.continuo.perception.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.perception.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures that are written, joined and read again. */
class VideoFileWriterTest {
    private static final int WIDTH = 96;
    private static final int HEIGHT = 64;
    private static final int FPS = 10;
    private static final long FRAME_NANOS = 1_000_000_000L / FPS;

    @TempDir
    Path folder;

    @Test
    void everyPictureIsReadAgainAtItsTime() throws IOException {
        final Path file = folder.resolve("a.mp4");
        write(file, 0, 7);
        try (VideoFileReader reader = new VideoFileReader(file)) {
            for (int i = 0; i < 7; i++) {
                assertPicture(reader, i, i);
            }
            assertFalse(reader.next());
        }
    }

    @Test
    void joinedFilesAreOneVideoThatIsEnteredAnywhere() throws IOException {
        final Path first = folder.resolve("a.mp4");
        final Path second = folder.resolve("b.mp4");
        final Path joined = folder.resolve("c.mp4");
        write(first, 0, 5);
        write(second, 5, 4);
        try (VideoFileJoiner joiner = new VideoFileJoiner(joined, FPS)) {
            joiner.append(first);
            joiner.append(second);
            assertEquals(9, joiner.pictures());
            joiner.finish();
        }
        try (VideoFileReader reader = new VideoFileReader(joined)) {
            for (int i = 0; i < 9; i++) {
                assertPicture(reader, i, i);
            }
            for (final int wanted : new int[] {6, 5, 0, 8}) {
                reader.seek(wanted * FRAME_NANOS);
                assertTrue(reader.next());
                final int reached = Math.toIntExact(Math.round((double) reader.timeNanos() / FRAME_NANOS));
                assertTrue(reached == wanted || reached >= wanted - VideoFileWriter.KEY_EVERY && reached < wanted, "sought " + wanted + ", reached " + reached);
                assertTrue(psnr(reader, picture(reached)) > 30);
            }
        }
    }

    @Test
    void whatIsNotFinishedIsNoVideo() throws IOException {
        final Path file = folder.resolve("a.mp4");
        try (VideoFileWriter writer = new VideoFileWriter(file, WIDTH, HEIGHT, FPS)) {
            writer.write(picture(0));
        }
        final IOException refusal = assertThrows(IOException.class, () -> new VideoFileReader(file));
        assertTrue(refusal.getMessage().contains(file.toString()), refusal.getMessage());
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed() {
        final Path nowhere = folder.resolve("no/such/folder.mp4");
        final IOException refusal = assertThrows(IOException.class, () -> new VideoFileWriter(nowhere, WIDTH, HEIGHT, FPS));
        assertTrue(refusal.getMessage().contains(nowhere.toString()), refusal.getMessage());
    }

    @Test
    void aPictureOfAnotherSizeIsRefused() throws IOException {
        try (VideoFileWriter writer = new VideoFileWriter(folder.resolve("a.mp4"), WIDTH, HEIGHT, FPS)) {
            assertThrows(IllegalArgumentException.class, () -> writer.write(new byte[12]));
        }
    }

    @Test
    void aMissingFileIsNamed() {
        assertThrows(java.nio.file.NoSuchFileException.class, () -> new VideoFileReader(folder.resolve("gone.mp4")));
    }

    @Test
    void writingManyFilesTakesNoMemoryForGood() throws IOException {
        final Path file = folder.resolve("a.mp4");
        for (int i = 0; i < 5; i++) {
            write(file, 0, 3);
        }
        final long before = residentBytes();
        for (int i = 0; i < 25; i++) {
            write(file, 0, 3);
        }
        final long grown = residentBytes() - before;
        assertTrue(grown < 48L << 20, grown + " bytes more");
    }

    private static long residentBytes() throws IOException {
        return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[1]) * 4096;
    }

    private static void write(final Path file, final int from, final int count) throws IOException {
        try (VideoFileWriter writer = new VideoFileWriter(file, WIDTH, HEIGHT, FPS)) {
            for (int i = from; i < from + count; i++) {
                writer.write(picture(i));
            }
            writer.finish();
        }
    }

    private static void assertPicture(final VideoFileReader reader, final int index, final int number) throws IOException {
        assertTrue(reader.next());
        assertEquals(index * FRAME_NANOS, reader.timeNanos(), 1e5);
        assertEquals(WIDTH, reader.width());
        assertEquals(HEIGHT, reader.height());
        final double psnr = psnr(reader, picture(number));
        assertTrue(psnr > 30, "picture " + index + ": " + psnr + " dB");
    }

    private static double psnr(final VideoFileReader reader, final byte[] wanted) throws IOException {
        final Frame frame = new Frame(WIDTH, HEIGHT);
        reader.read(frame);
        double sum = 0;
        for (int i = 0; i < wanted.length; i++) {
            final int difference = (wanted[i] & 255) - (frame.rgb()[i] & 255);
            sum += difference * difference;
        }
        return 10 * Math.log10(255 * 255 / (sum / wanted.length));
    }

    /** A gradient with a grey square that wanders. */
    private static byte[] picture(final int number) {
        final byte[] rgb = new byte[Frame.CHANNELS * WIDTH * HEIGHT];
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                final int at = Frame.CHANNELS * (y * WIDTH + x);
                final boolean inside = x >= 8 * number && x < 8 * number + 16 && y >= 24 && y < 40;
                rgb[at] = (byte) (inside ? 200 : 255 * x / WIDTH);
                rgb[at + 1] = (byte) (inside ? 200 : 255 * y / HEIGHT);
                rgb[at + 2] = (byte) (inside ? 200 : 90);
            }
        }
        return rgb;
    }
}
