package dev.continuo.reasoning.network;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.continuo.config.ProfileException;
import dev.continuo.reasoning.text.ChatFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Sizes of a vision-language model, as a Qwen2-VL {@code config.json} gives them; {@code num_experts} and {@code num_experts_per_tok} are
 * added for the mixture of experts, {@code system_prompt} and {@code instruction_first} for how the model is asked.
 *
 * @param hiddenSize       features of a token
 * @param layers           decoder layers
 * @param heads            query heads
 * @param keyValueHeads    heads of keys and values, each shared by a group of query heads
 * @param headWidth        features of one head
 * @param intermediateSize hidden features of one feed-forward expert
 * @param experts          experts of a decoder layer; 0 for a dense model
 * @param expertsPerToken  experts that a router sends a token to; 0 where there is no router and {@link Task} chooses one of two
 * @param normEpsilon      epsilon of the RMS norms
 * @param ropeTheta        base of the rotary frequencies
 * @param mropeSection     rotary frequencies driven by time, row and column; together half a head's width
 * @param vocabularySize   rows of the embedding
 * @param vision           the vision tower
 * @param chat             how the model was trained to be asked
 */
public record VlmConfig(
    int hiddenSize, int layers, int heads, int keyValueHeads, int headWidth, int intermediateSize, int experts, int expertsPerToken,
    float normEpsilon, double ropeTheta, MropeSection mropeSection, int vocabularySize, VisionConfig vision, ChatFormat chat) {
    private static final String DEFAULT_SYSTEM_PROMPT = "You are a helpful assistant.";

    /**
     * How the rotary frequencies of a head are divided over the three axes of a position.
     *
     * @param time   frequencies that turn with time
     * @param row    frequencies that turn with the row
     * @param column frequencies that turn with the column
     */
    public record MropeSection(int time, int row, int column) {
        /** The axis of a position that drives a frequency: 0 time, 1 row, 2 column. */
        public int axis(final int frequency) {
            return frequency < time ? 0 : frequency < time + row ? 1 : 2;
        }

        /** All frequencies: half a head's width. */
        public int total() {
            return time + row + column;
        }
    }

    /** Refuses sizes that fit no network. */
    public VlmConfig {
        require(hiddenSize > 0 && layers > 0 && intermediateSize > 0 && vocabularySize > 0, "sizes must be positive");
        require(heads > 0 && keyValueHeads > 0 && heads % keyValueHeads == 0,
            heads + " heads cannot share " + keyValueHeads + " key-value heads");
        require(headWidth > 0 && 2 * mropeSection.total() == headWidth,
            "mrope_section sums to " + mropeSection.total() + ", half the head width is " + headWidth / 2);
        require(expertsPerToken >= 0 && expertsPerToken <= experts && (expertsPerToken > 0 || experts == 0 || experts == Task.values().length),
            "num_experts_per_tok " + expertsPerToken + " of num_experts " + experts);
        require(vision.heads() > 0 && vision.width() % vision.heads() == 0 && vision.headWidth() % 4 == 0,
            "a vision width of " + vision.width() + " cannot be divided into " + vision.heads() + " heads of a multiple of 4");
    }

    /** Reads {@code config.json}, or the one in a folder; what is missing or impossible is a {@link ProfileException}. */
    public static VlmConfig load(final Path fileOrFolder) {
        final Path file = Files.isDirectory(fileOrFolder) ? fileOrFolder.resolve("config.json") : fileOrFolder;
        if (!Files.isRegularFile(file)) {
            throw new ProfileException(file + ": the model's configuration is missing: no such file");
        }
        try {
            return parse(JsonParser.parseString(Files.readString(file)).getAsJsonObject());
        } catch (final IOException failure) {
            throw new ProfileException(file + ": cannot be read: " + failure.getMessage(), failure);
        } catch (final JsonParseException | IllegalStateException | UnsupportedOperationException | NumberFormatException failure) {
            throw new ProfileException(file + ": not a model configuration: " + failure.getMessage().lines().findFirst().orElse(""), failure);
        } catch (final ClassCastException failure) {
            throw new ProfileException(file + ": not a model configuration: an object, a list or a value stands where another of them must", failure);
        } catch (final IllegalArgumentException | NullPointerException failure) {
            throw new ProfileException(file + ": " + failure.getMessage(), failure);
        }
    }

    /** Whether the decoder's feed-forward layers are mixtures of experts. */
    public boolean mixture() {
        return experts > 0;
    }

    /** Whether a router decides which experts a token is sent to. */
    public boolean routed() {
        return expertsPerToken > 0;
    }

    /** Query, key and value features of a token together. */
    public int queryKeyValueWidth() {
        return (heads + 2 * keyValueHeads) * headWidth;
    }

    /** The same model with its feed-forward layers as mixtures of experts; dense with no expert at all. */
    public VlmConfig withExperts(final int count, final int perToken) {
        return new VlmConfig(hiddenSize, layers, heads, keyValueHeads, headWidth, intermediateSize, count, perToken, normEpsilon, ropeTheta,
            mropeSection, vocabularySize, vision, chat);
    }

    private static VlmConfig parse(final JsonObject root) {
        // Newer files nest the decoder's sizes; the published ones are flat.
        final JsonObject json = root.has("text_config") ? root.getAsJsonObject("text_config") : root;
        final int hiddenSize = integer(json, "hidden_size");
        final int heads = integer(json, "num_attention_heads");
        final int headWidth = json.has("head_dim") ? integer(json, "head_dim") : hiddenSize / Math.max(1, heads);
        final int experts = root.has("num_experts") ? integer(root, "num_experts") : 0;
        return new VlmConfig(
            hiddenSize, integer(json, "num_hidden_layers"), heads, integer(json, "num_key_value_heads"), headWidth,
            integer(json, "intermediate_size"), experts, experts > 0 ? integer(root, "num_experts_per_tok") : 0,
            (float) number(json, "rms_norm_eps", 1e-6), ropeTheta(json), mropeSection(json), integer(json, "vocab_size"), vision(root),
            new ChatFormat(root.has("system_prompt") ? root.get("system_prompt").getAsString() : DEFAULT_SYSTEM_PROMPT,
                root.has("instruction_first") && root.get("instruction_first").getAsBoolean()));
    }

    /** Qwen2-VL's class defaults stand for what a published file leaves out. */
    private static VisionConfig vision(final JsonObject root) {
        final JsonObject json = root.has("vision_config") ? root.getAsJsonObject("vision_config") : new JsonObject();
        return new VisionConfig((int) number(json, "depth", 32), (int) number(json, "embed_dim", 1280), (int) number(json, "num_heads", 16),
            (int) number(json, "mlp_ratio", 4), (int) number(json, json.has("in_channels") ? "in_channels" : "in_chans", 3),
            (int) number(json, "patch_size", 14), (int) number(json, "temporal_patch_size", 2), (int) number(json, "spatial_merge_size", 2));
    }

    private static double ropeTheta(final JsonObject json) {
        final JsonObject rope = ropeParameters(json);
        return rope.has("rope_theta") ? rope.get("rope_theta").getAsDouble() : number(json, "rope_theta", 1e6);
    }

    private static MropeSection mropeSection(final JsonObject json) {
        final JsonArray section = ropeParameters(json).getAsJsonArray("mrope_section");
        require(null != section && section.size() == 3, "rope_scaling.mrope_section must hold three numbers");
        return new MropeSection(section.get(0).getAsInt(), section.get(1).getAsInt(), section.get(2).getAsInt());
    }

    private static JsonObject ropeParameters(final JsonObject json) {
        final String name = json.has("rope_parameters") ? "rope_parameters" : "rope_scaling";
        return json.has(name) && json.get(name).isJsonObject() ? json.getAsJsonObject(name) : new JsonObject();
    }

    private static int integer(final JsonObject json, final String key) {
        require(json.has(key), "key " + key + " is missing");
        return json.get(key).getAsInt();
    }

    private static double number(final JsonObject json, final String key, final double ifAbsent) {
        return json.has(key) ? json.get(key).getAsDouble() : ifAbsent;
    }

    private static void require(final boolean condition, final String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
