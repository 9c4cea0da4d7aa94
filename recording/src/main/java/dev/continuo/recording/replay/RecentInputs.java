package dev.continuo.recording.replay;

import dev.continuo.actors.agent.ChunkPolicy;
import dev.continuo.actors.agent.StateColumns;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.ActionChunkDecoder;
import dev.continuo.actors.message.CameraFrameDecoder;
import dev.continuo.actors.message.Float32;
import dev.continuo.actors.message.InstructionDecoder;
import dev.continuo.actors.message.JointStateDecoder;
import dev.continuo.actors.message.MessageHeaderDecoder;
import dev.continuo.actors.message.ReasoningDecoder;
import dev.continuo.config.Profile;
import dev.continuo.perception.Frame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The inputs of the brain as a recording has them, for as long as a computation may have looked back.
 *
 * <p>A chunk says when the oldest picture, the state and the reasoning that it was computed from were observed, so these are found exactly; of several arms, the one whose state was the oldest is,
 * and the others' are those of that moment.
 */
final class RecentInputs {
    private static final long KEPT_NANOS = 15_000_000_000L;

    private record Picture(long observedAtNanos, long publishedAtNanos, int width, int height, byte[] rgb) implements Kept {
    }

    private record State(long observedAtNanos, long publishedAtNanos, double[] positions) implements Kept {
    }

    private record Instruction(long observedAtNanos, long publishedAtNanos, String text) implements Kept {
    }

    private record Thought(long observedAtNanos, long publishedAtNanos, long sequence, String text, float[] embedding) implements Kept {
        /** Of a policy that is told none. */
        static final Thought NONE = new Thought(0, 0, 0, "", new float[0]);
    }

    private sealed interface Kept {
        long observedAtNanos();

        long publishedAtNanos();
    }

    private final List<Deque<Picture>> pictures = new ArrayList<>();
    private final List<Deque<State>> states = new ArrayList<>();
    private final Deque<Instruction> instructions = new ArrayDeque<>();
    private final Deque<Thought> thoughts = new ArrayDeque<>();
    private final StateColumns columns;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final CameraFrameDecoder frame = new CameraFrameDecoder();
    private final JointStateDecoder state = new JointStateDecoder();
    private final InstructionDecoder instruction = new InstructionDecoder();
    private final ReasoningDecoder reasoning = new ReasoningDecoder();

    RecentInputs(final Profile profile) {
        profile.cameras().forEach(camera -> pictures.add(new ArrayDeque<>()));
        profile.arms().forEach(arm -> states.add(new ArrayDeque<>()));
        columns = new StateColumns(profile);
    }

    /** Keeps a message, if it is an input. */
    void add(final StreamId stream, final DirectBuffer buffer, final int offset) {
        switch (stream) {
            case CAMERA_FRAME -> addPicture(frame.wrapAndApplyHeader(buffer, offset, header));
            case JOINT_STATE -> addState(state.wrapAndApplyHeader(buffer, offset, header));
            case INSTRUCTION -> {
                instruction.wrapAndApplyHeader(buffer, offset, header);
                keep(instructions, new Instruction(instruction.observedAtNanos(), instruction.publishedAtNanos(), instruction.text()));
            }
            case REASONING -> addThought(reasoning.wrapAndApplyHeader(buffer, offset, header));
            default -> { }
        }
    }

    private void addPicture(final CameraFrameDecoder taken) {
        if (taken.index() < pictures.size()) {
            final byte[] rgb = new byte[taken.pixelsLength()];
            taken.getPixels(rgb, 0, rgb.length);
            keep(pictures.get(taken.index()), new Picture(taken.observedAtNanos(), taken.publishedAtNanos(), taken.width(), taken.height(), rgb));
        }
    }

    private void addState(final JointStateDecoder measured) {
        if (measured.index() < states.size()) {
            final int arm = measured.index();
            final double[] positions = new double[columns.axes(arm)];
            StateColumns.readPositions(measured, positions);
            keep(states.get(arm), new State(measured.observedAtNanos(), measured.publishedAtNanos(), positions));
        }
    }

