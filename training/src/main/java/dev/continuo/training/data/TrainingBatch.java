package dev.continuo.training.data;

import dev.continuo.reasoning.network.TokenBatch;
import java.util.List;
import java.util.Map;

/**
 * One micro-batch before it becomes tensors: made by a background thread, so it holds plain arrays.
 *
 * @param pages  pages of symbols or toys, of which nothing is said, by the robot whose task they are about
 * @param lines  lines of writing
 * @param sought small pages with an instruction about what is on them
 * @param scenes pictures of each robot's cell
 * @param others prompts and answers about anything else, in groups of about the same length
 */
public record TrainingBatch(Map<Robot, Seen> pages, Seen lines, Sought sought, Map<Robot, Scenes> scenes, List<List<TokenBatch.Sample>> others) {
    /**
     * Pictures of which it is known what is where.
     *
     * @param samples prompts and answers about them
     * @param kinds   the kinds of {@link SymbolMap} of all pictures, one after the other
     */
    public record Seen(List<TokenBatch.Sample> samples, long[] kinds) {
        /** Whether there are none. */
        public boolean isEmpty() {
            return samples.isEmpty();
        }
    }

    /**
     * Pictures in which something is looked for.
     *
     * @param pictures what is seen and said
     * @param asked    for each image token what it is to the instruction, see {@link Example.Truth}
     */
    public record Sought(Seen pictures, long[] asked) {
    }

    /**
     * Pictures of whole scenes; those with a motion come first.
     *
     * @param pictures what is seen and said
     * @param asked    for each image token of all pictures what it is to the instruction, see {@link Example.Truth}; empty where that is not told
     * @param scene    what is true about the scenes, picture by picture
     * @param next     what is true about the reasonings
     * @param motions  of the first pictures
     */
    public record Scenes(Seen pictures, long[] asked, float[] scene, float[] next, Motions motions) {
        /** Those with a motion. */
        public List<TokenBatch.Sample> acted() {
            return pictures.samples().subList(0, motions.count());
        }

        /** Those without. */
        public List<TokenBatch.Sample> told() {
            return pictures.samples().subList(motions.count(), pictures.samples().size());
        }
    }

    /**
     * Motions, normalised.
     *
     * @param heard   for each the picture whose reasoning is heard while it is made: its own, or an earlier one of the same episode
     * @param states  sample by sample
     * @param actions chunks
     * @param valid   row masks
     */
    public record Motions(int[] heard, float[] states, float[] actions, float[] valid) {
        /** How many. */
        public int count() {
            return heard.length;
        }
    }
}
