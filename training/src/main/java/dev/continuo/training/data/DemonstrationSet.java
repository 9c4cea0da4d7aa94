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
import java.util.ArrayList;
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

    private final List<Demonstration> episodes;
    private final int chunkRows;

    /**
     * A set.
     *
     * @param episodes  at least one
     * @param chunkRows rows of a chunk
     */
    public DemonstrationSet(final List<Demonstration> episodes, final int chunkRows) {
        this.episodes = List.copyOf(episodes);
        this.chunkRows = chunkRows;
    }

    /** The units of states and actions over all episodes. */
    public NormalizationStatistics statistics() {
        final List<float[]> actions = new ArrayList<>();
        final List<float[]> states = new ArrayList<>();
        for (final Demonstration episode : episodes) {
            actions.addAll(Arrays.asList(episode.actions()));
            states.addAll(Arrays.asList(episode.states()));
        }
        return NormalizationStatistics.of(actions, states);
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
        final Demonstration episode = episodes.get(random.nextInt(episodes.size()));
        final TrialSpec trial = telling.apply(trial(episode, random));
        final int last = episode.rows() - 2;
        int first = random.nextInt(last + 1);
        while (episode.detours()[first]) {
            first = random.nextInt(last + 1);
        }
        final List<Row> rows = new ArrayList<>(count);
        rows.add(row(episode, trial, first, random));
        while (rows.size() < count) {
            final int later = Math.min(last, first + random.nextInt(MAX_LATER_ROWS + 1));
            if (!episode.detours()[later]) {
                rows.add(row(episode, trial, later, random));
            }
        }
        return rows;
    }

    /** 14 axis positions that the arms had at some moment of some demonstration. */
    float[] axes(final RandomGenerator random) {
        final Demonstration episode = episodes.get(random.nextInt(episodes.size()));
        return episode.states()[random.nextInt(episode.rows())].clone();
    }

    private Row row(final Demonstration episode, final TrialSpec trial, final int row, final RandomGenerator random) {
        return new Row(
            scene(episode, row), trial, ReasoningText.of(trial, places(episode, row, trial)), motion(episode, row, random));
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

    /** The chunk ends where a disturbance begins; past the episode's end the last setpoint is held. */
    private Example.Motion motion(final Demonstration episode, final int row, final RandomGenerator random) {
        final float[] state = episode.states()[row].clone();
        for (int axis = 0; axis < state.length; axis++) {
            state[axis] += (float) (random.nextGaussian() * (axis % 7 == 6 ? GRIPPER_NOISE : STATE_NOISE));
        }
        final int axes = state.length;
        final float[] actions = new float[chunkRows * axes];
        final float[] valid = new float[chunkRows];
        boolean disturbed = false;
        for (int k = 0; k < chunkRows; k++) {
            final int source = Math.min(row + k, episode.rows() - 1);
            disturbed |= episode.detours()[source];
            System.arraycopy(episode.actions()[source], 0, actions, k * axes, axes);
            valid[k] = disturbed ? 0 : 1;
        }
        return new Example.Motion(state, actions, valid);
    }
}
