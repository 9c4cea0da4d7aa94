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
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes batch {@code n} of a stage from the stage's seed and {@code n} alone. Any number of threads.
 */
public final class BatchMaker {
    /** Pictures of one trial or episode that share an appearance, which takes longer to draw than a picture. */
    private static final int MOMENTS = 2;

    private final ChatTokenizer tokenizer;
    private final VlmConfig vlm;
    private final NormalizationStatistics statistics;
    private final Mixture mixture;
    private final long seed;
    private final ThreadLocal<Lessons> lessons;

    /** The lessons of one thread. */
    private record Lessons(WritingLessons writing, SceneLessons scenes, WordLessons words) {
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
        lessons = ThreadLocal.withInitial(() -> {
            final Eye eye = new Eye(limits);
            final TrainingTrials trials = new TrainingTrials();
            return new Lessons(
                new WritingLessons(eye, trials), new SceneLessons(eye, trials, demonstrations, readyAxes), new WordLessons(trials));
        });
    }

    /** Batch {@code number}. */
    public TrainingBatch make(final long number) {
        final SplittableRandom random = StepRandom.at(seed, number);
        final Lessons source = lessons.get();
        final List<Example> pages = each(Lesson.PAGE, () -> source.writing.page(random));
        final List<Example> pictures = new ArrayList<>(moments(Lesson.ROBOT, count -> source.scenes.robots(random, count)));
        pictures.addAll(moments(Lesson.SCENE, count -> source.scenes.scenes(random, count)));
        final List<Example> arithmetic = each(Lesson.ARITHMETIC, () -> source.words.arithmetic(random));
        final List<Example> described = each(Lesson.DESCRIBED, () -> source.words.described(random));
        final List<Example> lines = each(Lesson.LINE, () -> source.writing.line(random));
        final List<Example> questions = moments(Lesson.QUESTION, count -> source.scenes.questions(random, count));
        return join(pages, lines, pictures, Stream.of(questions, described, arithmetic).filter(group -> !group.isEmpty()).toList());
    }

    private List<Example> each(final Lesson lesson, final Supplier<Example> source) {
        return Stream.generate(source).limit(mixture.of(lesson)).toList();
    }

    private List<Example> moments(final Lesson lesson, final IntFunction<List<Example>> source) {
        final List<Example> examples = new ArrayList<>();
        for (int left = mixture.of(lesson); left > 0; left -= MOMENTS) {
            examples.addAll(source.apply(Math.min(MOMENTS, left)));
        }
        return examples;
    }

    private TrainingBatch join(
        final List<Example> pages, final List<Example> lines, final List<Example> pictures, final List<List<Example>> others) {
        final List<Example.Motion> motions = pictures.stream().flatMap(example -> example.motion().stream()).toList();
        final float[] states = joined(motions.stream().map(Example.Motion::state).toList());
        final float[] actions = joined(motions.stream().map(Example.Motion::actions).toList());
        statistics.normalizeStates(states);
        statistics.normalizeActions(actions);
        final List<Example.Truth> truths = truths(pictures);
        return new TrainingBatch(
            samples(pages), samples(lines), samples(pictures), others.stream().map(this::samples).toList(), motions.size(), heard(motions.size()),
            states, actions,
            joined(motions.stream().map(Example.Motion::valid).toList()),
            new TrainingBatch.Truth(
                kinds(truths(pages)), kinds(truths(lines)), kinds(truths),
                joined(truths.stream().map(Example.Truth::scene).toList()), joined(truths.stream().map(Example.Truth::next).toList())));
    }

    /** Of the moments of one episode, the first is the earliest. */
    private static int[] heard(final int motions) {
        return IntStream.range(0, motions).map(motion -> motion - motion % MOMENTS).toArray();
    }

    private List<TokenBatch.Sample> samples(final List<Example> examples) {
        return examples.stream().map(this::sample).toList();
    }

    private TokenBatch.Sample sample(final Example example) {
        final Prompt prompt = tokenizer.prompt(vlm.systemPrompt(), example.image().stream().toList(), example.prompt(), vlm.vision().mergeSize());
        return new TokenBatch.Sample(prompt, tokenizer.answer(example.answer()));
    }

    private static List<Example.Truth> truths(final List<Example> examples) {
        return examples.stream().flatMap(example -> example.truth().stream()).toList();
    }

    private static long[] kinds(final List<Example.Truth> truths) {
        return truths.stream().flatMapToInt(truth -> Arrays.stream(truth.symbols())).asLongStream().toArray();
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
