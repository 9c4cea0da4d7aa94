package dev.continuo.training.data;

import dev.continuo.policy.NormalizationStatistics;
import dev.continuo.training.demonstration.Episode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * Rows of episodes as samples of motion: any row that is no disturbance.
 *
 * @param episodes  at least one
 * @param chunkRows rows of a chunk
 * @param laterRows how many rows later than the first of a draw the others are at most: the age that a reasoning has when it is acted on
 * @param noise     deviation of what is added to each column of a state
 * @param <E>       what they are
 */
record EpisodeRows<E extends Episode>(List<E> episodes, int chunkRows, int laterRows, IntToDoubleFunction noise) {
    /** Copies the list. */
    EpisodeRows {
        episodes = List.copyOf(episodes);
    }

    /** The units of states and actions over all episodes. */
    NormalizationStatistics statistics() {
        final List<float[]> actions = new ArrayList<>();
        final List<float[]> states = new ArrayList<>();
        for (final E episode : episodes) {
            actions.addAll(Arrays.asList(episode.actions()));
            states.addAll(Arrays.asList(episode.states()));
        }
        return NormalizationStatistics.of(actions, states);
    }

    /** Any episode, each equally likely. */
    E any(final RandomGenerator random) {
        return episodes.get(random.nextInt(episodes.size()));
    }

    /** Draws rows of an episode: any, and then others from those that soon follow it. */
    int[] draw(final E episode, final RandomGenerator random, final int count) {
        final int last = episode.rows() - 2;
        final int[] rows = new int[count];
        do {
            rows[0] = random.nextInt(last + 1);
        } while (episode.detours()[rows[0]]);
        for (int drawn = 1; drawn < count; ) {
            rows[drawn] = Math.min(last, rows[0] + random.nextInt(laterRows + 1));
            drawn += episode.detours()[rows[drawn]] ? 0 : 1;
        }
        return rows;
    }

    /** What was done from a row on. The chunk ends where a disturbance begins; past the episode's end what was commanded last is held. */
    Example.Motion motion(final E episode, final int row, final RandomGenerator random) {
        final float[] state = episode.states()[row].clone();
        for (int column = 0; column < state.length; column++) {
            state[column] += (float) (random.nextGaussian() * noise.applyAsDouble(column));
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
