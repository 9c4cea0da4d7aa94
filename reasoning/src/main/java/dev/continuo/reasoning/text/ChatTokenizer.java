package dev.continuo.reasoning.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.continuo.config.ProfileException;
import dev.continuo.reasoning.network.ImagePatches;
import dev.continuo.reasoning.network.Prompt;
import dev.continuo.reasoning.tensor.Backend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Text to tokens and back with a Hugging Face {@code tokenizer.json}, and Qwen's chat template. Special tokens are looked up by content.
 *
 * <p>Text from outside cannot open or close a turn: what looks like a special token in it is taken apart. For any number of threads.
 */
public final class ChatTokenizer implements AutoCloseable {
    /** The file's name in a model's folder. */
    public static final String FILE = "tokenizer.json";
    private static final String IM_START = "<|im_start|>";
    private static final String IM_END = "<|im_end|>";
    private static final String END_OF_TEXT = "<|endoftext|>";
    private static final String VISION_START = "<|vision_start|>";
    private static final String VISION_END = "<|vision_end|>";
    private static final String IMAGE_PAD = "<|image_pad|>";

    private final HuggingFaceTokenizer tokenizer;
    private final long turnStart;
    private final long turnEnd;
    private final long endOfText;
    private final long visionStart;
    private final long visionEnd;
    private final long imageToken;

    private ChatTokenizer(final Path file, final HuggingFaceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
        turnStart = special(file, IM_START);
        turnEnd = special(file, IM_END);
        endOfText = special(file, END_OF_TEXT);
        visionStart = special(file, VISION_START);
        visionEnd = special(file, VISION_END);
        imageToken = special(file, IMAGE_PAD);
    }

    /** Reads {@code tokenizer.json}, or the one in a folder; what is missing or damaged is a {@link ProfileException}. */
    public static ChatTokenizer load(final Path fileOrFolder) {
        final Path file = Files.isDirectory(fileOrFolder) ? fileOrFolder.resolve(FILE) : fileOrFolder;
        if (!Files.isRegularFile(file)) {
            throw new ProfileException(file + ": the tokenizer is missing: no such file");
        }
        final HuggingFaceTokenizer tokenizer;
        Backend.keepToItself();
        try {
            StrictJson.require(file); // the library ends the process on what is none
            tokenizer = HuggingFaceTokenizer.newInstance(file, Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false"));
        } catch (final Exception failure) {
            throw new ProfileException(
                file + ": not a tokenizer: " + String.valueOf(failure.getMessage()).lines().findFirst().orElse(""), failure);
        }
        try {
            return new ChatTokenizer(file, tokenizer);
        } catch (final RuntimeException failure) {
            tokenizer.close();
            throw failure;
        }
    }

    /** The placeholder of one image token. */
    public long imageToken() {
        return imageToken;
    }

    /** The token that ends a turn, and so every answer. */
    public long turnEnd() {
        return turnEnd;
    }

    /** Whether nothing follows a token. */
    public boolean isEnd(final long id) {
        return id == turnEnd || id == endOfText;
    }

    /** Tokens of plain text: never a special one. */
    public long[] encode(final String text) {
        return tokenizer.encode(text.replace("<|", "< |"), false, false).getIds();
    }

    /** Text of tokens, special ones left out; bytes that form no character come out as U+FFFD. */
    public String decode(final long... ids) {
        return ids.length == 0 ? "" : tokenizer.decode(ids, true);
    }

    /** Tokens of an answer as it is trained and generated: its text and the end of the turn. */
    public long[] answer(final String text) {
        return LongStream.concat(Arrays.stream(encode(text)), LongStream.of(turnEnd)).toArray();
    }

    /**
     * The prompt of one question: the system turn (left out when empty), the user's turn with images and instruction, and the opening of the
     * assistant's turn.
     *
     * @param mergeSize side of the square of patches behind one image token
     */
    public Prompt prompt(final ChatFormat format, final List<ImagePatches> images, final String instruction, final int mergeSize) {
        final LongStream.Builder ids = LongStream.builder();
        if (!format.systemPrompt().isEmpty()) {
            turn(ids, "system\n" + format.systemPrompt());
        }
        ids.add(turnStart);
        text(ids, "user\n");
        if (format.instructionFirst()) {
            text(ids, instruction);
        }
        for (final ImagePatches image : images) {
            ids.add(visionStart);
            for (int i = 0; i < image.tokens(mergeSize); i++) {
                ids.add(imageToken);
            }
            ids.add(visionEnd);
        }
        if (!format.instructionFirst()) {
            text(ids, instruction);
        }
        ids.add(turnEnd);
        text(ids, "\n");
        ids.add(turnStart);
        text(ids, "assistant\n");
        return Prompt.of(ids.build().toArray(), imageToken, mergeSize, images);
    }

    /** A decoder for the tokens of one answer. */
    public StreamedText stream() {
        return new StreamedText(this);
    }

    @Override
    public void close() {
        tokenizer.close();
    }

    private void turn(final LongStream.Builder ids, final String content) {
        ids.add(turnStart);
        text(ids, content);
        ids.add(turnEnd);
        text(ids, "\n");
    }

    private void text(final LongStream.Builder ids, final String text) {
        for (final long id : encode(text)) {
            ids.add(id);
        }
    }

    private long special(final Path file, final String content) {
        final long[] ids = tokenizer.encode(content, false, false).getIds();
        if (ids.length != 1) {
            throw new ProfileException(file + ": the special token " + content + " is missing");
        }
        return ids[0];
    }
}
