package dev.continuo.training.stage;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.continuo.policy.ExpertNetwork;
import dev.continuo.policy.PolicyConfig;
import dev.continuo.reasoning.network.Task;
import dev.continuo.reasoning.network.TokenBatch;
import dev.continuo.reasoning.network.VlmNetwork;
import dev.continuo.reasoning.tensor.GradientMode;
import dev.continuo.reasoning.tensor.Scalar;
import dev.continuo.training.data.Robot;
import dev.continuo.training.data.TrainingBatch;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The loss of joint training: next-token cross entropy over the answers plus the expert's noise error, weighted alike (chatvla2.md
 * section 1.6), plus the errors of {@link TruthHeads}. The gradient of the expert reaches the vision-language model through both conditions.
 */
final class JointLoss {
    private static final String PAGES = "pages";
    private static final String LINES = "lines";
    private static final String SYMBOLS = "symbols";
    private static final String WORDS = "words";
    private static final String SCENE = "scene";
    private static final String NEXT = "next";
    private static final String MOTION = "motion";
    private static final String TOKENS = "tokens";
    private static final String ANSWERS = "answers";
    private static final String ASKED = "asked";
    private static final String PLACE = "place";
    private static final String SOUGHT = named("sought", Robot.FRANKA);
    /**
     * What is told of a step: the shares of symbols on pages, in lines and in pictures that are read right, the losses of words, scene, next pick and
     * motion, the share of what is asked for that is found and the error of its place, and the shares of words and of whole answers that are right.
     */
    static final List<String> FIGURES = List.of(PAGES, LINES, SYMBOLS, WORDS, SCENE, NEXT, MOTION, TOKENS, ANSWERS,
        named(PAGES, Robot.FRANKA), named(SYMBOLS, Robot.FRANKA), named(SCENE, Robot.FRANKA), named(NEXT, Robot.FRANKA), named(MOTION, Robot.FRANKA),
        named(ASKED, Robot.FRANKA), named(PLACE, Robot.FRANKA), SOUGHT);

    private final ModelUnderTraining model;
    private final Map<Robot, TruthHeads> heads;
    private final long imageToken;

    /**
     * The loss of a model.
     *
     * @param heads of each robot that is trained
     */
    JointLoss(final ModelUnderTraining model, final Map<Robot, TruthHeads> heads, final long imageToken) {
        this.model = model;
        this.heads = heads;
        this.imageToken = imageToken;
    }

    private static String named(final String figure, final Robot robot) {
        return robot.prefix('_') + figure;
    }

    /** What the vision tower alone makes of a batch's pages and pictures. */
    NDArray ofSight(final NDManager scope, final TrainingBatch batch, final StepFigures figures) {
        NDArray loss = scope.create(0f);
        for (final Robot robot : batch.pages().keySet()) {
            loss = loss.add(sight(scope, batch.pages().get(robot), robot, figures, PAGES));
            loss = loss.add(sight(scope, batch.scenes().get(robot).pictures(), robot, figures, SYMBOLS));
        }
        return loss;
    }

    private NDArray sight(final NDManager scope, final TrainingBatch.Seen pictures, final Robot robot, final StepFigures figures, final String figure) {
        if (pictures.isEmpty()) {
            return scope.create(0f);
        }
        final TokenBatch tokens = TokenBatch.of(scope, model.vlmConfig(), imageToken, pictures.samples());
        return symbols(model.network(Task.LANGUAGE).see(tokens).singletonOrThrow(), pictures.kinds(), robot, figures, figure);
    }

