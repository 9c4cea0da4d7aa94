package dev.continuo.recording;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.actors.bus.AeronBus;
import dev.continuo.actors.bus.BusPublication;
import dev.continuo.actors.bus.BusSubscription;
import dev.continuo.actors.bus.Delivery;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.CameraFrameDecoder;
import dev.continuo.actors.message.MessageHeaderDecoder;
import dev.continuo.actors.message.MessageStamp;
import dev.continuo.config.BusProfile;
import dev.continuo.config.ProfileException;
import dev.continuo.config.RecordingProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recorder on a real bus, and what is read afterwards. */
class RecorderAgentTest {
    private static final long FULL = 1L << 20;
    private static final long ROOM = 1L << 40;

    @TempDir
    private Path temporary;
    private final Published published = new Published();
    private BusProfile profile;
    private AeronBus bus;
    private RecordingFolder folder;
    private RecorderAgent recorder;
    private BusSubscription listener;
    private long freeBytes = ROOM;
    private long sequence;

    @BeforeEach
    void launch() {
        profile = new BusProfile(temporary.resolve("bus"), "aeron:ipc", 1 << 20);
        bus = AeronBus.launch(profile, error -> { });
        folder = new RecordingFolder(temporary.resolve("recordings/run"), System.nanoTime(), 1_000_000L * System.currentTimeMillis(), "arx-sim", "test").create("extends = arx-sim\n");
    }

    private void record() {
        recorder = new RecorderAgent(profile, RecordingProfile.OFF, folder, () -> freeBytes, SystemNanoClock.INSTANCE);
    }

    @AfterEach
    void close() {
        end();
        bus.close();
    }

    private void end() {
        if (recorder != null) {
            recorder.onClose();
            recorder = null;
        }
    }

    private BusPublication publication(final StreamId stream) {
        final BusPublication publication = bus.publication(stream);
        await(publication::isConnected);
        return publication;
    }

    private void send(final BusPublication frames, final int count) {
        for (int i = 0; i < count; i++) {
            final int length = published.frame(++sequence, System.nanoTime());
            await(() -> {
                listen();
                return frames.offer(published.buffer, 0, length) == Delivery.SENT;
            });
        }
    }

    private void listen() {
        if (listener != null) {
            listener.poll((buffer, offset, length) -> { }, Integer.MAX_VALUE);
        }
    }

    private static void await(final BooleanSupplier condition) {
        final long untilNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - untilNanos < 0, "waited 10 s");
            Thread.onSpinWait();
        }
    }

    private void awaitAcknowledged(final long bytes) {
        await(() -> {
            recorder.doWork();
            return recorder.tally().get("acknowledgedBytes") >= bytes;
        });
    }

    private List<Long> framesRead() {
        final List<Long> sequences = new ArrayList<>();
        final CameraFrameDecoder frame = new CameraFrameDecoder();
        try (RecordingReader reader = RecordingReader.open(folder.path())) {
            reader.read(EnumSet.of(StreamId.CAMERA_FRAME), (stream, buffer, offset, length) -> {
                frame.wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
                final byte[] pixels = new byte[frame.pixelsLength()];
                frame.getPixels(pixels, 0, pixels.length);
                assertArrayEquals(Published.pixels(frame.sequence()), pixels);
                sequences.add(frame.sequence());
                return true;
            });
        }
        return sequences;
    }

    private static List<Long> upTo(final long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    @Test
    void whatWasSaidIsThereAgain() {
        record();
        final BusPublication frames = publication(StreamId.CAMERA_FRAME);
        send(frames, 200);
        awaitAcknowledged(200 * 3L * Published.WIDTH * Published.HEIGHT);
        end();
        assertEquals(upTo(200), framesRead());
        assertEquals(upTo(200), framesRead(), "reading changes nothing");
    }

    @Test
    void streamsAndIncarnationsAreMergedByTheirTime() {
        record();
        final List<Long> times = new ArrayList<>();
        for (int incarnation = 0; incarnation < 3; incarnation++) {
            try (BusPublication frames = publication(StreamId.CAMERA_FRAME); BusPublication instructions = publication(StreamId.INSTRUCTION)) {
                for (int i = 0; i < 20; i++) {
                    send(frames, 1);
                    final int length = published.instruction(i, 1, System.nanoTime(), "4+8");
                    await(() -> instructions.offer(published.buffer, 0, length) == Delivery.SENT);
                }
                awaitAcknowledged((incarnation + 1) * 20L * 3 * Published.WIDTH * Published.HEIGHT);
            }
        }
        end();
        try (RecordingReader reader = RecordingReader.open(folder.path())) {
            reader.read(EnumSet.allOf(StreamId.class), (stream, buffer, offset, length) -> times.add(MessageStamp.publishedAtNanos(buffer, offset)));
        }
        assertEquals(120, times.size());
        assertEquals(times.stream().sorted().toList(), times);
    }

    @Test
    void aFullDiskPausesTheRecordingAndNotThePublisher() {
        record();
        final BusPublication frames = publication(StreamId.CAMERA_FRAME);
        listener = bus.subscription(StreamId.CAMERA_FRAME);
        await(listener::isConnected);
        send(frames, 50);
        awaitAcknowledged(50 * 3L * Published.WIDTH * Published.HEIGHT);
        freeBytes = FULL;
        recorder.doWork();
        assertEquals("records nothing: 1 MiB are left on the disk, recording.keep-free is 2048 MiB", recorder.lack());
        send(frames, 100);
        end();
        assertEquals(upTo(50), framesRead());
    }

    @Test
    void aDiskThatIsFullAtTheBeginningIsTold() {
        freeBytes = FULL;
        record();
        assertTrue(recorder.lack().startsWith("records nothing: 1 MiB"), recorder.lack());
    }

    @Test
    void whatIsNoRecordingIsNamed() throws Exception {
        assertEquals(temporary + " is no recording: it has no recording.json", assertThrows(ProfileException.class, () -> RecordingReader.open(temporary)).getMessage());
        record();
        assertEquals(folder.path() + " is being recorded: end the run first", assertThrows(ProfileException.class, () -> RecordingReader.open(folder.path())).getMessage());
        end();
        Files.writeString(folder.path().resolve("recording.json"), "{\"format\": 9}");
        assertEquals(folder.path().resolve("recording.json") + ": format 9 is not known; this version reads format 1",
            assertThrows(ProfileException.class, () -> RecordingReader.open(folder.path())).getMessage());
    }
}
