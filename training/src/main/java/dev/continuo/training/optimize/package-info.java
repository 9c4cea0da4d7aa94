/**
 * What a training loop is made of: the scope of a step, the optimiser and its schedule, the average of the weights, checkpoints, and
 * what the operator sees.
 *
 * <p>Nothing here knows a model: parameters are named arrays, on any device. A step reads
 *
 * <pre>{@code
 * try (StepScope scope = new StepScope(weights.newScope(), optimizer.parameters())) {
 *     NDArray loss = model.loss(batch(scope.manager()));
 *     scope.backward(loss);
 * }
 * GradientClipping clipped = GradientClipping.of(optimizer.parameters(), 1.0);
 * optimizer.step(learningRate.at(step), clipped.scale());
 * average.update(step);
 * }</pre>
 */
package dev.continuo.training.optimize;
