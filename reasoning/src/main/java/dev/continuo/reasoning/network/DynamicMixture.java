package dev.continuo.reasoning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.continuo.reasoning.tensor.Weights;

/**
 * The dynamic mixture of experts of ChatVLA-2: a router sends each token to the {@code k} experts with the largest logits and adds their
 * outputs, weighted by the softmax over these {@code k} logits. No token is dropped and no expert is shared.
 *
 * <p>Three ways of computing it give the same result; {@link Dispatch#choose} takes the fastest for a number of tokens. Immutable; for any
 * number of threads.
 *
 * @param routerWeight    {@code [experts, hiddenSize]}
 * @param routerBias      {@code [experts]}
 * @param gateUp          gate and up projections of all experts, {@code [experts, 2·intermediateSize, hiddenSize]}
 * @param down            down projections of all experts, {@code [experts, hiddenSize, intermediateSize]}
 * @param expertsPerToken k
 */
public record DynamicMixture(NDArray routerWeight, NDArray routerBias, NDArray gateUp, NDArray down, int expertsPerToken)
    implements FeedForward {

    /** How tokens meet experts. */
    public enum Dispatch {
        /** Sort the assignments by expert and give each expert its tokens: no wasted work, best for many tokens. */
        SORTED,
        /** Compute all experts for all tokens in two batched products: few, large kernels, best for few tokens on a GPU. */
        ALL_EXPERTS,
        /** Visit the chosen experts of a single token: touches only their weights. */
        SINGLE_TOKEN;

        private static final long ALL_EXPERTS_TOKENS_MAX = 64;

        /** The fastest way for a number of tokens. */
        static Dispatch choose(final long tokens, final boolean gpu) {
            if (tokens == 1) {
                return SINGLE_TOKEN;
            }
            return gpu && tokens <= ALL_EXPERTS_TOKENS_MAX ? ALL_EXPERTS : SORTED;
        }
    }

    /**
     * Where the router sends each token.
     *
     * @param experts       {@code [tokens, k]}, 64-bit integers, the strongest first
     * @param probabilities {@code [tokens, k]}, each row sums to 1
     */
    public record Routing(NDArray experts, NDArray probabilities) {
    }

    /** Finds and checks the weights under {@code layer} (which ends in a dot). */
    static DynamicMixture of(final VlmConfig config, final Weights weights, final String layer) {
        final String name = layer + TensorLayout.ROUTED;
        return new DynamicMixture(
            weights.get(name + TensorLayout.ROUTER + "weight", config.experts(), config.hiddenSize()),
            weights.get(name + TensorLayout.ROUTER + "bias", config.experts()),
            weights.get(name + "experts.gate_up_proj.weight", config.experts(), 2L * config.intermediateSize(), config.hiddenSize()),
            weights.get(name + "experts.down_proj.weight", config.experts(), config.hiddenSize(), config.intermediateSize()),
            config.expertsPerToken());
    }

    @Override
    public NDArray forward(final NDArray x) {
        return forward(x, Dispatch.choose(x.getShape().get(0), x.getDevice().isGpu()));
    }

    /** As {@link #forward(NDArray)}, in a given way. */
    public NDArray forward(final NDArray x, final Dispatch dispatch) {
        final Routing routing = route(x);
        return switch (dispatch) {
            case SORTED -> sorted(x, routing);
            case ALL_EXPERTS -> allExperts(x, routing);
            case SINGLE_TOKEN -> singleToken(x, routing);
        };
    }

    /** The experts and weights of each token in {@code x [tokens, hiddenSize]}. */
    public Routing route(final NDArray x) {
        final NDList strongest = Functions.linear(x, routerWeight, routerBias).topK(expertsPerToken, -1, true, true);
        return new Routing(strongest.get(1), strongest.get(0).softmax(-1));
    }

    private NDArray sorted(final NDArray x, final Routing routing) {
        final NDManager scope = x.getManager();
        final long tokens = x.getShape().get(0);
        // Assignments in the order (first choices of all tokens, second choices of all tokens, ...): token = index mod tokens.
        final NDArray assigned = routing.experts.transpose().reshape(tokens * expertsPerToken);
        final NDArray order = assigned.argSort(0);
        final long[] counts = new long[Math.toIntExact(gateUp.getShape().get(0))];
        for (final long expert : assigned.toLongArray()) {
            counts[(int) expert]++;
        }
        final NDList gateUps = gateUp.split(counts.length, 0);
        gateUps.attach(scope);
        final NDList downs = down.split(counts.length, 0);
        downs.attach(scope);
        final NDList inputs = Functions.rows(x, order.mod(tokens)).split(ends(counts), 0);
        final NDList outputs = new NDList(counts.length);
        for (int expert = 0; expert < counts.length; expert++) {
            if (counts[expert] > 0) {
                outputs.add(expert(inputs.get(expert), gateUps.get(expert).squeeze(0), downs.get(expert).squeeze(0)));
            }
        }
        final NDArray chosen = Functions.rows(NDArrays.concat(outputs, 0), order.argSort(0))
            .reshape(expertsPerToken, tokens, x.getShape().get(1));
        return chosen.mul(routing.probabilities.transpose().reshape(expertsPerToken, tokens, 1)).sum(new int[]{0});
    }

    /** Where each count but the last ends when they lie one after the other. */
    private static long[] ends(final long[] counts) {
        final long[] ends = new long[counts.length - 1];
        long end = 0;
        for (int i = 0; i < ends.length; i++) {
            end += counts[i];
            ends[i] = end;
        }
        return ends;
    }

    private NDArray allExperts(final NDArray x, final Routing routing) {
        final NDManager scope = x.getManager();
        final long tokens = x.getShape().get(0);
        final long experts = gateUp.getShape().get(0);
        final NDArray gateUps = gateUp.swapAxes(1, 2);
        gateUps.attach(scope);
        final NDArray downs = down.swapAxes(1, 2);
        downs.attach(scope);
        final NDArray weight = scope.zeros(new Shape(tokens, experts), DataType.FLOAT32)
            .scatter(routing.experts, routing.probabilities, 1);
        final NDArray outputs = Functions.gatedSilu(x.expandDims(0).matMul(gateUps)).matMul(downs);
        return outputs.mul(weight.transpose().expandDims(2)).sum(new int[]{0});
    }

    private NDArray singleToken(final NDArray x, final Routing routing) {
        final NDManager scope = x.getManager();
        final NDList shares = routing.probabilities.split(expertsPerToken, 1);
        NDArray sum = null;
        int choice = 0;
        for (final long expert : routing.experts.toLongArray()) {
            final NDArray gateUpOfExpert = gateUp.get(expert);
            gateUpOfExpert.attach(scope);
            final NDArray downOfExpert = down.get(expert);
            downOfExpert.attach(scope);
            final NDArray output = expert(x, gateUpOfExpert, downOfExpert).mul(shares.get(choice++));
            sum = null == sum ? output : sum.add(output);
        }
        return sum;
    }

    private static NDArray expert(final NDArray x, final NDArray gateUp, final NDArray down) {
        return Functions.linear(Functions.gatedSilu(Functions.linear(x, gateUp, null)), down, null);
    }
}
