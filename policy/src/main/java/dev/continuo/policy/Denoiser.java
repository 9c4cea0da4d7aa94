package dev.continuo.policy;

import dev.continuo.reasoning.kernel.Elementwise;
import dev.continuo.reasoning.kernel.Normalization;
import dev.continuo.reasoning.kernel.PackedMatrix;
import dev.continuo.reasoning.kernel.Rows;
import dev.continuo.reasoning.kernel.SelfAttention;
import java.util.Arrays;

/**
 * The action expert over plain arrays: the computation of {@link ExpertNetwork}, for one chunk on a CPU.
 *
 * <p>What does not depend on the noisy chunk, which is all conditions and what they make of the layer norms at every timestep, is computed once
 * before the first step. Holds the space that it computes in: for one thread. It allocates nothing.
 */
final class Denoiser implements Sampler {

    private final PackedExpert expert;
    private final PolicyConfig config;
    private final int width;
    private final int rows;
    private final int steps;

    private final float[] projected;
    private final float[] seen;
    private final float[] heard;
    private final float[] modulator;
    private final float[] pooled;
    private final float[] conditionBase;
    private final float[][] byObservation;
    private final float[][] byReasoning;
    /** By block, by vector, by step; the final layer's at the end. */
    private final float[][][][] vectors;

    private final SelfAttention attention;
    private final float[][] noisy;
    private final float[][] x;
    private final float[][] normal;
    private final float[][] queryKeyValue;
    private final float[][] mixed;
    private final float[][] inner;
    private final float[][] added;
    private final float[] predicted;

    /** Space for an expert's chunks. */
    Denoiser(final PackedExpert expert) {
        this.expert = expert;
        config = expert.config;
        width = config.width();
        rows = config.chunkRows();
        steps = expert.schedule.inferenceSteps();
        final int size = config.conditionSize();
        projected = new float[size];
        seen = new float[size];
        heard = new float[size];
        modulator = new float[size];
        pooled = new float[size + config.stateSize()];
        conditionBase = new float[width];
        byObservation = Rows.of(steps, width);
        byReasoning = Rows.of(steps, width);
        vectors = new float[config.blocks() + 1][][][];
        for (int i = 0; i < config.blocks(); i++) {
            vectors[i] = vectors(PackedExpert.BLOCK_VECTORS);
        }
        vectors[config.blocks()] = vectors(PackedExpert.LAST_VECTORS);
        attention = new SelfAttention(rows, config.heads(), width / config.heads());
        noisy = Rows.of(rows, config.actionSize());
        x = Rows.of(rows, width);
        normal = Rows.of(rows, width);
        queryKeyValue = Rows.of(rows, 3 * width);
        mixed = Rows.of(rows, width);
        inner = Rows.of(rows, 4 * width);
        added = Rows.of(rows, width);
        predicted = new float[rows * config.actionSize()];
    }

    private float[][][] vectors(final int count) {
        final float[][][] vectors = new float[count][][];
        Arrays.setAll(vectors, _ -> Rows.of(steps, width));
        return vectors;
    }

    @Override
    public void denoise(final float[] observation, final float[] reasoning, final float[] state, final float[][] samples, final int count, final Guide guide) {
        project(observation, reasoning);
        condition(state);
        modulate();
        for (int i = 0; i < count; i++) {
            for (int step = 0; step < steps; step++) {
                predict(samples[i], step);
                expert.schedule.step(samples[i], predicted, step, guide);
            }
        }
    }

    /** Brings what is seen and heard into the expert's space. */
    private void project(final float[] observation, final float[] reasoning) {
        project(expert.observation, observation, seen);
        if (expert.reasoning != null) {
            project(expert.reasoning, reasoning, heard);
        }
        if (expert.filmScale != null) {
            expert.filmScale.apply(heard, modulator);
            expert.filmShift.apply(heard, projected);
            for (int j = 0; j < seen.length; j++) {
                seen[j] = seen[j] * (modulator[j] + 1) + projected[j] + observation[j];
            }
        }
        if (config.conditioning().reasoningInObservation()) {
            Elementwise.add(seen, heard, seen.length);
        }
    }

