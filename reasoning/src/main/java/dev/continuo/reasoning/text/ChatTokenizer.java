package dev.continuo.reasoning.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.continuo.config.ProfileException;
import dev.continuo.reasoning.network.ImagePatches;
import dev.continuo.reasoning.network.Prompt;
import dev.continuo.reasoning.network.VlmConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Text to tokens and back, in the chat form of Qwen2-VL (chatvla2.md section 3.4). For any number of threads.
 */
public final class ChatTokenizer implements AutoCloseable {
    private final HuggingFaceTokenizer tokenizer;
    private final int mergeSize;
    private final String system;
    private final long imagePad;
    private final long endOfTurn;

    private ChatTokenizer(final Path file, final HuggingFaceTokenizer tokenizer, final VlmConfig config) {
        this.tokenizer = tokenizer;
        mergeSize = config.vision().mergeSize();
        system = config.systemPrompt().isEmpty() ? "" : "<|im_start|>system\n" + config.systemPrompt() + "<|im_end|>\n";
        imagePad = special(file, "<|image_pad|>");
        endOfTurn = special(file, "<|im_end|>");
    }

    /** Reads {@code tokenizer.json} in a model's folder. */
    public static ChatTokenizer load(final Path folder, final VlmConfig config) {
        final Path file = folder.resolve("tokenizer.json");
        if (!Files.isRegularFile(file)) {
            throw new ProfileException(file + ": the tokenizer is missing: no such file");
        }
        try {
            return new ChatTokenizer(file, HuggingFaceTokenizer.newInstance(file, Map.of("addSpecialTokens", "false")), config);
        } catch (final IOException | RuntimeException failure) {
            throw new ProfileException(file + ": not a tokenizer: " + failure.getMessage(), failure);
        }
    }

    /** A user's turn with images before the words, ready for the assistant's answer. */
    public Prompt prompt(final List<ImagePatches> images, final String text) {
        final StringBuilder turn = new StringBuilder(system).append("<|im_start|>user\n");
        for (final ImagePatches image : images) {
            turn.append("<|vision_start|>").repeat("<|image_pad|>", image.tokens(mergeSize)).append("<|vision_end|>");
        }
        turn.append(text).append("<|im_end|>\n<|im_start|>assistant\n");
        return Prompt.of(encode(turn.toString()), imagePad, mergeSize, images);
    }

    /** The tokens of an answer, its end included. */
    public long[] answer(final String text) {
        return encode(text + "<|im_end|>");
    }

    /** The words of tokens, without special ones. */
    public String decode(final long[] ids) {
        return tokenizer.decode(ids, true);
    }

    /** The token that ends a turn. */
    public long endOfTurn() {
        return endOfTurn;
    }

    /** The placeholder of an image token. */
    public long imagePad() {
        return imagePad;
    }

    private long[] encode(final String text) {
        return tokenizer.encode(text, false, false).getIds();
    }

    private long special(final Path file, final String token) {
        final long[] ids = encode(token);
        if (ids.length != 1) {
            throw new ProfileException(file + ": has no special token " + token);
        }
        return ids[0];
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
