package dev.continuo.training.data;

import dev.continuo.perception.PictureLimits;
import dev.continuo.reasoning.network.Prompt;
import dev.continuo.reasoning.network.TokenBatch;
import dev.continuo.reasoning.network.VlmConfig;
import dev.continuo.reasoning.text.ChatTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
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
    private final Demonstrated demonstrated;
    private final Mixture mixture;
    private final long seed;
    private final ThreadLocal<Lessons> lessons;

    /** The lessons of one thread. */
    private record Lessons(WritingLessons writing, SceneLessons scenes, WordLessons words, Optional<ToyLessons> toys) {
    }

    /** A maker of batches of one mixture; of toys there are none where no robot is trained to place them. */
    public BatchMaker(final ChatTokenizer tokenizer, final VlmConfig vlm, final PictureLimits limits, final Demonstrated demonstrated, final Mixture mixture,
        final long seed) {
        this.tokenizer = tokenizer;
        this.vlm = vlm;
        this.demonstrated = demonstrated;
        this.mixture = mixture;
        this.seed = seed;
        lessons = ThreadLocal.withInitial(() -> {
            final Eye eye = new Eye(limits);
            final TrainingTrials trials = new TrainingTrials();
            return new Lessons(new WritingLessons(eye, trials), new SceneLessons(eye, trials, demonstrated.cards(), demonstrated.readyAxes()),
                new WordLessons(trials), demonstrated.toys().map(toys -> new ToyLessons(new ToyEye(limits), toys)));
        });
    }

    /** Batch {@code number}. */
    public TrainingBatch make(final long number) {
        final SplittableRandom random = StepRandom.at(seed, number);
        final Lessons source = lessons.get();
        final Map<Robot, TrainingBatch.Seen> pages = new EnumMap<>(Robot.class);
        final Map<Robot, TrainingBatch.Scenes> scenes = new EnumMap<>(Robot.class);
        pages.put(Robot.ARX, seen(each(Lesson.PAGE, () -> source.writing.page(random))));
        scenes.put(Robot.ARX, scenes(Robot.ARX, moments(Lesson.ROBOT, count -> source.scenes.robots(random, count)),
            moments(Lesson.SCENE, count -> source.scenes.scenes(random, count))));
        final List<Example> arithmetic = each(Lesson.ARITHMETIC, () -> source.words.arithmetic(random));
        final List<Example> described = each(Lesson.DESCRIBED, () -> source.words.described(random));
        final List<Example> lines = each(Lesson.LINE, () -> source.writing.line(random));
        final List<Example> questions = moments(Lesson.QUESTION, count -> source.scenes.questions(random, count));
        final List<Example> toyQuestions = new ArrayList<>();
        final List<Example> toyTables = new ArrayList<>();
        final List<Example> sought = new ArrayList<>();
        source.toys.ifPresent(toys -> {
            pages.put(Robot.FRANKA, seen(each(Lesson.TOY_PAGE, () -> toys.page(random))));
            scenes.put(Robot.FRANKA, scenes(Robot.FRANKA, moments(Lesson.TOY_ROBOT, count -> toys.robots(random, count)),
                moments(Lesson.TOY_SCENE, count -> toys.scenes(random, count))));
            sought.addAll(each(Lesson.TOY_SOUGHT, () -> toys.sought(random)));
            toyTables.addAll(each(Lesson.TOY_DESCRIBED, () -> toys.described(random)));
            toyQuestions.addAll(moments(Lesson.TOY_QUESTION, count -> toys.questions(random, count)));
        });
        return new TrainingBatch(pages, seen(lines), new TrainingBatch.Sought(seen(sought), joined(truths(sought), Example.Truth::asked)), scenes,
            Stream.of(questions, toyQuestions, toyTables, described, arithmetic).filter(group -> !group.isEmpty()).map(this::samples).toList());
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

    private TrainingBatch.Seen seen(final List<Example> examples) {
        return new TrainingBatch.Seen(samples(examples), joined(truths(examples), Example.Truth::symbols));
    }

    private TrainingBatch.Scenes scenes(final Robot robot, final List<Example> acted, final List<Example> told) {
        final List<Example> pictures = Stream.concat(acted.stream(), told.stream()).toList();
        final List<Example.Truth> truths = truths(pictures);
        return new TrainingBatch.Scenes(seen(pictures), joined(truths, Example.Truth::asked), joined(truths.stream().map(Example.Truth::scene).toList()),
            joined(truths.stream().map(Example.Truth::next).toList()), motions(robot, acted));
    }

    private TrainingBatch.Motions motions(final Robot robot, final List<Example> acted) {
        final List<Example.Motion> motions = acted.stream().flatMap(example -> example.motion().stream()).toList();
        final float[] states = joined(motions.stream().map(Example.Motion::state).toList());
        final float[] actions = joined(motions.stream().map(Example.Motion::actions).toList());
        demonstrated.statistics().get(robot).normalizeStates(states);
        demonstrated.statistics().get(robot).normalizeActions(actions);
        return new TrainingBatch.Motions(heard(motions.size()), states, actions, joined(motions.stream().map(Example.Motion::valid).toList()));
    }

    /** Of the moments of one episode, the first is the earliest. */
    private static int[] heard(final int motions) {
        return IntStream.range(0, motions).map(motion -> motion - motion % MOMENTS).toArray();
    }

    private List<TokenBatch.Sample> samples(final List<Example> examples) {
        return examples.stream().map(this::sample).toList();
    }

    private TokenBatch.Sample sample(final Example example) {
        final Prompt prompt = tokenizer.prompt(vlm.chat(), example.image().stream().toList(), example.prompt(), vlm.vision().mergeSize());
        return new TokenBatch.Sample(prompt, tokenizer.answer(example.answer()));
    }

    private static List<Example.Truth> truths(final List<Example> examples) {
        return examples.stream().flatMap(example -> example.truth().stream()).toList();
    }

    private static long[] joined(final List<Example.Truth> truths, final Function<Example.Truth, int[]> kinds) {
        return truths.stream().map(kinds).flatMapToInt(Arrays::stream).asLongStream().toArray();
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
