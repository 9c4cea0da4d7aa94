package dev.continuo.training.data;

import dev.continuo.perception.PictureLimits;
import dev.continuo.policy.NormalizationStatistics;
import dev.continuo.reasoning.network.Prompt;
import dev.continuo.reasoning.network.TokenBatch;
import dev.continuo.reasoning.network.VlmConfig;
import dev.continuo.reasoning.text.ChatTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes batch {@code n} of a stage from the stage's seed and {@code n} alone. Any number of threads.
 */
public final class BatchMaker {
    /** Moments of one trial or episode that share an appearance, which takes longer to draw than a picture. */
    private static final int MOMENTS = 2;

    private final ChatTokenizer tokenizer;
    private final VlmConfig vlm;
    private final NormalizationStatistics statistics;
    private final Mixture mixture;
    private final long seed;
    private final ThreadLocal<Lessons> lessons;

    /**
     * How many examples of each kind a batch has.
     *
     * @param pages      pages of symbols
     * @param robots     rows of demonstrations, with motion
     * @param scenes     whole scenes with waiting arms
     * @param arithmetic problems in words
     * @param described  scenes in words
     */
    public record Mixture(int pages, int robots, int scenes, int arithmetic, int described) {
    }

    /** A maker of batches of one mixture. */
    public BatchMaker(
        final ChatTokenizer tokenizer, final VlmConfig vlm, final PictureLimits limits, final DemonstrationSet demonstrations,
        final NormalizationStatistics statistics, final float[] readyAxes, final Mixture mixture, final long seed) {
        this.tokenizer = tokenizer;
        this.vlm = vlm;
        this.statistics = statistics;
        this.mixture = mixture;
        this.seed = seed;
        lessons = ThreadLocal.withInitial(() -> new Lessons(new Eye(limits), demonstrations, readyAxes));
    }

    /** Batch {@code number}. */
    public TrainingBatch make(final long number) {
        final SplittableRandom random = StepRandom.at(seed, number);
        final Lessons source = lessons.get();
        final List<Example> examples = new ArrayList<>();
        final List<Example> pages = new ArrayList<>();
        for (int i = 0; i < mixture.pages; i++) {
            pages.add(source.page(random));
        }
        for (int i = 0; i < mixture.robots; i += MOMENTS) {
            examples.addAll(source.robots(random, Math.min(MOMENTS, mixture.robots - i)));
        }
        for (int i = 0; i < mixture.scenes; i += MOMENTS) {
            examples.addAll(source.scenes(random, Math.min(MOMENTS, mixture.scenes - i)));
        }
        for (int i = 0; i < mixture.arithmetic; i++) {
            examples.add(source.arithmetic(random));
        }
        for (int i = 0; i < mixture.described; i++) {
            examples.add(source.described(random));
        }
        return join(pages, examples);
    }

    private TrainingBatch join(final List<Example> pages, final List<Example> examples) {
        final List<TokenBatch.Sample> pictures = new ArrayList<>();
        final List<TokenBatch.Sample> others = new ArrayList<>();
        for (final Example example : examples) {
            (example.truth().isPresent() ? pictures : others).add(sample(example));
        }
        final List<Example.Motion> motions = examples.stream().flatMap(example -> example.motion().stream()).toList();
        final float[] states = joined(motions.stream().map(Example.Motion::state).toList());
        final float[] actions = joined(motions.stream().map(Example.Motion::actions).toList());
        statistics.normalizeStates(states);
        statistics.normalizeActions(actions);
        final List<Example.Truth> truths = examples.stream().flatMap(example -> example.truth().stream()).toList();
        return new TrainingBatch(
            pages.stream().map(this::sample).toList(), pictures, others, motions.size(), heard(motions.size()), states, actions,
            joined(motions.stream().map(Example.Motion::valid).toList()),
            new TrainingBatch.Truth(
                kinds(pages.stream().flatMap(page -> page.truth().stream())), kinds(truths.stream()),
                joined(truths.stream().map(Example.Truth::scene).toList()), joined(truths.stream().map(Example.Truth::next).toList())));
    }

    /** Of the moments of one episode, the first is the earliest. */
    private static int[] heard(final int motions) {
        return IntStream.range(0, motions).map(motion -> motion - motion % MOMENTS).toArray();
    }

    private TokenBatch.Sample sample(final Example example) {
        final Prompt prompt = tokenizer.prompt(vlm.systemPrompt(), example.image().stream().toList(), example.prompt(), vlm.vision().mergeSize());
        return new TokenBatch.Sample(prompt, tokenizer.answer(example.answer()));
    }

    private static long[] kinds(final Stream<Example.Truth> truths) {
        return truths.flatMapToInt(truth -> Arrays.stream(truth.symbols())).asLongStream().toArray();
    }

    private static float[] joined(final List<float[]> parts) {
        final float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
        int offset = 0;
        for (final float[] part : parts) {
            System.arraycopy(part, 0, all, offset, part.length);
            offset += part.length;
        }
        return all;
    }
}
