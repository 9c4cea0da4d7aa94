package dev.continuo.actors.agent;

import java.util.ArrayList;
import java.util.List;

/** A camera, a reasoner and a policy that do what a test tells them. */
public final class FakeModels {
    private FakeModels() {
    }

    /** A camera with a new grey picture at every poll, until it is frozen or told to fail. */
    public static final class FakeCamera implements PictureSource {
        /** Delivers nothing while set. */
        public volatile boolean frozen;
        /** Throws at the next poll when set. */
        public volatile boolean failing;
        /** How often it was closed. */
        public volatile int closed;
        private final int width;
        private final int height;

        /** A camera of pictures of this size. */
        public FakeCamera(final int width, final int height) {
            this.width = width;
            this.height = height;
        }

        @Override
        public boolean poll(final Picture target, final long nowNanos) {
            if (failing) {
                throw new IllegalStateException("camera unplugged");
            }
            if (frozen) {
                return false;
            }
            target.resize(width, height);
            java.util.Arrays.fill(target.rgb, 0, target.length(), (byte)(nowNanos / 1_000_000));
            target.observedAtNanos = nowNanos;
            target.capturedAtNanos = nowNanos;
            return true;
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
        public Thought reason(final Picture[] pictures, final String instruction, final Progress progress) {
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
        /** Chunks computed. */
        public int chunks;
        /** Added to every value. */
        public float offset;
        /** The last reasoning that was conditioned on. */
        public String reasoning;
        /** The last value of its embedding. */
        public float embedding;
        /** Run at every chunk. */
        public Runnable onChunk = () -> { };

        @Override
        public void chunk(final Request request, final float[] rows) {
            chunks++;
            reasoning = request.reasoning;
            embedding = request.reasoningEmbedding[request.reasoningSize - 1];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = (float)request.state[i % request.state.length] + offset;
            }
            onChunk.run();
        }

        @Override
        public void close() {
        }
    }
}
