package dev.continuo.recording.replay;

import dev.continuo.actors.agent.ChunkPolicy;
import dev.continuo.actors.agent.Reasoner;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.ActionChunkDecoder;
import dev.continuo.actors.message.Float32;
import dev.continuo.actors.message.MessageHeaderDecoder;
import dev.continuo.actors.message.MessageStamp;
import dev.continuo.actors.message.ReasoningDecoder;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileException;
import dev.continuo.policy.playback.PublishedChunk;
import dev.continuo.recording.Episode;
import dev.continuo.recording.RecordingReader;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Lets a brain reason and act on what was recorded, and compares. Used by one thread. */
public final class BrainReplay {
    private static final Set<StreamId> STREAMS =
        EnumSet.of(StreamId.CAMERA_FRAME, StreamId.JOINT_STATE, StreamId.INSTRUCTION, StreamId.REASONING, StreamId.ACTION_CHUNK);

    private final Profile profile;
    private final ChunkPolicy policy;
    private final Optional<Reasoner> reasoner;
    private final RecentInputs inputs;
    private final ChunkPolicy.Request request;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ActionChunkDecoder chunk = new ActionChunkDecoder();
    private final ReasoningDecoder reasoning = new ReasoningDecoder();
    private final PublishedChunk last;
    private final List<ReplayReport.ChunkDifference> chunks = new ArrayList<>();
    private final List<ReplayReport.ThoughtDifference> thoughts = new ArrayList<>();
    private long keptSequence;
    private int withoutInputs;
    private int unusable;
    private int unseen;

    /**
     * A replay.
     *
     * @param profile  of the recording
     * @param policy   computes the chunks; with the seed of the recording's profile if it is to compute the same ones
     * @param reasoner reasons again about what was reasoned about; empty to compare chunks only, which are computed from the recorded reasonings in any case
     */
    public BrainReplay(final Profile profile, final ChunkPolicy policy, final Optional<Reasoner> reasoner) {
        this.profile = profile;
        this.policy = policy;
        this.reasoner = reasoner;
        inputs = new RecentInputs(profile);
        request = ChunkPolicy.Request.of(profile);
        last = new PublishedChunk(profile.playback().chunkRows(), profile.columns(), profile.playback().rowPeriodNanos());
    }

    /**
     * Replays.
     *
     * @param episode  only this one; empty for all of the recording
     * @param progress told of the time of each chunk that was compared, the messages' clock
     * @throws ProfileException if a chunk has another shape than the recording's profile says
     */
    public ReplayReport run(final RecordingReader reader, final Optional<Episode> episode, final LongConsumer progress) {
        reader.read(STREAMS, (stream, buffer, offset, length) -> {
            final long atNanos = MessageStamp.publishedAtNanos(buffer, offset);
            if (episode.isPresent() && atNanos > episode.get().endedAtNanos()) {
                return false;
            }
            if (episode.isEmpty() || episode.get().holds(atNanos)) {
                compare(stream, buffer, offset);
                if (stream == StreamId.ACTION_CHUNK) {
                    progress.accept(atNanos);
                }
            }
            inputs.add(stream, buffer, offset);
            if (stream == StreamId.ACTION_CHUNK) {
                keep(chunk.wrapAndApplyHeader(buffer, offset, header));
            }
            return true;
        });
        return new ReplayReport(chunks, withoutInputs, unusable, thoughts, unseen);
    }

    private void compare(final StreamId stream, final DirectBuffer buffer, final int offset) {
        if (stream == StreamId.ACTION_CHUNK) {
            compareChunk(chunk.wrapAndApplyHeader(buffer, offset, header));
        } else if (stream == StreamId.REASONING && reasoner.isPresent()) {
            compareThought(reasoner.get(), reasoning.wrapAndApplyHeader(buffer, offset, header));
        }
    }

    private void compareChunk(final ActionChunkDecoder recorded) {
        if (recorded.columns() != profile.columns() || recorded.rows() > profile.playback().chunkRows()) {
            throw new ProfileException("chunk " + recorded.sequence() + " has " + recorded.rows() + " × " + recorded.columns() + " values, the recording's profile says "
                + profile.playback().chunkRows() + " × " + profile.columns());
        }
        final boolean continues = recorded.continuedSequence() > 0;
        if (!inputs.fill(request, recorded) || continues && recorded.continuedSequence() != keptSequence) {
            withoutInputs++;
            return;
        }
        request.planned.rows = 0;
        request.planned.committed = 0;
        if (continues) {
            last.continueIn(recorded.firstRowAtNanos(), recorded.committedRows(), request.planned);
        }
        final float[] again = new float[profile.playback().chunkRows() * profile.columns()];
        if (!policy.chunk(request, again)) {
            unusable++;
            return;
        }
        final long sequence = recorded.sequence();
        chunks.add(difference(sequence, rows(recorded), again));
    }

    private static float[] rows(final ActionChunkDecoder recorded) {
        final UnsafeBuffer values = new UnsafeBuffer(0, 0);
        final float[] rows = new float[recorded.rows() * recorded.columns()];
        recorded.wrapValues(values);
        Float32.read(values, 0, rows, rows.length);
        return rows;
    }

    /** What the next chunk may continue. */
    private void keep(final ActionChunkDecoder recorded) {
        final long firstRowAtNanos = recorded.firstRowAtNanos();
        keptSequence = recorded.sequence();
        if (recorded.columns() == profile.columns() && recorded.rows() <= profile.playback().chunkRows()) {
            last.keep(rows(recorded), firstRowAtNanos);
        }
    }

    private static ReplayReport.ChunkDifference difference(final long sequence, final float[] before, final float[] again) {
        double worst = 0;
        double squares = 0;
        for (int i = 0; i < before.length; i++) {
            final double difference = Math.abs((double) again[i] - before[i]);
            worst = Math.max(worst, difference);
            squares += difference * difference;
        }
        return new ReplayReport.ChunkDifference(sequence, worst, Math.sqrt(squares / before.length));
    }

    private void compareThought(final Reasoner mind, final ReasoningDecoder recorded) {
        final long observedAtNanos = recorded.observedAtNanos();
        final long beganAtNanos = recorded.publishedAtNanos() - recorded.totalNanos();
        final Optional<String> asked = inputs.instruction(beganAtNanos);
        if (asked.isEmpty() || !inputs.fillPictures(request.pictures, observedAtNanos, recorded.frameSkewNanos(), beganAtNanos)) {
            unseen++;
            return;
        }
        recorded.skipEmbedding();
        final String words = recorded.text();
        thoughts.add(new ReplayReport.ThoughtDifference(words, mind.reason(request.pictures, asked.get(), text -> true).text()));
    }
}
