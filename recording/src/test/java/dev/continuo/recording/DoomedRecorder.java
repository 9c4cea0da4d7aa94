package dev.continuo.recording;

import dev.continuo.actors.bus.AeronBus;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.config.BusProfile;
import dev.continuo.config.RecordingProfile;
import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.archive.status.RecordingPos;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.status.CountersReader;

/**
 * A process that publishes pictures of an episode, records, and tells the number of each picture once the archive has acknowledged it, until it is killed.
 *
 * <p>Arguments: the bus's folder, the recording's folder.
 */
final class DoomedRecorder {
    private static final int AHEAD = 16;
    private static final int ARMS = 2;

    private record Sent(long sequence, long position) {
    }

    private DoomedRecorder() {
    }

    public static void main(final String[] args) {
        final BusProfile profile = new BusProfile(Path.of(args[0]), "aeron:ipc", 1 << 20);
        final RecordingFolder folder = RecordedRun.folder(Path.of(args[1]));
        final AeronBus bus = AeronBus.launch(profile, error -> { });
        final RecorderAgent recorder = new RecorderAgent(profile, RecordingProfile.OFF, folder, () -> Long.MAX_VALUE, SystemNanoClock.INSTANCE);
        final Aeron aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(args[0]));
        final CountersReader counters = aeron.countersReader();
        final ExclusivePublication publication = aeron.addExclusivePublication("aeron:ipc?term-length=1048576", StreamId.CAMERA_FRAME.id());
        final ExclusivePublication instructions = aeron.addExclusivePublication("aeron:ipc?term-length=1048576", StreamId.INSTRUCTION.id());
        final ExclusivePublication states = aeron.addExclusivePublication("aeron:ipc?term-length=1048576", StreamId.JOINT_STATE.id());
        final Published published = new Published();
        final long beganAtNanos = System.nanoTime();
        final ArrayDeque<Sent> unacknowledged = new ArrayDeque<>();
        final PrintStream out = System.out;
        int counter = CountersReader.NULL_COUNTER_ID;
        for (long sequence = 1; bus.isOpen(); ) {
            instructions.offer(published.buffer, 0, published.instruction(sequence, beganAtNanos, System.nanoTime(), "4+8"));
            for (int arm = 0; arm < ARMS; arm++) {
                states.offer(published.buffer, 0, published.state(arm, sequence, System.nanoTime()));
            }
            final int length = published.frame(sequence, System.nanoTime());
            final long position = unacknowledged.size() < AHEAD ? publication.offer(published.buffer, 0, length) : 0;
            if (position > 0) {
                unacknowledged.add(new Sent(sequence++, position));
            }
            if (counter == CountersReader.NULL_COUNTER_ID) {
                counter = RecordingPos.findCounterIdBySession(counters, publication.sessionId());
            }
            while (counter != CountersReader.NULL_COUNTER_ID && !unacknowledged.isEmpty() && counters.getCounterValue(counter) >= unacknowledged.peek().position) {
                out.println(unacknowledged.poll().sequence);
                out.flush();
            }
        }
        recorder.onClose();
    }
}
