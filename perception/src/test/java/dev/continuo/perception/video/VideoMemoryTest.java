package dev.continuo.perception.video;

import static dev.continuo.perception.video.VideoFiles.HEIGHT;
import static dev.continuo.perception.video.VideoFiles.MILLISECOND;
import static dev.continuo.perception.video.VideoFiles.WIDTH;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.continuo.config.ProfileException;
import dev.continuo.perception.Frame;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is taken of native memory is given back: by the pass, by the camera, and by a file that is refused. */
class VideoMemoryTest {
    private static final int ROUNDS = 60;
    /** Less than one picture of 64 x 48 a round; the JVM's own share of what is measured is some ten kilobytes. */
    private static final long MOST_GROWTH_BYTES = 3_000L * ROUNDS;
    /** A leak grows in each; the compiler, which takes its memory of the same library when it likes, does not. */
    private static final int ATTEMPTS = 10;
    private static final MemoryLayout MALLINFO = MemoryLayout.sequenceLayout(10, ValueLayout.JAVA_LONG);
    private static final int MAPPED = 4;
    private static final int USED = 7;

    @TempDir
    private Path folder;
    private final Frame frame = new Frame(WIDTH, HEIGHT);
    private long now;

    @Test
    void passAfterPass() throws Throwable {
        try (VideoCamera camera = camera(VideoFiles.path("colours.mp4"))) {
            assertNoGrowth(() -> {
                for (int i = 0; i < 6; i++) {
                    assertTrue(camera.poll(frame));
                    now += 100 * MILLISECOND;
                }
            });
        }
    }

    @Test
    void cameraAfterCamera() throws Throwable {
        assertNoGrowth(() -> {
            try (VideoCamera camera = camera(VideoFiles.path("upright.mp4"))) {
                for (int i = 0; i < 3; i++) {
                    assertTrue(camera.poll(frame));
                    now += 100 * MILLISECOND;
                }
            }
        });
    }

    @Test
    void refusalAfterRefusal() throws Throwable {
        final Path text = Files.writeString(folder.resolve("text.mp4"), "this is no video ".repeat(99));
        assertNoGrowth(() -> {
            assertThrows(ProfileException.class, () -> camera(text));
            assertThrows(ProfileException.class, () -> camera(VideoFiles.path("sound.wav")));
        });
    }

    private VideoCamera camera(final Path file) {
        return new VideoCamera(VideoFiles.profile(file), file, () -> now);
    }

    /** Something to do again and again. */
    private interface Round {
        void play() throws IOException;
    }

    private static void assertNoGrowth(final Round round) throws Throwable {
        for (int i = 0; i < ROUNDS; i++) {
            round.play();
        }
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < ATTEMPTS && least >= MOST_GROWTH_BYTES; attempt++) {
            final long before = allocatedBytes();
            for (int i = 0; i < ROUNDS; i++) {
                round.play();
            }
            least = Math.min(least, allocatedBytes() - before);
        }
        assertTrue(least < MOST_GROWTH_BYTES, "grew by " + least + " bytes in " + ROUNDS + " rounds");
    }

    /** What the C library has given out and not got back: {@code mallinfo2}, over all arenas, and what it mapped for large pieces. */
    private static long allocatedBytes() throws Throwable {
        final Linker linker = Linker.nativeLinker();
        final MemoryLayout struct = MemoryLayout.structLayout(MALLINFO);
        final MethodHandle mallinfo =
            linker.downcallHandle(linker.defaultLookup().find("mallinfo2").orElseThrow(), FunctionDescriptor.of(struct));
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment info = (MemorySegment) mallinfo.invokeExact((SegmentAllocator) arena);
            return info.getAtIndex(ValueLayout.JAVA_LONG, USED) + info.getAtIndex(ValueLayout.JAVA_LONG, MAPPED);
        }
    }
}
