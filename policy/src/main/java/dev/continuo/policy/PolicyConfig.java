package dev.continuo.policy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigSyntax;
import dev.continuo.config.ProfileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The size and wiring of an action expert, as {@code policy_config.json} tells it.
 *
 * @param blocks          transformer blocks N
 * @param width           width n of a token
 * @param heads           attention heads; divides the width
 * @param chunkRows       rows H of a chunk
 * @param actionSize      values A in a row
 * @param stateSize       values S of the robot's state
 * @param conditionSize   hidden size d of the vision-language model
 * @param trainTimesteps  diffusion steps that the noise schedule has
 * @param inferenceSteps  steps that sampling takes; divides the former
 * @param prediction      what the network tells about a noisy chunk
 * @param conditioning    which condition drives which block
 */
public record PolicyConfig(
    int blocks,
    int width,
    int heads,
    int chunkRows,
    int actionSize,
    int stateSize,
    int conditionSize,
    int trainTimesteps,
    int inferenceSteps,
    Prediction prediction,
    Conditioning conditioning) {

    /** The file's name in a model directory. */
    public static final String FILE = "policy_config.json";

    private static final int LARGEST = 1 << 20;

    /** Checks that the sizes are positive and fit each other. */
    public PolicyConfig {
        positive("blocks", blocks);
        positive("width", width);
        positive("heads", heads);
        positive("chunk_rows", chunkRows);
        positive("action_size", actionSize);
        positive("state_size", stateSize);
        positive("condition_size", conditionSize);
        positive("train_timesteps", trainTimesteps);
        positive("inference_steps", inferenceSteps);
        if (width % heads != 0) {
            throw new IllegalArgumentException("width " + width + " is no multiple of heads " + heads);
        }
        if (inferenceSteps > trainTimesteps) {
            throw new IllegalArgumentException("inference_steps " + inferenceSteps + " exceeds train_timesteps " + trainTimesteps);
        }
        if (conditioning instanceof Conditioning.ReasoningFollowing following && following.blocks() != blocks) {
            throw new IllegalArgumentException("the conditioning is for " + following.blocks() + " blocks, not for " + blocks);
        }
    }

    private static void positive(final String key, final int value) {
        if (value < 1 || value > LARGEST) {
            throw new IllegalArgumentException(key + " is " + value + ", expected 1 to " + LARGEST);
        }
    }

    /** The size trained on two cores: 6 blocks of width 128, chunk 50 x 14; it predicts the clean chunk. */
    public static PolicyConfig nano(final int conditionSize) {
        return new PolicyConfig(
            6, 128, 4, 50, 14, 14, conditionSize, 100, 10, Prediction.SAMPLE, Conditioning.ReasoningFollowing.latterHalf(6));
    }

    /** The paper's expert of 0.96 billion parameters: ScaleDP-H for a vision-language model of hidden size 1536. */
    public static PolicyConfig huge() {
        return new PolicyConfig(
            32, 1280, 16, 50, 14, 14, 1536, 100, 10, Prediction.EPSILON, Conditioning.ReasoningFollowing.latterHalf(32));
    }

    /** The same expert conditioned in another way. */
    public PolicyConfig with(final Conditioning other) {
        return new PolicyConfig(blocks, width, heads, chunkRows, actionSize, stateSize, conditionSize, trainTimesteps, inferenceSteps,
            prediction, other);
    }

    /** The same expert for a robot with other numbers of values in its state and in a row of its chunks. */
    public PolicyConfig with(final int otherStateSize, final int otherActionSize) {
        return new PolicyConfig(blocks, width, heads, chunkRows, otherActionSize, otherStateSize, conditionSize, trainTimesteps, inferenceSteps,
            prediction, conditioning);
    }

    /** Reads {@value #FILE}; any flaw is told as one line of a {@link ProfileException}. */
    public static PolicyConfig load(final Path file) {
        if (!Files.isRegularFile(file)) {
            throw new ProfileException(file + " is not there");
        }
        try {
            final Config json = json(file);
            final int blocks = json.getInt("blocks");
            return new PolicyConfig(
                blocks, json.getInt("width"), json.getInt("heads"), json.getInt("chunk_rows"), json.getInt("action_size"),
                json.getInt("state_size"), json.getInt("condition_size"), json.getInt("train_timesteps"),
                json.getInt("inference_steps"),
                json.hasPath("prediction") ? Prediction.of(json.getString("prediction")) : Prediction.EPSILON,
                conditioning(json.getConfig("conditioning"), blocks));
        } catch (final ConfigException | IllegalArgumentException e) {
            throw new ProfileException(file + ": " + oneLine(e), e);
        }
    }

    /** Writes the file that {@link #load} reads. */
    public void save(final Path file) throws IOException {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("blocks", blocks);
        json.put("width", width);
        json.put("heads", heads);
        json.put("chunk_rows", chunkRows);
        json.put("action_size", actionSize);
        json.put("state_size", stateSize);
        json.put("condition_size", conditionSize);
        json.put("train_timesteps", trainTimesteps);
        json.put("inference_steps", inferenceSteps);
        json.put("prediction", prediction.label());
        json.put("conditioning", switch (conditioning) {
            case final Conditioning.ReasoningFollowing following -> Map.of(
                "kind", "reasoning_following", "first_block", following.firstBlock(), "end_block", following.endBlock(),
                "observation", following.reasoningInObservation() ? "o+r" : "o");
            case final Conditioning.FeatureWise _ -> Map.of("kind", "film");
            case final Conditioning.ObservationOnly _ -> Map.of("kind", "observation_only");
        });
        Files.writeString(file, ConfigFactory.parseMap(json).root().render(ConfigRenderOptions.concise().setFormatted(true)));
    }

    private static Conditioning conditioning(final Config json, final int blocks) {
        final String kind = json.getString("kind");
        return switch (kind) {
            case "reasoning_following" -> new Conditioning.ReasoningFollowing(
                json.getInt("first_block"), json.getInt("end_block"), reasoningInObservation(json.getString("observation")), blocks);
            case "film" -> new Conditioning.FeatureWise();
            case "observation_only" -> new Conditioning.ObservationOnly();
            default -> throw new IllegalArgumentException(
                "conditioning.kind is '" + kind + "', expected reasoning_following, film or observation_only");
        };
    }

    private static boolean reasoningInObservation(final String observation) {
        return switch (observation) {
            case "o" -> false;
            case "o+r" -> true;
            default -> throw new IllegalArgumentException("conditioning.observation is '" + observation + "', expected o or o+r");
        };
    }

    /** Parses a JSON file strictly; a file that is absent is an error. */
    static Config json(final Path file) {
        return ConfigFactory.parseFile(
            file.toFile(), ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON).setAllowMissing(false));
    }

    /** The message of a failure without its line breaks. */
    static String oneLine(final Exception e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ");
    }
}
