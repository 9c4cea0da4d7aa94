package dev.continuo.recording;

import dev.continuo.actors.agent.TimedStageAgent;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.latency.Count;
import dev.continuo.config.BusProfile;
import dev.continuo.config.RecordingProfile;
import java.io.Closeable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.agrona.CloseHelper;
import org.agrona.concurrent.NanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records all streams of the bus, and pauses while the disk is full: the run goes on without being kept. The archive writes on a thread of its own; this agent watches over it once a second.
 */
public final class RecorderAgent extends TimedStageAgent {
    private static final Logger LOG = LoggerFactory.getLogger(RecorderAgent.class);
    private static final long PERIOD_NANOS = 1_000_000_000L;
    private static final long RETRY_NANOS = 10_000_000_000L;
    private static final long MIB = 1024 * 1024;
    /** All but the echo's, which carry no messages. */
    private static final List<StreamId> STREAMS = Arrays.stream(StreamId.values()).filter(stream -> stream.templateId() != 0).toList();

    private final Closeable lock;
    private final BusRecorder recorder;
    private final RecordingProfile profile;
    private final LongSupplier freeBytes;
    private final AtomicReference<String> failure = new AtomicReference<>();
    private final Count acknowledgedBytes = new Count();
    private final Count recordings = new Count();
    private final Count pauses = new Count();
    private volatile String paused = "";
    private long retryAtNanos;

    /**
     * Begins to record.
     *
     * @param folder    made before
     * @param freeBytes the room on the folder's disk
     */
    public RecorderAgent(final BusProfile bus, final RecordingProfile profile, final RecordingFolder folder, final LongSupplier freeBytes, final NanoClock clock) {
        super("recorder", clock, PERIOD_NANOS);
        this.profile = profile;
        this.freeBytes = freeBytes;
        lock = folder.lock();
        recorder = BusRecorder.open(bus, profile.survives(), folder.archive(), this::onError);
        final String lack = shortage();
        if (lack.isEmpty()) {
            recorder.start(STREAMS);
        } else {
            pause(lack);
        }
    }

    /** On the archive's thread. */
    private void onError(final Throwable error) {
        LOG.warn("the archive failed to write", error);
        failure.set(String.valueOf(error.getMessage()).lines().findFirst().orElse(""));
    }

    @Override
    public int doWork() {
        aliveAtNanos.set(clock.nanoTime());
        if (!recorder.isAlive()) {
            throw new IllegalStateException("the archive's thread has ended");
        }
        acknowledgedBytes.set(recorder.acknowledgedBytes());
        recordings.set(recorder.recordings());
        final String failed = failure.getAndSet(null);
        final String lack = failed == null ? shortage() : failed;
        if (paused.isEmpty() && !lack.isEmpty()) {
            recorder.stop();
            pause(lack);
        } else if (!paused.isEmpty() && lack.isEmpty() && clock.nanoTime() - retryAtNanos >= 0) {
            recorder.start(STREAMS);
            paused = "";
            LOG.info("recording goes on");
        }
        return 0;
    }

    private void pause(final String why) {
        paused = "records nothing: " + why;
        pauses.increment();
        retryAtNanos = clock.nanoTime() + RETRY_NANOS;
        LOG.warn("recording pauses: {}", why);
    }

    private String shortage() {
        final long free = freeBytes.getAsLong();
        return free < profile.keepFreeBytes() ? free / MIB + " MiB are left on the disk, recording.keep-free is " + profile.keepFreeBytes() / MIB + " MiB" : "";
    }

    @Override
    public void onClose() {
        CloseHelper.closeAll(recorder, lock);
    }

    @Override
    public String lack() {
        return paused;
    }

    @Override
    public Map<String, Long> tally() {
        final Map<String, Long> byName = new LinkedHashMap<>();
        byName.put("acknowledgedBytes", acknowledgedBytes.get());
        byName.put("recordings", recordings.get());
        byName.put("pauses", pauses.get());
        return byName;
    }
}