    /**
     * Everything that there is in a batch.
     *
     * @param noise    source of the diffusion's timesteps and noise
     * @param measured whether to count right answers, which takes time
     */
    NDArray ofAll(final NDManager scope, final TrainingBatch batch, final RandomGenerator noise, final StepFigures figures,
        final boolean measured) {
        final Words words = new Words(measured);
        NDArray loss = scope.create(0f);
        for (final Robot robot : batch.pages().keySet()) {
            loss = loss.add(sight(scope, batch.pages().get(robot), robot, figures, PAGES));
        }
        if (!batch.lines().isEmpty()) {
            loss = loss.add(lines(scope, batch.lines(), figures, words));
        }
        if (!batch.sought().pictures().isEmpty()) {
            loss = loss.add(sought(scope, batch.sought(), figures, words));
        }
        // Some prompts and answers are several times as long as others: padded to one length, most of a batch would be padding.
        for (final Robot robot : batch.scenes().keySet()) {
            if (!batch.scenes().get(robot).pictures().isEmpty()) {
                loss = loss.add(scenes(scope, batch.scenes().get(robot), robot, noise, figures, words));
            }
        }
        for (final List<TokenBatch.Sample> others : batch.others()) {
            final TokenBatch tokens = TokenBatch.of(scope, model.vlmConfig(), imageToken, others);
            words.add(tokens, model.network(Task.LANGUAGE).hidden(tokens), others);
        }
        return loss.add(words.loss(figures));
    }

    private NDArray lines(final NDManager scope, final TrainingBatch.Seen lines, final StepFigures figures, final Words words) {
        final VlmNetwork network = model.network(Task.LANGUAGE);
        final TokenBatch tokens = TokenBatch.of(scope, model.vlmConfig(), imageToken, lines.samples());
        final NDList seen = network.see(tokens);
        words.add(tokens, network.hidden(tokens, seen), lines.samples());
        return symbols(seen.singletonOrThrow(), lines.kinds(), Robot.ARX, figures, LINES);
    }

    /** What the model makes of some pictures: image tokens before and behind the decoder, {@code o} and {@code r}. */
    private record Understood(NDArray seen, NDArray looked, NDArray observation, NDArray reasoning) {
        Understood join(final Understood others) {
            return new Understood(seen.concat(others.seen), looked.concat(others.looked), observation.concat(others.observation), reasoning.concat(others.reasoning));
        }
    }

    private NDArray scenes(final NDManager scope, final TrainingBatch.Scenes scenes, final Robot robot, final RandomGenerator noise,
        final StepFigures figures, final Words words) {
        final Understood all = understood(scope, scenes, words);
        final NDArray scene = heads.get(robot).sceneError(all.observation, scenes.scene());
        final NDArray next = heads.get(robot).nextError(all.reasoning, scenes.next());
        figures.add(named(SCENE, robot), scene.getFloat());
        figures.add(named(NEXT, robot), next.getFloat());
        NDArray loss = symbols(all.seen, scenes.pictures().kinds(), robot, figures, SYMBOLS).add(scene).add(next);
        if (scenes.asked().length > 0) {
            loss = loss.add(asked(all.looked, scenes, robot, figures));
        }
        return scenes.motions().count() == 0 ? loss : loss.add(motion(scope, scenes.motions(), robot, all, noise, figures));
    }

    private Understood understood(final NDManager scope, final TrainingBatch.Scenes scenes, final Words words) {
        if (scenes.acted().isEmpty()) {
            return understood(scope, scenes.told(), Task.LANGUAGE, words);
        }
        // Not joined with nothing: the engine's gradient does not pass a join of one.
        final Understood acted = understood(scope, scenes.acted(), Task.ROBOT, words);
        return scenes.told().isEmpty() ? acted : acted.join(understood(scope, scenes.told(), Task.LANGUAGE, words));
    }

    private Understood understood(final NDManager scope, final List<TokenBatch.Sample> samples, final Task task, final Words words) {
        final VlmNetwork network = model.network(task);
        final TokenBatch tokens = TokenBatch.of(scope, model.vlmConfig(), imageToken, samples);
        final NDList seen = network.see(tokens);
        final NDArray hidden = network.hidden(tokens, seen);
        words.add(tokens, hidden, samples);
        return new Understood(seen.singletonOrThrow(), tokens.imageTokens(hidden), tokens.promptMean(hidden), tokens.answerMean(hidden));
    }

