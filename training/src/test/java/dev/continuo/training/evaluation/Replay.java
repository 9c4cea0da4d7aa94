package dev.continuo.training.evaluation;

import dev.continuo.actors.agent.ChunkPolicy;
import dev.continuo.training.demonstration.Episode;
import java.util.function.IntToDoubleFunction;

/** Answers with the rows that followed the recorded state that is nearest to the measured one, never going back nor far ahead. */
final class Replay implements ChunkPolicy {
    private final Episode episode;
    private final int windowRows;
    private final IntToDoubleFunction weight;
    private int row;

    /**
     * A replay.
     *
     * @param windowRows rows ahead that are looked at
     * @param weight     of each column of a state
     */
    Replay(final Episode episode, final int windowRows, final IntToDoubleFunction weight) {
        this.episode = episode;
        this.windowRows = windowRows;
        this.weight = weight;
    }

    @Override
    public boolean chunk(final Request request, final float[] rows) {
        row = nearest(request.state);
        final int columns = request.state.length;
        for (int k = 0; k < rows.length / columns; k++) {
            System.arraycopy(episode.actions()[Math.min(row + k, episode.rows() - 1)], 0, rows, k * columns, columns);
        }
        return true;
    }

    private int nearest(final double[] state) {
        int best = row;
        double least = Double.MAX_VALUE;
        for (int candidate = row; candidate < Math.min(row + windowRows, episode.rows()); candidate++) {
            double distance = 0;
            for (int column = 0; column < state.length; column++) {
                final double difference = (state[column] - episode.states()[candidate][column]) * weight.applyAsDouble(column);
                distance += difference * difference;
            }
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return best;
    }

    @Override
    public void close() {
        // Nothing to close.
    }
}
