/**
 * The vision-language model: a Qwen2-VL network whose feed-forward layers may be a dynamic mixture of experts, its chat
 * template, and greedy generation with a key-value cache.
 *
 * <p>Start at {@link dev.continuo.reasoning.VisionLanguageModel}: it loads a model folder, computes the observation condition {@code o} of a
 * prompt, and generates a reasoning with its condition {@code r}. {@code tensor} holds weights and their files, {@code network} the
 * layers (one code for inference and for training), {@code text} the tokenizer.
 */
package dev.continuo.reasoning;
