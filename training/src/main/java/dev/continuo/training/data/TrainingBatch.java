package dev.continuo.training.data;

import dev.continuo.reasoning.network.TokenBatch;
import java.util.List;

/**
 * One micro-batch before it becomes tensors: made by a background thread, so it holds plain arrays.
 *
 * @param samples  prompts and answers; those with a motion come first
 * @param motions  samples with a motion
 * @param states   their normalised states, sample by sample
 * @param actions  their normalised chunks
 * @param valid    their row masks
 */
public record TrainingBatch(List<TokenBatch.Sample> samples, int motions, float[] states, float[] actions, float[] valid) {
}
