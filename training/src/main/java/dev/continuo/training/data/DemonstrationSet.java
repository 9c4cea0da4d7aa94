package dev.continuo.training.data;

import dev.continuo.policy.NormalizationStatistics;
import dev.continuo.simulation.handwriting.WriterSplit;
import dev.continuo.simulation.render.Surroundings;
import dev.continuo.simulation.scene.CellGeometry;
import dev.continuo.simulation.scene.SceneState;
import dev.continuo.simulation.task.Equation;
import dev.continuo.simulation.task.Place;
import dev.continuo.simulation.task.ReasoningText;
import dev.continuo.simulation.task.TrialSpec;
import dev.continuo.training.demonstration.Demonstration;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Demonstrations as a source of robot samples: any row that is no disturbance, seen in a light of its own. */
public final class DemonstrationSet {
    private static final double STATE_NOISE = 0.006;
    private static final double GRIPPER_NOISE = 0.001;
    /** How many rows later than the first of a draw the others are at most: the age that a reasoning has when it is acted on. */
    private static final int MAX_LATER_ROWS = 75;

    private static final int AXES_OF_AN_ARM = 7;

    private final EpisodeRows<Demonstration> rows;

    /**
     * A set.
     *
     * @param episodes  at least one
     * @param chunkRows rows of a chunk
     */
    public DemonstrationSet(final List<Demonstration> episodes, final int chunkRows) {
        rows = new EpisodeRows<>(
            episodes, chunkRows, MAX_LATER_ROWS, axis -> axis % AXES_OF_AN_ARM == AXES_OF_AN_ARM - 1 ? GRIPPER_NOISE : STATE_NOISE);
    }

    /** The units of states and actions over all episodes. */
    public NormalizationStatistics statistics() {
        return rows.statistics();
    }

    /** One row of an episode: what the scene was, how the trial would describe it, and what the arms did next. */
    public record Row(SceneState scene, TrialSpec trial, String reasoning, Example.Motion motion) {
    }

    /**
     * Draws rows of one episode under one appearance: any row, each episode and each of its rows equally likely, and then others from the
     * second and a half after it.
     */
    public List<Row> draw(final RandomGenerator random, final int count) {
        return draw(random, count, UnaryOperator.identity());
    }

    /**
     * Draws rows whose board and cards show something else than in the demonstration.
     *
     * @param telling gives the trial that is shown for the one that was demonstrated; its answer has as many digits, shown by the same cards
     */
    List<Row> draw(final RandomGenerator random, final int count, final UnaryOperator<TrialSpec> telling) {
        final Demonstration episode = rows.any(random);
        final TrialSpec trial = telling.apply(trial(episode, random));
        return Arrays.stream(rows.draw(episode, random, count)).mapToObj(row -> row(episode, trial, row, random)).toList();
    }

    /** 14 axis positions that the arms had at some moment of some demonstration. */
    float[] axes(final RandomGenerator random) {
        final Demonstration episode = rows.any(random);
        return episode.states()[random.nextInt(episode.rows())].clone();
    }

    private Row row(final Demonstration episode, final TrialSpec trial, final int row, final RandomGenerator random) {
        return new Row(
            scene(episode, row), trial, ReasoningText.of(trial, places(episode, row, trial)), rows.motion(episode, row, random));
    }

    private static TrialSpec trial(final Demonstration episode, final RandomGenerator random) {
        final List<Integer> cards = Arrays.stream(episode.cardValues()).boxed().toList();
        return new TrialSpec(Equation.of(episode.equation()), random.nextBoolean(), cards, WriterSplit.TRAINING, Surroundings.IN_DOMAIN,
            random.nextLong());
    }

    private static Place[] places(final Demonstration episode, final int row, final TrialSpec trial) {
        final Place[] places = new Place[CellGeometry.CARDS];
        System.arraycopy(Place.values(), 0, places, 0, places.length);
        for (int laid = 0; laid < episode.placed()[row]; laid++) {
            places[trial.cardShowing(trial.answerDigits()[laid])] = Place.BOARD;
        }
        return places;
    }

    private static SceneState scene(final Demonstration episode, final int row) {
        final SceneState scene = new SceneState();
        for (int axis = 0; axis < scene.axes.length; axis++) {
            scene.axes[axis] = episode.states()[row][axis];
        }
        final float[] cards = episode.cards()[row];
        for (int card = 0; card < CellGeometry.CARDS; card++) {
            for (int i = 0; i < 3; i++) {
                scene.cardPosition[3 * card + i] = cards[7 * card + i];
            }
            for (int i = 0; i < 4; i++) {
                scene.cardOrientation[4 * card + i] = cards[7 * card + 3 + i];
            }
        }
        scene.boardX = episode.board()[0];
        scene.boardY = episode.board()[1];
        scene.boardYaw = episode.board()[2];
        scene.timeNanos = row;
        return scene;
    }
}
