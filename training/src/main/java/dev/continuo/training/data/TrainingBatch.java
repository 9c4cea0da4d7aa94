package dev.continuo.training.data;

import dev.continuo.reasoning.network.TokenBatch;
import java.util.List;

/**
 * One micro-batch before it becomes tensors: made by a background thread, so it holds plain arrays.
 *
 * @param pages    pages of symbols, of which nothing is said
 * @param lines    prompts and answers about lines of writing
 * @param pictures prompts and answers about whole scenes; those with a motion come first
 * @param others   prompts and answers about anything else, in groups of about the same length
 * @param motions  samples with a motion: the first of the pictures
 * @param heard    for each of them the picture whose reasoning is heard while it moves: its own, or an earlier one of the same episode
 * @param states   their normalised states, sample by sample
 * @param actions  their normalised chunks
 * @param valid    their row masks
 * @param truth    what is true about pages, lines and pictures
 */
public record TrainingBatch(
    List<TokenBatch.Sample> pages, List<TokenBatch.Sample> lines, List<TokenBatch.Sample> pictures, List<List<TokenBatch.Sample>> others,
    int motions, int[] heard, float[] states, float[] actions, float[] valid, Truth truth) {

    /**
     * What is true about all pages, lines and pictures, one after the other.
     *
     * @param onPages the kinds of {@link SymbolMap} of the pages
     * @param inLines the same of the lines
     * @param symbols the same of the pictures
     * @param scene   the numbers of {@link SceneTruth#ofScene}
     * @param next    the numbers of {@link SceneTruth#ofReasoning}
     */
    public record Truth(long[] onPages, long[] inLines, long[] symbols, float[] scene, float[] next) {
    }
}
