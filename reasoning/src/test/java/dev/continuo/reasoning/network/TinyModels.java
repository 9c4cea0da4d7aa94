package dev.continuo.reasoning.network;

import ai.djl.ndarray.NDManager;
import dev.continuo.reasoning.text.ChatFormat;
import java.util.List;
import java.util.Random;

/** Small configurations and inputs for tests. */
public final class TinyModels {
    /** The placeholder of an image token in these tests. */
    public static final long IMAGE_TOKEN = 5;

    private TinyModels() {
    }

    /** Two vision blocks and two decoder layers of a few features each. */
    public static VlmConfig tiny(final int experts) {
        return new VlmConfig(32, 2, 4, 2, 8, 48, experts, Math.min(2, experts), 1e-6f, 1e6, new VlmConfig.MropeSection(1, 1, 2), 64,
            new VisionConfig(2, 32, 4, 2, 3, 14, 2, 2), ChatFormat.PLAIN);
    }

    /** The size that ships with the project. */
    public static VlmConfig nano() {
        return new VlmConfig(192, 4, 6, 2, 32, 384, 8, 2, 1e-6f, 1e6, new VlmConfig.MropeSection(4, 6, 6), 600,
            new VisionConfig(4, 128, 4, 4, 3, 14, 2, 2), ChatFormat.PLAIN);
    }

    /** An image of noise. */
    public static ImagePatches image(final int rows, final int columns, final long seed) {
        final Random random = new Random(seed);
        final float[] values = new float[rows * columns * 1176];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new ImagePatches(values, rows, columns);
    }

    /** A prompt of text, images and text again. */
    public static Prompt prompt(final int textBefore, final int textAfter, final ImagePatches... images) {
        final int imageTokens = List.of(images).stream().mapToInt(image -> image.tokens(2)).sum();
        final long[] ids = new long[textBefore + imageTokens + textAfter + images.length];
        int index = 0;
        for (int i = 0; i < textBefore; i++) {
            ids[index++] = 10 + i % 20;
        }
        for (final ImagePatches image : images) {
            for (int i = 0; i < image.tokens(2); i++) {
                ids[index++] = IMAGE_TOKEN;
            }
            ids[index++] = 6;
        }
        for (int i = 0; i < textAfter; i++) {
            ids[index++] = 30 + i % 20;
        }
        return Prompt.of(ids, IMAGE_TOKEN, 2, List.of(images));
    }

    /** A batch of one prompt without an answer. */
    public static TokenBatch batch(final NDManager manager, final VlmConfig config, final Prompt prompt) {
        return TokenBatch.of(manager, config, IMAGE_TOKEN, List.of(new TokenBatch.Sample(prompt, new long[0])));
    }
}
