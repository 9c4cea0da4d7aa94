package dev.continuo.training.data;

import dev.continuo.config.ActionSpace;
import dev.continuo.policy.NormalizationStatistics;
import dev.continuo.simulation.toys.ToyScene;
import dev.continuo.simulation.toys.ToyTrial;
import dev.continuo.training.demonstration.ToyDemonstration;
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

    private final EpisodeRows<ToyDemonstration> rows;

    /**
     * A set.
     *
     * @param episodes  at least one
     * @param chunkRows rows of a chunk
     */
    public ToyDemonstrationSet(final List<ToyDemonstration> episodes, final int chunkRows) {
        rows = new EpisodeRows<>(episodes, chunkRows, MAX_LATER_ROWS,
            column -> column < ROTATION ? POSITION_NOISE : column < ActionSpace.POSE_COLUMNS - 1 ? ROTATION_NOISE : OPENING_NOISE);
    }

    /** The units of states and actions over all episodes. */
    public NormalizationStatistics statistics() {
        return rows.statistics();
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
        final ToyDemonstration episode = rows.any(random);
        final ToyTrial trial = telling.apply(episode.trial(random.nextLong()));
        return Arrays.stream(rows.draw(episode, random, count))
            .mapToObj(row -> new Row(episode.scene(row), trial, rows.motion(episode, row, random))).toList();
    }

    /** Eight axis positions that the arm had at some moment of some demonstration. */
    double[] axes(final RandomGenerator random) {
        final ToyDemonstration episode = rows.any(random);
        return episode.scene(random.nextInt(episode.rows())).axes;
    }
}