    private void addThought(final ReasoningDecoder thought) {
        final UnsafeBuffer bytes = new UnsafeBuffer(0, 0);
        thought.wrapEmbedding(bytes);
        final float[] embedding = new float[bytes.capacity() / Float.BYTES];
        Float32.read(bytes, 0, embedding, embedding.length);
        keep(thoughts, new Thought(thought.observedAtNanos(), thought.publishedAtNanos(), thought.sequence(), thought.text(), embedding));
    }

    private static <T extends Kept> void keep(final Deque<T> kept, final T newest) {
        kept.addLast(newest);
        while (newest.publishedAtNanos() - kept.getFirst().publishedAtNanos() > KEPT_NANOS) {
            kept.removeFirst();
        }
    }

    /** Fills the request with what a chunk was computed from; false where some of it is not among what is kept. */
    boolean fill(final ChunkPolicy.Request request, final ActionChunkDecoder chunk) {
        final long beganAtNanos = chunk.publishedAtNanos() - chunk.inferenceNanos();
        final Optional<Instruction> asked = newest(instructions, beganAtNanos);
        final Optional<Thought> thought = chunk.reasoningObservedAtNanos() == ActionChunkDecoder.reasoningObservedAtNanosNullValue() ? Optional.of(Thought.NONE) : thoughts.stream()
            .filter(one -> one.sequence == chunk.reasoningSequence() && one.observedAtNanos == chunk.reasoningObservedAtNanos()).findFirst();
        if (asked.isEmpty() || thought.isEmpty()) {
            return false;
        }
        request.instruction = asked.get().text;
        request.reasoning = thought.get().text;
        request.reasoningEmbedding = thought.get().embedding;
        request.reasoningSize = request.reasoningEmbedding.length;
        return fillStates(request.state, chunk.firstRowAtNanos()) && fillPictures(request.pictures, chunk.observedAtNanos(), chunk.frameSkewNanos(), beganAtNanos);
    }

    /**
     * Fills in the pictures that something was computed from.
     *
     * @param oldestAtNanos the oldest observation; where that is a state, pictures are younger
     * @param skewNanos     from the oldest picture to the newest
     * @param beganAtNanos  pictures that came later were not seen
     */
    boolean fillPictures(final Frame[] frames, final long oldestAtNanos, final long skewNanos, final long beganAtNanos) {
        for (int camera = 0; camera < frames.length; camera++) {
            final Optional<Picture> seen = within(pictures.get(camera), oldestAtNanos, oldestAtNanos + skewNanos, beganAtNanos);
            if (seen.isEmpty() || seen.get().width != frames[camera].width() || seen.get().height != frames[camera].height()) {
                return false;
            }
            System.arraycopy(seen.get().rgb, 0, frames[camera].rgb(), 0, seen.get().rgb.length);
            frames[camera].capturedAtNanos = seen.get().observedAtNanos;
        }
        return true;
    }

    /** What the robot was asked to do at a moment; empty if nothing is kept that old. */
    Optional<String> instruction(final long atNanos) {
        return newest(instructions, atNanos).map(Instruction::text);
    }

    private boolean fillStates(final double[] to, final long oldestAtNanos) {
        final long readAtNanos = states.stream().flatMap(Deque::stream).filter(one -> one.observedAtNanos == oldestAtNanos).mapToLong(State::publishedAtNanos).findFirst().orElse(Long.MIN_VALUE);
        if (readAtNanos == Long.MIN_VALUE) {
            return false;
        }
        for (int arm = 0; arm < states.size(); arm++) {
            final Optional<State> measured = states.get(arm).stream().filter(one -> one.observedAtNanos >= oldestAtNanos).findFirst();
            if (measured.isEmpty()) {
                return false;
            }
            columns.write(arm, measured.get().positions, to);
        }
        return true;
    }

    private static <T extends Kept> Optional<T> newest(final Deque<T> kept, final long atNanos) {
        for (final Iterator<T> newestFirst = kept.descendingIterator(); newestFirst.hasNext(); ) {
            final T one = newestFirst.next();
            if (one.publishedAtNanos() <= atNanos) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    private static Optional<Picture> within(final Deque<Picture> kept, final long fromNanos, final long toNanos, final long beganAtNanos) {
        for (final Iterator<Picture> newestFirst = kept.descendingIterator(); newestFirst.hasNext(); ) {
            final Picture one = newestFirst.next();
            if (one.publishedAtNanos <= beganAtNanos && one.observedAtNanos >= fromNanos && one.observedAtNanos <= toNanos) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }
}
