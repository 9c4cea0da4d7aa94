package dev.continuo.benchmarks.model;

/**
 * What the model is given, the same for all implementations.
 *
 * @param gridRows     rows of patches of the picture
 * @param gridColumns  columns of patches of the picture
 * @param textTokens   tokens of the prompt that are no picture
 * @param answerTokens tokens of a reasoning
 * @param batch        samples of a training step
 * @param threads      threads of the tensor library
 * @param warmUpNanos  of each part
 * @param nanos        measured time of each part
 * @param leastRuns    of each part, whatever they take
 */
public record ModelTask(int gridRows, int gridColumns, int textTokens, int answerTokens, int batch, int threads, long warmUpNanos,
                        long nanos, int leastRuns) {
}
