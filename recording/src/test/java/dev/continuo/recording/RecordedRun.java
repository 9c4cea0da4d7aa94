package dev.continuo.recording;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.actors.bus.AeronBus;
import dev.continuo.actors.bus.BusPublication;
import dev.continuo.actors.bus.BusSubscription;
import dev.continuo.actors.bus.Delivery;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.config.BusProfile;
import dev.continuo.config.RecordingProfile;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.SystemNanoClock;

/** A bus and, once it is begun, a recorder of it. */
final class RecordedRun implements AutoCloseable {
    static final long ROOM = 1L << 40;

    final RecordingFolder folder;
    final AeronBus bus;
    final Published published = new Published();
    long freeBytes = ROOM;
    RecorderAgent recorder;
    /** Polled while something is sent. */
    BusSubscription listener;

    private final BusProfile profile;
    private long sequence;

    RecordedRun(final Path temporary) {
        profile = new BusProfile(temporary.resolve("bus"), "aeron:ipc", 1 << 20);
        bus = AeronBus.launch(profile, error -> { });
        folder = folder(temporary.resolve("recordings/run"));
    }

    /** Of a run that begins now, with a camera whose pictures are those of {@link Published}. */
    static RecordingFolder folder(final Path path) {
        return new RecordingFolder(path, System.nanoTime(), 1_000_000L * System.currentTimeMillis(), "arx-sim", "test").create("""
            extends = arx-sim
            cameras = [ { name = top, source = "file:none", width = %d, height = %d, rate-hz = 15, max-age = 1 s } ]
            """.formatted(Published.WIDTH, Published.HEIGHT));
    }

    void begin() {
        recorder = new RecorderAgent(profile, RecordingProfile.OFF, folder, () -> freeBytes, SystemNanoClock.INSTANCE);
    }

    void end() {
        if (recorder != null) {
            recorder.onClose();
            recorder = null;
        }
    }

    BusPublication publication(final StreamId stream) {
        final BusPublication publication = bus.publication(stream);
        await(publication::isConnected);
        return publication;
    }

    void sendFrames(final BusPublication frames, final int count) {
        for (int i = 0; i < count; i++) {
            send(frames, published.frame(++sequence, System.nanoTime()));
        }
    }

    /** Sends what was published into the buffer. */
    void send(final BusPublication to, final int length) {
        await(() -> {
            if (listener != null) {
                listener.poll((buffer, offset, bytes) -> { }, Integer.MAX_VALUE);
            }
            return to.offer(published.buffer, 0, length) == Delivery.SENT;
        });
    }

    void awaitAcknowledged(final long bytes) {
        await(() -> {
            recorder.doWork();
            return recorder.tally().get("acknowledgedBytes") >= bytes;
        });
    }

    static void await(final BooleanSupplier condition) {
        final long untilNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - untilNanos < 0, "waited 10 s");
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        end();
        bus.close();
    }
}
