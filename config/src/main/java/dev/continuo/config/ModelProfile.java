package dev.continuo.config;

import java.nio.file.Path;

/**
 * The model and how it is run.
 *
 * @param directory          the folder with config, tokenizer and safetensors; relative to the installation
 * @param policy    the folder of the robot's action expert, below {@code directory}; empty where it is in {@code directory} itself
 * @param threads            threads of one tensor operation
 * @param maxReasoningTokens where the generation of a reasoning is cut off
 * @param reasoningPeriodNanos least time between the starts of two reasonings
 * @param reasoningMaxAgeNanos the age of its observation past which a reasoning is not used any more
 */
public record ModelProfile(
    Path directory, Path policy, int threads, int maxReasoningTokens, long reasoningPeriodNanos, long reasoningMaxAgeNanos) {
}