    private NDArray symbols(final NDArray seen, final long[] kinds, final Robot robot, final StepFigures figures, final String figure) {
        final TruthHeads.Symbols symbols = heads.get(robot).symbols(seen, kinds);
        figures.add(named(figure, robot), symbols.right().getFloat());
        return symbols.loss();
    }

    private NDArray asked(final NDArray looked, final TrainingBatch.Scenes scenes, final Robot robot, final StepFigures figures) {
        final NDArray readOut = heads.get(robot).readOut(looked);
        final TruthHeads.Asked asked = heads.get(robot).asked(readOut, scenes.asked(), scenes.asked().length / scenes.pictures().samples().size());
        final NDArray places = heads.get(robot).placeError(readOut, scenes.asked(), scenes.scene());
        figures.add(named(ASKED, robot), asked.found());
        figures.add(named(PLACE, robot), places.getFloat());
        return asked.loss().add(places);
    }

    private NDArray sought(final NDManager scope, final TrainingBatch.Sought sought, final StepFigures figures, final Words words) {
        final Understood all = understood(scope, sought.pictures().samples(), Task.LANGUAGE, words);
        final TruthHeads franka = heads.get(Robot.FRANKA);
        final TruthHeads.Asked asked = franka.asked(franka.readOut(all.looked), sought.asked(), sought.asked().length / sought.pictures().samples().size());
        figures.add(SOUGHT, asked.found());
        return asked.loss().add(symbols(all.seen, sought.pictures().kinds(), Robot.FRANKA, figures, PAGES));
    }

    private NDArray motion(final NDManager scope, final TrainingBatch.Motions motions, final Robot robot, final Understood all,
        final RandomGenerator noise, final StepFigures figures) {
        final ExpertNetwork expert = model.expert(robot);
        final PolicyConfig policy = expert.config();
        final int count = motions.count();
        final NDArray motion = expert.lossBatch(
            all.observation.get("0:" + count), all.reasoning.get("0:" + count),
            scope.create(motions.states(), new Shape(count, policy.stateSize())),
            scope.create(motions.actions(), new Shape(count, policy.chunkRows(), policy.actionSize())),
            scope.create(motions.valid(), new Shape(count, policy.chunkRows())), noise);
        figures.add(named(MOTION, robot), motion.getFloat());
        return motion;
    }

    /** The answers of a step, in parts of different length. */
    private final class Words {
        private final boolean measured;
        private NDArray errors;
        private long targets;
        private int tokensRight;
        private int answersRight;
        private int answers;

        Words(final boolean measured) {
            this.measured = measured;
        }

        void add(final TokenBatch tokens, final NDArray hidden, final List<TokenBatch.Sample> samples) {
            final NDArray logits = model.network(Task.LANGUAGE).logits(tokens.predictors(hidden));
            final NDArray sum = logits.logSoftmax(-1).gather(tokens.targets().expandDims(1), 1).sum().neg();
            errors = errors == null ? sum : errors.add(sum);
            targets += tokens.targets().size();
            if (measured) {
                measure(samples, logits, tokens.targets());
            }
        }

        NDArray loss(final StepFigures figures) {
            final NDArray mean = errors.div(Scalar.of(errors, targets));
            figures.add(WORDS, mean.getFloat());
            if (measured) {
                figures.add(TOKENS, (double) tokensRight / targets);
                figures.add(ANSWERS, (double) answersRight / answers);
            }
            return mean;
        }

        private void measure(final List<TokenBatch.Sample> samples, final NDArray logits, final NDArray expected) {
            try (GradientMode _ = GradientMode.off()) {
                final boolean[] right = logits.stopGradient().argMax(-1).eq(expected).toBooleanArray();
                int begin = 0;
                for (final TokenBatch.Sample sample : samples) {
                    boolean all = true;
                    for (int i = begin; i < begin + sample.answer().length; i++) {
                        tokensRight += right[i] ? 1 : 0;
                        all &= right[i];
                    }
                    begin += sample.answer().length;
                    answersRight += all ? 1 : 0;
                }
                answers += samples.size();
            }
        }
    }
}
