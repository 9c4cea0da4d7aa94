package dev.continuo.benchmarks.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.continuo.benchmarks.Percentiles;
import dev.continuo.policy.PolicyConfig;
import dev.continuo.reasoning.network.Continuation;
import dev.continuo.reasoning.network.ImagePatches;
import dev.continuo.reasoning.network.KeyValueCache;
import dev.continuo.reasoning.network.Prompt;
import dev.continuo.reasoning.network.TokenBatch;
import dev.continuo.reasoning.network.VlmConfig;
import dev.continuo.reasoning.tensor.Backend;
import dev.continuo.reasoning.tensor.GradientMode;
import dev.continuo.training.optimize.AdamW;
import dev.continuo.training.optimize.GradientClipping;
import dev.continuo.training.optimize.ParameterGroup;
import dev.continuo.training.optimize.StepScope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** Times the parts of the model in this process. */
final class ModelBenchmark {
    private static final double WEIGHT_DECAY = 0.01;
    private static final double LEARNING_RATE = 1e-4;
    private static final double FIRST_DECAY = 0.9;
    private static final double SECOND_DECAY = 0.999;
    private static final double EPSILON = 1e-8;
    private static final double MAX_GRADIENT = 1;

    private final Path folder;
    private final ModelTask task;
    private final VlmConfig config;
    private final long imageToken;
    private final Stopwatch stopwatch;
    private final SplittableRandom random = new SplittableRandom(1);

    /** Of the model whose sizes, and perhaps weights, lie in a folder. */
    ModelBenchmark(final Path folder, final ModelTask task) {
        this.folder = folder;
        this.task = task;
        config = VlmConfig.load(folder);
        imageToken = config.vocabularySize() - 1L;
        stopwatch = new Stopwatch(task);
    }

    /** Times inference, then training on random weights. */
    Map<ModelPart, Percentiles> run(final MeasuredModel model) {
        final Map<ModelPart, Percentiles> times = new EnumMap<>(ModelPart.class);
        final Prompt prompt = prompt();
        times.put(ModelPart.PREFILL, stopwatch.each(() -> answer(model, prompt, 0, null)));
        times.put(ModelPart.DECODE, stopwatch.parts(durations -> answer(model, prompt, task.answerTokens(), durations)));
        times.put(ModelPart.REASONING, stopwatch.each(() -> answer(model, prompt, task.answerTokens(), null)));
        times.put(ModelPart.CHUNK, chunk(model));
        times.put(ModelPart.TRAINING_STEP, train());
        return times;
    }

    private Prompt prompt() {
        final float[] patches = floats(task.gridRows() * task.gridColumns() * config.vision().patchValues());
        final ImagePatches image = new ImagePatches(patches, task.gridRows(), task.gridColumns());
        final int imageTokens = image.tokens(config.vision().mergeSize());
        final long[] ids = new long[imageTokens + task.textTokens()];
        for (int i = 0; i < ids.length; i++) {
            // Two tokens open the user's turn, then comes the picture.
            ids[i] = i >= 2 && i < 2 + imageTokens ? imageToken : random.nextInt(config.vocabularySize() - 1);
        }
        return Prompt.of(ids, imageToken, config.vision().mergeSize(), List.of(image));
    }

    /** Reads the prompt and adds tokens as a reasoning does; records each token's time where a histogram is given. */
    private void answer(final MeasuredModel model, final Prompt prompt, final int tokens, final Histogram durations) {
        try (GradientMode _ = GradientMode.off(); NDManager scope = Backend.newManager(Device.cpu());
             KeyValueCache cache = new KeyValueCache(scope, config.layers())) {
            final TokenBatch batch = TokenBatch.of(scope, config, imageToken, List.of(new TokenBatch.Sample(prompt, new long[0])));
            final NDArray hidden = model.network().hidden(batch, cache);
            batch.promptMean(hidden).toFloatArray();
            final Continuation continuation = model.decoder().continuing(cache, tokens);
            long token = continuation.strongest(hidden.get(0).get(prompt.length() - 1L).toFloatArray());
            for (int i = 0; i < tokens; i++) {
                final long beginNanos = System.nanoTime();
                token = continuation.strongest(continuation.feed(token, prompt.nextPosition() + i));
                if (durations != null) {
                    durations.recordValue(System.nanoTime() - beginNanos);
                }
            }
        }
    }

    private Percentiles chunk(final MeasuredModel model) {
        final PolicyConfig policy = model.expert().config();
        final float[] observation = floats(policy.conditionSize());
        final float[] reasoning = floats(policy.conditionSize());
        final float[] state = floats(policy.stateSize());
        final float[] chunk = new float[policy.chunkRows() * policy.actionSize()];
        return stopwatch.each(() -> model.expert().sample(observation, reasoning, state, random.nextLong(), chunk));
    }

    private Percentiles train() {
        try (MeasuredModel model = MeasuredModel.random(folder)) {
            final Map<String, NDArray> parameters = new TreeMap<>();
            model.vlmWeights().arrays().forEach((name, array) -> parameters.put("vlm/" + name, array));
            model.expertWeights().arrays().forEach((name, array) -> parameters.put("expert/" + name, array));
            final AdamW optimizer =
                new AdamW(List.of(ParameterGroup.of(parameters, WEIGHT_DECAY)), FIRST_DECAY, SECOND_DECAY, EPSILON);
            final List<TokenBatch.Sample> samples = new ArrayList<>();
            for (int i = 0; i < task.batch(); i++) {
                final long[] answer = random.longs(task.answerTokens(), 0, config.vocabularySize() - 1L).toArray();
                samples.add(new TokenBatch.Sample(prompt(), answer));
            }
            return stopwatch.each(() -> step(model, optimizer, samples));
        }
    }

    private void step(final MeasuredModel model, final AdamW optimizer, final List<TokenBatch.Sample> samples) {
        try (StepScope scope = new StepScope(model.vlmWeights().newScope(), optimizer.parameters())) {
            scope.backward(loss(model, scope.manager(), samples));
        }
        final GradientClipping clipping = GradientClipping.of(optimizer.parameters(), MAX_GRADIENT);
        optimizer.step(LEARNING_RATE, clipping.scale());
    }

    private NDArray loss(final MeasuredModel model, final NDManager scope, final List<TokenBatch.Sample> samples) {
        final TokenBatch batch = TokenBatch.of(scope, config, imageToken, samples);
        final NDArray hidden = model.network().hidden(batch);
        final NDArray logits = model.network().logits(batch.predictors(hidden));
        final NDArray words = logits.logSoftmax(-1).gather(batch.targets().expandDims(1), 1).mean().neg();
        final PolicyConfig policy = model.expert().config();
        final int count = samples.size();
        final NDArray motion = model.expertNetwork().lossBatch(batch.promptMean(hidden), batch.answerMean(hidden),
            scope.create(floats(count * policy.stateSize()), new Shape(count, policy.stateSize())),
            scope.create(floats(count * policy.chunkRows() * policy.actionSize()), new Shape(count, policy.chunkRows(), policy.actionSize())),
            scope.ones(new Shape(count, policy.chunkRows())), random);
        return words.add(motion);
    }

    private float[] floats(final int count) {
        final float[] values = new float[count];
        IntStream.range(0, count).forEach(i -> values[i] = (float) (2 * random.nextDouble() - 1));
        return values;
    }
}
