package dev.continuo.reasoning.network;

import ai.djl.ndarray.NDArray;
import dev.continuo.reasoning.kernel.Elementwise;
import dev.continuo.reasoning.kernel.PackedMatrix;
import java.util.Arrays;

/**
 * A feed-forward layer of the decoder over plain arrays, for one token: {@link FeedForward} in all its forms. Immutable; for any number of threads,
 * each with a {@link Space} of its own.
 */
final class PackedFeedForward {

    /**
     * One SwiGLU network.
     *
     * @param gate to what is gated with
     * @param up   to what is gated
     * @param down back to the hidden size
     */
    private record Expert(PackedMatrix gate, PackedMatrix up, PackedMatrix down) {
        static Expert of(final NDArray gateUp, final NDArray down) {
            final int hidden = Math.toIntExact(gateUp.getShape().get(1));
            final int inner = Math.toIntExact(gateUp.getShape().get(0) / 2);
            final float[] both = gateUp.toFloatArray();
            return new Expert(PackedMatrix.of(both, null, hidden, 0, inner), PackedMatrix.of(both, null, hidden, inner, 2 * inner),
                PackedMatrix.of(down.toFloatArray(), null, inner));
        }

        /** One of several, stacked. */
        static Expert of(final NDArray gateUps, final NDArray downs, final long index) {
            try (NDArray gateUp = gateUps.get(index); NDArray down = downs.get(index)) {
                return of(gateUp, down);
            }
        }

        void apply(final float[] x, final Space space, final float[] y) {
            gate.apply(x, space.gate);
            up.apply(x, space.up);
            Elementwise.gatedSilu(space.gate, space.up, space.scratch, space.other, gate.outputs());
            down.apply(space.gate, y);
        }
    }

    /** What one thread computes in. */
    static final class Space {
        private final float[] gate;
        private final float[] up;
        private final float[] scratch;
        private final float[] other;
        private final float[] output;
        private final float[] scores;
        private final int[] chosen;
        private final float[] shares;

        /** For the layers of a model. */
        Space(final VlmConfig config) {
            gate = new float[config.intermediateSize()];
            up = new float[config.intermediateSize()];
            scratch = new float[config.intermediateSize()];
            other = new float[config.intermediateSize()];
            output = new float[config.hiddenSize()];
            scores = new float[config.experts()];
            chosen = new int[config.expertsPerToken()];
            shares = new float[config.expertsPerToken()];
        }
    }

    private final PackedMatrix router;
    private final Expert[] experts;

    private PackedFeedForward(final PackedMatrix router, final Expert... experts) {
        this.router = router;
        this.experts = experts;
    }

    /** Copies the weights of a layer. */
    static PackedFeedForward of(final FeedForward layer) {
        return switch (layer) {
            case FeedForward.Dense dense -> new PackedFeedForward(null, Expert.of(dense.gateUp(), dense.down()));
            case FeedForward.OfTask own -> new PackedFeedForward(null, Expert.of(own.gateUp(), own.down(), own.task().ordinal()));
            case DynamicMixture mixture -> {
                final Expert[] experts = new Expert[Math.toIntExact(mixture.gateUp().getShape().get(0))];
                Arrays.setAll(experts, expert -> Expert.of(mixture.gateUp(), mixture.down(), expert));
                yield new PackedFeedForward(PackedMatrix.of(mixture.routerWeight().toFloatArray(), mixture.routerBias().toFloatArray(),
                    Math.toIntExact(mixture.routerWeight().getShape().get(1))), experts);
            }
        };
    }

    /** Gives {@code [hiddenSize]} for {@code x [hiddenSize]}, in another array. */
    void apply(final float[] x, final Space space, final float[] y) {
        if (router == null) {
            experts[0].apply(x, space, y);
            return;
        }
        route(x, space);
        final int hidden = space.output.length;
        Arrays.fill(y, 0, hidden, 0);
        for (int choice = 0; choice < space.chosen.length; choice++) {
            experts[space.chosen[choice]].apply(x, space, space.output);
            Elementwise.addScaled(y, space.shares[choice], space.output, hidden);
        }
    }

    /** The experts with the largest scores, the strongest first, and the softmax over their scores. */
    private void route(final float[] x, final Space space) {
        router.apply(x, space.scores);
        double sum = 0;
        float strongest = 0;
        for (int choice = 0; choice < space.chosen.length; choice++) {
            int best = 0;
            for (int expert = 1; expert < space.scores.length; expert++) {
                best = space.scores[expert] > space.scores[best] ? expert : best;
            }
            final float score = space.scores[best];
            strongest = choice == 0 ? score : strongest;
            space.chosen[choice] = best;
            space.shares[choice] = (float) Math.exp(score - strongest);
            sum += space.shares[choice];
            space.scores[best] = Float.NEGATIVE_INFINITY;
        }
        for (int choice = 0; choice < space.chosen.length; choice++) {
            space.shares[choice] = (float) (space.shares[choice] / sum);
        }
    }
}
