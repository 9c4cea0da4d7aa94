/**
 * The action expert: ScaleDP, a diffusion transformer that turns two conditions of the vision-language model, what is seen
 * ({@code o}) and what is thought ({@code r}), and the robot's state into a chunk of joint positions.
 *
 * <p>{@link dev.continuo.policy.ActionExpert} is the way in for those who act, {@link dev.continuo.policy.ExpertNetwork} for those who train.
 * {@link dev.continuo.policy.ScaleDp} is the network of tensors, {@link dev.continuo.policy.Denoiser} the same over plain arrays for a chunk on
 * a CPU, {@link dev.continuo.policy.DdimSchedule} the diffusion, {@link dev.continuo.policy.NormalizationStatistics} the units. All of it works
 * at any size and on any device: the sizes come from {@code policy_config.json} ({@link dev.continuo.policy.PolicyConfig}).
 */
package dev.continuo.policy;
