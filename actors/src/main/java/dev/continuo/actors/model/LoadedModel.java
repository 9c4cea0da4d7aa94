package dev.continuo.actors.model;

import ai.djl.Device;
import dev.continuo.actors.agent.ChunkPolicy;
import dev.continuo.actors.agent.Reasoner;
import dev.continuo.config.ModelProfile;
import dev.continuo.config.ProfileException;
import dev.continuo.perception.PictureLimits;
import dev.continuo.policy.ActionExpert;
import dev.continuo.reasoning.VisionLanguageModel;
import dev.continuo.reasoning.network.Task;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A model's folder, loaded once: the vision-language model that reasons and observes, and the action expert unless only its reasoning is wanted.
 *
 * <p>The stages use it at once from their own threads; what {@link #reasoner} and {@link #policy} return is closed with a stage and
 * leaves the model loaded for the stage's next start.
 */
public final class LoadedModel implements AutoCloseable {
    private static final String OPERATION_THREADS = "ai.djl.pytorch.num_threads";
    private static final String PARALLEL_OPERATIONS = "ai.djl.pytorch.num_interop_threads";

    private final VisionLanguageModel language;
    private final Optional<ActionExpert> expert;
    private final PictureLimits limits;
    private final int maxReasoningTokens;

    private LoadedModel(
        final VisionLanguageModel language, final Optional<ActionExpert> expert, final PictureLimits limits, final int maxReasoningTokens) {
        this.language = language;
        this.expert = expert;
        this.limits = limits;
        this.maxReasoningTokens = maxReasoningTokens;
    }

    /**
     * Loads a folder.
     *
     * @param directory the profile's, resolved
     * @throws ProfileException if a file is missing, damaged or does not fit the others
     */
    public static LoadedModel load(final ModelProfile profile, final Path directory) {
        final LoadedModel language = loadReasoning(profile, directory);
        try {
            final ActionExpert expert = ActionExpert.load(directory.resolve(profile.policy()), Device.cpu());
            final int hidden = language.language.config().hiddenSize();
            if (expert.config().conditionSize() != hidden) {
                expert.close();
                throw new ProfileException(directory + ": the policy is conditioned on " + expert.config().conditionSize() + " values, the vision-language model has " + hidden);
            }
            return new LoadedModel(language.language, Optional.of(expert), language.limits, language.maxReasoningTokens);
        } catch (final RuntimeException failure) {
            language.close();
            throw failure;
        }
    }

    /**
     * Loads what reasons, without an action expert.
     *
     * @param directory the profile's, resolved
     * @throws ProfileException if a file is missing, damaged or does not fit the others
     */
    public static LoadedModel loadReasoning(final ModelProfile profile, final Path directory) {
        limitThreads(profile.threads());
        final PictureLimits limits = PictureLimits.load(directory);
        return new LoadedModel(VisionLanguageModel.load(directory, Task.ROBOT, Device.cpu(), System::nanoTime), Optional.empty(), limits, profile.maxReasoningTokens());
    }

    /** Threads of the tensor library; to be called before its first use in a process, later calls have no effect. */
    public static void limitThreads(final int threads) {
        System.setProperty(OPERATION_THREADS, Integer.toString(threads));
        System.setProperty(PARALLEL_OPERATIONS, "1");
    }

    /** The model's reasoning, for one thread. */
    public Reasoner reasoner() {
        return reasoner(UnaryOperator.identity());
    }

    /**
     * The model's reasoning in other words, for one thread: to find out whether the action follows the words.
     *
     * @param edit turns what the model said into what the policy shall hear; asked after each reasoning, on the reasoner's thread
     */
    public Reasoner reasoner(final UnaryOperator<String> edit) {
        return new ModelReasoner(language, new PictureReader(limits), maxReasoningTokens, edit);
    }

    /**
     * The model's policy, for one thread.
     *
     * @param seed of the noise that chunks are sampled from; the same seed and inputs give the same chunks
     */
    public ChunkPolicy policy(final long seed) {
        return new ModelPolicy(language, expert(), new PictureReader(limits), seed);
    }

    /** The vision-language model. */
    public VisionLanguageModel language() {
        return language;
    }

    /**
     * The action expert.
     *
     * @throws java.util.NoSuchElementException if it was not loaded
     */
    public ActionExpert expert() {
        return expert.orElseThrow();
    }

    /** Frees the weights; the stages must have ended. */
    @Override
    public void close() {
        expert.ifPresent(ActionExpert::close);
        language.close();
    }
}
