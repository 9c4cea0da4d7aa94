package dev.continuo.reasoning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Prompts with their answers as one padded batch for the network, in inference (one prompt, no answer) and in training.
 *
 * @param ids           {@code [samples, tokens]}, 64-bit; padded on the right with 0, which nothing looks at
 * @param rotary        angles of the positions of all tokens
 * @param sources       {@code [samples·tokens]}: the row of (embedded tokens, image tokens) that each token is taken from; null without images
 * @param imageRows     {@code [image tokens of all samples]}: rows of {@code hidden.reshape(samples·tokens, d)} that are image tokens; only training asks for them
 * @param images        images of equal grids that follow each other, joined
 * @param promptShares  {@code [samples, 1, tokens]}: weights that average over a sample's prompt
 * @param answerShares  the same for its answer; zero without one
 * @param predictorRows {@code [answer tokens of all samples]}: rows of {@code hidden.reshape(samples·tokens, d)} that predict an answer token
 * @param targets       {@code [answer tokens of all samples]}: the tokens that they should predict
 */
public record TokenBatch(
    NDArray ids, Rotary rotary, NDArray sources, long[] imageRows, List<ImageGroup> images, NDArray promptShares, NDArray answerShares,
    NDArray predictorRows, NDArray targets) {

    /**
     * Images of one grid.
     *
     * @param patches     {@code [images·rows·columns, patchValues]}
     * @param gridRows    rows of patches of each
     * @param gridColumns columns of patches of each
     */
    public record ImageGroup(NDArray patches, int gridRows, int gridColumns) {
    }

    /**
     * A prompt and what should follow it.
     *
     * @param prompt the prompt
     * @param answer the tokens of the answer, its end token included; empty to compute the prompt alone
     */
    public record Sample(Prompt prompt, long[] answer) {
        int length() {
            return prompt.length() + answer.length;
        }
    }

    /** Joins samples; the arrays belong to the manager. */
    public static TokenBatch of(
        final NDManager manager, final VlmConfig config, final long imageToken, final List<Sample> samples) {
        final int tokens = samples.stream().mapToInt(Sample::length).max().orElseThrow();
        final int count = samples.size();
        final long[] ids = new long[count * tokens];
        final long[] sources = new long[count * tokens];
        final int[][][] positions = new int[3][count][tokens];
        final float[] promptShares = new float[count * tokens];
        final float[] answerShares = new float[count * tokens];
        final int answered = samples.stream().mapToInt(sample -> sample.answer.length).sum();
        final long[] predictors = new long[answered];
        final long[] targets = new long[answered];
        final LongStream.Builder imageRows = LongStream.builder();
        int imageRow = count * tokens;
        int target = 0;
        for (int s = 0; s < count; s++) {
            final Prompt prompt = samples.get(s).prompt;
            final long[] answer = samples.get(s).answer;
            final int begin = s * tokens;
            final int split = begin + prompt.length();
            System.arraycopy(prompt.ids(), 0, ids, begin, prompt.length());
            System.arraycopy(answer, 0, ids, split, answer.length);
            for (int axis = 0; axis < 3; axis++) {
                place(prompt, axis, samples.get(s).length(), positions[axis][s]);
            }
            for (int row = begin; row < begin + tokens; row++) {
                final boolean image = row < split && ids[row] == imageToken;
                sources[row] = image ? imageRow++ : row;
                if (image) {
                    imageRows.add(row);
                }
            }
            Arrays.fill(promptShares, begin, split, 1.0f / prompt.length());
            Arrays.fill(answerShares, split, split + answer.length, 1.0f / answer.length);
            for (int i = 0; i < answer.length; i++, target++) {
                predictors[target] = split + i - 1;
                targets[target] = answer[i];
            }
        }
        final Shape shares = new Shape(count, 1, tokens);
        return new TokenBatch(
            manager.create(ids, new Shape(count, tokens)), Rotary.multimodal(manager, config, positions),
            imageRow == count * tokens ? null : manager.create(sources),
            imageRows.build().toArray(), groups(manager, config, samples),
            manager.create(promptShares, shares), manager.create(answerShares, shares),
            manager.create(predictors), manager.create(targets));
    }

    /** Padded length. */
    public long tokens() {
        return ids.getShape().get(1);
    }

    /** Mean hidden state of each sample's prompt, {@code [samples, d]}: the raw observation condition {@code o}. */
    public NDArray promptMean(final NDArray hidden) {
        return mean(promptShares, hidden);
    }

    /** Mean hidden state of each sample's answer tokens, {@code [samples, d]}: the raw reasoning condition {@code r}. */
    public NDArray answerMean(final NDArray hidden) {
        return mean(answerShares, hidden);
    }

    /** The hidden states that predict the answer tokens, {@code [answer tokens of all samples, d]}, in the order of {@link #targets}. */
    public NDArray predictors(final NDArray hidden) {
        return Functions.rows(hidden.reshape(-1, hidden.getShape().get(2)), predictorRows);
    }

    /** The hidden states of all image tokens, {@code [image tokens of all samples, d]}. */
    public NDArray imageTokens(final NDArray hidden) {
        return Functions.rows(hidden.reshape(-1, hidden.getShape().get(2)), hidden.getManager().create(imageRows));
    }

    private static NDArray mean(final NDArray shares, final NDArray hidden) {
        return shares.matMul(hidden).squeeze(1);
    }

    private static void place(final Prompt prompt, final int axis, final int length, final int[] positions) {
        System.arraycopy(prompt.positions()[axis], 0, positions, 0, prompt.length());
        final int next = prompt.nextPosition();
        for (int i = prompt.length(); i < length; i++) {
            positions[i] = next + i - prompt.length();
        }
        Arrays.fill(positions, length, positions.length, 1);
    }

    private static List<ImageGroup> groups(final NDManager manager, final VlmConfig config, final List<Sample> samples) {
        final List<ImagePatches> images = samples.stream().flatMap(sample -> sample.prompt.images().stream()).toList();
        final List<ImageGroup> groups = new ArrayList<>();
        for (int begin = 0; begin < images.size(); ) {
            final ImagePatches first = images.get(begin);
            int end = begin;
            while (end < images.size() && images.get(end).gridRows() == first.gridRows()
                && images.get(end).gridColumns() == first.gridColumns()) {
                end++;
            }
            groups.add(group(manager, config, images.subList(begin, end)));
            begin = end;
        }
        return groups;
    }

    private static ImageGroup group(final NDManager manager, final VlmConfig config, final List<ImagePatches> images) {
        final ImagePatches first = images.getFirst();
        final int rows = images.size() * first.gridRows() * first.gridColumns();
        final FloatBuffer values = FloatBuffer.allocate(rows * config.vision().patchValues());
        for (final ImagePatches image : images) {
            if (image.values().length != first.gridRows() * first.gridColumns() * config.vision().patchValues()) {
                throw new IllegalArgumentException("an image holds " + image.values().length + " values for "
                    + first.gridRows() * first.gridColumns() + " patches of " + config.vision().patchValues());
            }
            values.put(image.values());
        }
        final NDArray patches = manager.create(values.array(), new Shape(rows, config.vision().patchValues()));
        return new ImageGroup(patches, first.gridRows(), first.gridColumns());
    }
}
