/**
 * The network of Qwen2-VL as functions over weights: vision tower, patch merger, decoder with grouped-query attention and multimodal rotary
 * positions, and the dynamic mixture of experts. Every function is differentiable and works on batches; no layer holds state.
 *
 * <p>Arrays belong to the manager of a function's first argument, never to that of the weights: a caller who closes the manager of its inputs
 * releases all that was computed from them.
 */
package dev.continuo.reasoning.network;