    private void project(final PackedExpert.Projection projection, final float[] hidden, final float[] condition) {
        projection.first().apply(hidden, projected);
        Elementwise.gelu(projected, projected.length);
        projection.second().apply(projected, condition);
    }

    /** What every adaptive layer norm starts from: SiLU(t + W [LN(pooled) | state]) at each step. */
    private void condition(final float[] state) {
        System.arraycopy(state, 0, pooled, seen.length, state.length);
        condition(expert.observationIn, seen, byObservation);
        if (expert.reasoningIn != null) {
            condition(expert.reasoningIn, heard, byReasoning);
        }
    }

    private void condition(
        final PackedMatrix in, final float[] condition, final float[][] byStep) {
        Normalization.layerNorm(
            condition, expert.conditionScale, expert.conditionShift, ScaleDp.CONDITION_NORM_EPSILON, pooled, condition.length);
        in.apply(pooled, conditionBase);
        for (int step = 0; step < steps; step++) {
            System.arraycopy(conditionBase, 0, byStep[step], 0, width);
            Elementwise.add(byStep[step], expert.times[step], width);
            Elementwise.silu(byStep[step], width);
        }
    }

    /** The adaptive layer norm vectors of all layers at all steps. */
    private void modulate() {
        final Conditioning conditioning = config.conditioning();
        for (int i = 0; i < expert.blocks.size(); i++) {
            modulate(expert.blocks.get(i).modulation(), conditioning.reasoningAt(i) ? byReasoning : byObservation, vectors[i]);
        }
        modulate(expert.lastModulation, conditioning.reasoningAtEnd() ? byReasoning : byObservation, vectors[expert.blocks.size()]);
    }

    private void modulate(
        final PackedMatrix[] matrices, final float[][] condition, final float[][][] result) {
        for (int v = 0; v < matrices.length; v++) {
            matrices[v].apply(condition, result[v], steps);
        }
        // Each second one of three is a scale, told as its difference to 1.
        for (int v = 1; v < matrices.length; v += 3) {
            for (final float[] scale : result[v]) {
                for (int j = 0; j < width; j++) {
                    scale[j] += 1;
                }
            }
        }
    }

    /** What the network tells about a noisy chunk at a step, into {@link #predicted}. */
    private void predict(final float[] sample, final int step) {
        final int action = config.actionSize();
        for (int i = 0; i < rows; i++) {
            System.arraycopy(sample, i * action, noisy[i], 0, action);
        }
        expert.tokens.apply(noisy, x, rows);
        for (int i = 0; i < rows; i++) {
            Elementwise.add(x[i], expert.positions[i], width);
        }
        for (int i = 0; i < expert.blocks.size(); i++) {
            block(expert.blocks.get(i), vectors[i], step);
        }
        final float[][][] last = vectors[expert.blocks.size()];
        norm(last[0][step], last[1][step]);
        expert.lastLinear.apply(normal, noisy, rows);
        for (int i = 0; i < rows; i++) {
            System.arraycopy(noisy[i], 0, predicted, i * action, action);
        }
    }

    private void block(final PackedExpert.Block block, final float[][][] modulation, final int step) {
        norm(modulation[0][step], modulation[1][step]);
        block.queryKeyValue().apply(normal, queryKeyValue, rows);
        attention.apply(queryKeyValue, mixed);
        block.projection().apply(mixed, added, rows);
        addGated(modulation[2][step]);
        norm(modulation[3][step], modulation[4][step]);
        block.expand().apply(normal, inner, rows);
        for (int i = 0; i < rows; i++) {
            Elementwise.geluTanh(inner[i], 4 * width);
        }
        block.contract().apply(inner, added, rows);
        addGated(modulation[5][step]);
    }

    private void norm(final float[] shift, final float[] scale) {
        for (int i = 0; i < rows; i++) {
            Normalization.layerNorm(x[i], scale, shift, ScaleDp.BLOCK_NORM_EPSILON, normal[i], width);
        }
    }

    private void addGated(final float[] gate) {
        for (int i = 0; i < rows; i++) {
            Elementwise.addScaled(x[i], gate, added[i], width);
        }
    }
}
