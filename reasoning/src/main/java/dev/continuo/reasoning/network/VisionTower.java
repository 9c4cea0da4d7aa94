package dev.continuo.reasoning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import dev.continuo.reasoning.tensor.Scalar;
import dev.continuo.reasoning.tensor.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * The vision transformer: patches of an image to features, each patch attending to all patches of its image, placed by a two-dimensional
 * rotary embedding. Native resolution: any grid of patches. Immutable; for any number of threads.
 */
public final class VisionTower {
    private record Block(
        NDArray norm1Weight, NDArray norm1Bias, NDArray qkvWeight, NDArray qkvBias, NDArray projWeight, NDArray projBias,
        NDArray norm2Weight, NDArray norm2Bias, NDArray fc1Weight, NDArray fc1Bias, NDArray fc2Weight, NDArray fc2Bias) {
    }

    private final VisionConfig config;
    private final NDArray patchEmbedding;
    private final List<Block> blocks = new ArrayList<>();

    /** Finds and checks the weights of a tower. */
    public VisionTower(final VisionConfig config, final Weights weights) {
        this.config = config;
        patchEmbedding = weights.get("visual.patch_embed.proj.weight", config.width(), config.patchValues());
        final long width = config.width();
        final long inner = width * config.mlpRatio();
        for (int i = 0; i < config.depth(); i++) {
            final String name = "visual.blocks." + i + '.';
            blocks.add(new Block(
                weights.get(name + "norm1.weight", width), weights.get(name + "norm1.bias", width),
                weights.get(name + "attn.qkv.weight", 3 * width, width), weights.get(name + "attn.qkv.bias", 3 * width),
                weights.get(name + "attn.proj.weight", width, width), weights.get(name + "attn.proj.bias", width),
                weights.get(name + "norm2.weight", width), weights.get(name + "norm2.bias", width),
                weights.get(name + "mlp.fc1.weight", inner, width), weights.get(name + "mlp.fc1.bias", inner),
                weights.get(name + "mlp.fc2.weight", width, inner), weights.get(name + "mlp.fc2.bias", width)));
        }
    }

    /**
     * Features of each patch.
     *
     * @param patches {@code [images·rows·columns, patchValues]}, in merged order: each group of patches of one token lies together
     * @param rows    rows of patches of each image
     * @param columns columns of patches of each image
     * @return {@code [images·rows·columns, width]}
     */
    public NDArray forward(final NDArray patches, final int rows, final int columns) {
        final long tokens = (long) rows * columns;
        final long images = patches.getShape().get(0) / tokens;
        final Rotary rotary = Rotary.grid(patches.getManager(), config, rows, columns);
        NDArray x = Functions.linear(patches, patchEmbedding, null).reshape(images, tokens, config.width());
        for (final Block block : blocks) {
            x = Functions.consuming(x, in -> in.add(attend(
                Functions.layerNorm(in, block.norm1Weight, block.norm1Bias, VisionConfig.NORM_EPSILON), block, rotary)));
            x = Functions.consuming(x, in -> in.add(feedForward(
                Functions.layerNorm(in, block.norm2Weight, block.norm2Bias, VisionConfig.NORM_EPSILON), block)));
        }
        return x.reshape(images * tokens, config.width());
    }

    private static NDArray feedForward(final NDArray x, final Block block) {
        final NDArray inner = Functions.quickGelu(Functions.linear(x, block.fc1Weight, block.fc1Bias));
        return Functions.linear(inner, block.fc2Weight, block.fc2Bias);
    }

    private NDArray attend(final NDArray x, final Block block, final Rotary rotary) {
        final Shape shape = x.getShape();
        final long headWidth = config.headWidth();
        final Shape heads = new Shape(shape.get(0), config.heads(), shape.get(1), headWidth);
        final NDArray parts = Functions.linear(x, block.qkvWeight, block.qkvBias)
            .reshape(shape.get(0), shape.get(1), 3, config.heads(), headWidth).transpose(2, 0, 3, 1, 4);
        final NDList turnedAndValue = parts.split(new long[]{2}, 0);
        final NDList queryAndKey = rotary.apply(turnedAndValue.get(0)).split(2, 0);
        final NDArray query = queryAndKey.get(0).reshape(heads).mul(Scalar.of(x, 1.0 / Math.sqrt(headWidth)));
        final NDArray mixed =
            Functions.attention(query, queryAndKey.get(1).reshape(heads), turnedAndValue.get(1).reshape(heads), null);
        return Functions.linear(mixed.transpose(0, 2, 1, 3).reshape(shape), block.projWeight, block.projBias);
    }
}
