package dev.continuo.actors.agent;

import dev.continuo.perception.Camera;
import dev.continuo.perception.CameraCounts;
import dev.continuo.perception.Frame;
import org.agrona.concurrent.NanoClock;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A camera, a reasoner and a policy that do what a test tells them. */
public final class FakeModels {
    private FakeModels() {
    }

    /** A camera with a new grey picture at every poll, until it is frozen or told to fail. */
    public static final class FakeCamera implements Camera {
        /** Delivers nothing while set. */
        public volatile boolean frozen;
        /** Throws at the next poll when set. */
        public volatile boolean failing;
        /** How often it was closed. */
        public volatile int closed;
        private final NanoClock clock;
        private final CameraCounts counts = new CameraCounts();

        /** A camera that stamps its pictures by the given clock. */
        public FakeCamera(final NanoClock clock) {
            this.clock = clock;
        }

        @Override
        public boolean poll(final Frame target) {
            if (failing) {
                throw new IllegalStateException("camera unplugged");
            }
            if (frozen) {
                return false;
            }
            target.capturedAtNanos = clock.nanoTime();
            target.sequence = counts.received.incrementAndGet();
            Arrays.fill(target.rgb(), (byte) target.sequence);
            return true;
        }

        @Override
        public String name() {
            return "top";
        }

        @Override
        public boolean isConnected() {
            return !failing;
        }

        @Override
        public CameraCounts counts() {
            return counts;
        }

        @Override
        public void close() {
            closed++;
        }
    }

    /** A reasoner of ten tokens. */
    public static final class FakeReasoner implements Reasoner {
        /** The instructions that were reasoned about. */
        public final List<String> instructions = new ArrayList<>();
        /** Run at every token. */
        public Runnable onToken = () -> { };

        @Override
        public Thought reason(final Frame[] pictures, final String instruction, final Progress progress) {
            instructions.add(instruction);
            final StringBuilder text = new StringBuilder();
            for (int token = 0; token < 10; token++) {
                text.append("word").append(token).append(' ');
                onToken.run();
                if (!progress.onToken(text)) {
                    return null;
                }
            }
            return new Thought(instruction + ": " + text, new float[] {1, 2, instructions.size()}, 10);
        }

        @Override
        public void close() {
        }
    }

    /** A policy whose every row is the requested state plus an offset. */
    public static final class FakePolicy implements ChunkPolicy {
        /** Whether what comes next is finite. */
        public boolean usable = true;
        /** Chunks computed. */
        public int chunks;
        /** Added to every value. */
        public float offset;
        /** The last reasoning that was conditioned on. */
        public String reasoning;
        /** The last value of its embedding; 0 without any. */
        public float embedding;
        /** Run at every chunk. */
        public Runnable onChunk = () -> { };

        @Override
        public boolean chunk(final Request request, final float[] rows) {
            chunks++;
            reasoning = request.reasoning;
            embedding = request.reasoningSize == 0 ? 0 : request.reasoningEmbedding[request.reasoningSize - 1];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = (float)request.state[i % request.state.length] + offset;
            }
            onChunk.run();
            return usable;
        }

        @Override
        public void close() {
        }
    }
}
