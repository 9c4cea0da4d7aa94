package dev.continuo.recording;

import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.MessageStamp;
import io.aeron.Aeron;
import io.aeron.CommonContext;
import io.aeron.ControlledFragmentAssembler;
import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.archive.client.AeronArchive;
import io.aeron.logbuffer.ControlledFragmentHandler.Action;
import io.aeron.logbuffer.Header;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one publisher said on one stream, read message by message. Used by one thread. */
final class RecordedStream implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecordedStream.class);
    private static final int REPLAY_STREAM = 200;
    private static final int FRAGMENTS = 64;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    final StreamId stream;
    final long startedAtEpochMillis;
    private final long recordingId;
    private final long startPosition;
    private final long stopPosition;
    private final ExpandableArrayBuffer message = new ExpandableArrayBuffer();
    private final ControlledFragmentAssembler assembler = new ControlledFragmentAssembler(this::onMessage);
    private final IdleStrategy idle = new BackoffIdleStrategy(100, 10, 1_000, 100_000);
    private Subscription replay;
    private Image image;
    private int length;

    RecordedStream(final StreamId stream, final long recordingId, final long startedAtEpochMillis, final long startPosition, final long stopPosition) {
        this.stream = stream;
        this.recordingId = recordingId;
        this.startedAtEpochMillis = startedAtEpochMillis;
        this.startPosition = startPosition;
        this.stopPosition = stopPosition;
    }

    long bytes() {
        return stopPosition - startPosition;
    }

    /** Begins at the first message. Recordings that are read at the same time have replay streams of their own. */
    void open(final AeronArchive archive) {
        replay = archive.replay(recordingId, startPosition, bytes(), CommonContext.IPC_CHANNEL, REPLAY_STREAM + (int) recordingId);
    }

    /** Goes to the next message; false after the last. */
    boolean next() {
        length = 0;
        final long patientUntilNanos = System.nanoTime() + PATIENCE_NANOS;
        while (length == 0) {
            if (image == null && replay.imageCount() > 0) {
                image = replay.imageAtIndex(0);
            }
            final int fragments = image == null ? 0 : image.controlledPoll(assembler, FRAGMENTS);
            if (length == 0 && image != null && (image.isClosed() || image.position() >= stopPosition)) {
                if (image.position() < stopPosition) {
                    LOG.warn("recording {} of stream {} is damaged: read to {} of {}", recordingId, stream, image.position(), stopPosition);
                }
                return false;
            }
            if (length == 0 && System.nanoTime() - patientUntilNanos > 0) {
                throw new IllegalStateException("the archive stopped reading recording " + recordingId + " of stream " + stream + " at position " + (image == null ? startPosition : image.position()));
            }
            idle.idle(fragments);
        }
        return true;
    }

    private Action onMessage(final DirectBuffer buffer, final int offset, final int bytes, final Header header) {
        message.putBytes(0, buffer, offset, bytes);
        length = bytes;
        return Action.BREAK;
    }

    DirectBuffer message() {
        return message;
    }

    int length() {
        return length;
    }

    long publishedAtNanos() {
        return length < MessageStamp.LENGTH ? Aeron.NULL_VALUE : MessageStamp.publishedAtNanos(message, 0);
    }

    @Override
    public void close() {
        if (replay != null) {
            replay.close();
        }
    }
}
