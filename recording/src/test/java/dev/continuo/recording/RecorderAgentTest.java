package dev.continuo.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.actors.bus.BusPublication;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.MessageStamp;
import dev.continuo.config.ProfileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recorder on a real bus, and what is read afterwards. */
class RecorderAgentTest {
    private static final long FULL = 1L << 20;
    private static final long FRAME_BYTES = 3L * Published.WIDTH * Published.HEIGHT;

    @TempDir
    private Path temporary;
    private RecordedRun run;

    @BeforeEach
    void launch() {
        run = new RecordedRun(temporary);
    }

    @AfterEach
    void close() {
        run.close();
    }

    private List<Long> framesRead() {
        return Published.framesIn(run.folder.path());
    }

    private static List<Long> upTo(final long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    @Test
    void whatWasSaidIsThereAgain() {
        run.begin();
        run.sendFrames(run.publication(StreamId.CAMERA_FRAME), 200);
        run.awaitAcknowledged(200 * FRAME_BYTES);
        run.end();
        assertEquals(upTo(200), framesRead());
        assertEquals(upTo(200), framesRead(), "reading changes nothing");
    }

    @Test
    void streamsAndIncarnationsAreMergedByTheirTime() {
        run.begin();
        for (int incarnation = 1; incarnation <= 3; incarnation++) {
            try (BusPublication frames = run.publication(StreamId.CAMERA_FRAME); BusPublication instructions = run.publication(StreamId.INSTRUCTION)) {
                for (int i = 0; i < 20; i++) {
                    run.sendFrames(frames, 1);
                    run.send(instructions, run.published.instruction(i, 1, System.nanoTime(), "4+8"));
                }
                run.awaitAcknowledged(incarnation * 20 * FRAME_BYTES);
            }
        }
        run.end();
        final List<Long> times = new ArrayList<>();
        try (RecordingReader reader = RecordingReader.open(run.folder.path())) {
            reader.read(EnumSet.allOf(StreamId.class), (stream, buffer, offset, length) -> times.add(MessageStamp.publishedAtNanos(buffer, offset)));
        }
        assertEquals(120, times.size());
        assertEquals(times.stream().sorted().toList(), times);
    }

    @Test
    void tooLittleRoomPausesTheRecordingAndNotThePublisher() {
        run.begin();
        final BusPublication frames = run.publication(StreamId.CAMERA_FRAME);
        run.listener = run.bus.subscription(StreamId.CAMERA_FRAME);
        RecordedRun.await(run.listener::isConnected);
        run.sendFrames(frames, 50);
        run.awaitAcknowledged(50 * FRAME_BYTES);
        run.freeBytes = FULL;
        run.recorder.doWork();
        assertEquals("records nothing: 1 MiB are left on the disk, recording.keep-free is 2048 MiB", run.recorder.lack());
        run.sendFrames(frames, 100);
        run.end();
        assertEquals(upTo(50), framesRead());
    }

    @Test
    void aDiskThatIsFullAtTheBeginningIsTold() {
        run.freeBytes = FULL;
        run.begin();
        assertTrue(run.recorder.lack().startsWith("records nothing: 1 MiB"), run.recorder.lack());
    }

    @Test
    void whatIsNoRecordingIsNamed() throws Exception {
        assertEquals(temporary + " is no recording: it has no recording.json", assertThrows(ProfileException.class, () -> RecordingReader.open(temporary)).getMessage());
        final Path path = run.folder.path();
        run.begin();
        assertEquals(path + " is being recorded: end the run first", assertThrows(ProfileException.class, () -> RecordingReader.open(path)).getMessage());
        run.end();
        Files.writeString(path.resolve("recording.json"), "{\"format\": 9}");
        assertEquals(path.resolve("recording.json") + ": format 9 is not known; this version reads format 1",
            assertThrows(ProfileException.class, () -> RecordingReader.open(path)).getMessage());
    }
}
