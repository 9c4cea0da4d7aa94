package dev.continuo.training.data;

import dev.continuo.config.ActionSpace;
import dev.continuo.policy.NormalizationStatistics;
import dev.continuo.simulation.toys.ToyScene;
import dev.continuo.simulation.toys.ToyTrial;
import dev.continuo.training.demonstration.ToyDemonstration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Demonstrations of toy placement as a source of robot samples: any row that is no disturbance, seen in a light of its own. */
public final class ToyDemonstrationSet {
    private static final double POSITION_NOISE = 0.003;
    private static final double ROTATION_NOISE = 0.01;
    private static final double OPENING_NOISE = 0.001;
    private static final int ROTATION = 3;
    /** How many rows later than the first of a draw the others are at most: the age that a reasoning has when it is acted on. */
    private static final int MAX_LATER_ROWS = 22;

    private final List<ToyDemonstration> episodes;
    private final int chunkRows;

    /**
     * A set.
     *
     * @param episodes  at least one
     * @param chunkRows rows of a chunk
     */
    public ToyDemonstrationSet(final List<ToyDemonstration> episodes, final int chunkRows) {
        this.episodes = List.copyOf(episodes);
        this.chunkRows = chunkRows;
    }

    /** The units of states and actions over all episodes. */
    public NormalizationStatistics statistics() {
        final List<float[]> actions = new ArrayList<>();
        final List<float[]> states = new ArrayList<>();
        for (final ToyDemonstration episode : episodes) {
            actions.addAll(Arrays.asList(episode.actions()));
            states.addAll(Arrays.asList(episode.states()));
        }
        return NormalizationStatistics.of(actions, states);
    }

    /** One row of an episode: how things stood, what was asked, and what the arm did next. */
    public record Row(ToyScene scene, ToyTrial trial, Example.Motion motion) {
    }

    /**
     * Draws rows of one episode under one appearance: any row, each episode and each of its rows equally likely, and then others from the second and a half after it.
     */
    public List<Row> draw(final RandomGenerator random, final int count) {
        return draw(random, count, UnaryOperator.identity());
    }

    /**
     * Draws rows whose blocks show other toys than in the demonstration.
     *
     * @param telling gives the trial that is shown for the one that was demonstrated, with the same relation
     */
    List<Row> draw(final RandomGenerator random, final int count, final UnaryOperator<ToyTrial> telling) {
        final ToyDemonstration episode = episodes.get(random.nextInt(episodes.size()));
        final ToyTrial trial = telling.apply(episode.trial(random.nextLong()));
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

    /** Eight axis positions that the arm had at some moment of some demonstration. */
    double[] axes(final RandomGenerator random) {
        final ToyDemonstration episode = episodes.get(random.nextInt(episodes.size()));
        return episode.scene(random.nextInt(episode.rows())).axes;
    }

    private Row row(final ToyDemonstration episode, final ToyTrial trial, final int row, final RandomGenerator random) {
        return new Row(episode.scene(row), trial, motion(episode, row, random));
    }

    /** The chunk ends where a disturbance begins; past the episode's end the last pose is held. */
    private Example.Motion motion(final ToyDemonstration episode, final int row, final RandomGenerator random) {
        final float[] state = episode.states()[row].clone();
        for (int i = 0; i < state.length; i++) {
            final double noise = i < ROTATION ? POSITION_NOISE : i < ActionSpace.POSE_COLUMNS - 1 ? ROTATION_NOISE : OPENING_NOISE;
            state[i] += (float) (random.nextGaussian() * noise);
        }
        final int columns = state.length;
        final float[] actions = new float[chunkRows * columns];
        final float[] valid = new float[chunkRows];
        boolean disturbed = false;
        for (int k = 0; k < chunkRows; k++) {
            final int source = Math.min(row + k, episode.rows() - 1);
            disturbed |= episode.detours()[source];
            System.arraycopy(episode.actions()[source], 0, actions, k * columns, columns);
            valid[k] = disturbed ? 0 : 1;
        }
        return new Example.Motion(state, actions, valid);
    }
}
