package dev.continuo.config;

/** How a chunk follows the one that plays. {@code H} is the rows of a chunk, {@code s} the execution horizon, {@code d} the rows that are played while a chunk is computed. */
public sealed interface ChunkStrategy {

    /** The first {@code s} rows are played, then the arm stands until the next chunk is there, which begins with its first row: as openpi's broker does it. */
    record Synchronous() implements ChunkStrategy {
    }

    /** A chunk takes over at once, at its row that is due: as LeRobot's client does it with {@code latest_only}, but exact to the row. */
    record Replace() implements ChunkStrategy {
    }

    /**
     * A chunk takes over at once, at its row that is due, and fades in.
     *
     * @param rows over which it fades in, by a weight that rises from 0 to 1; 0 is {@link Replace}
     */
    record Blend(int rows) implements ChunkStrategy {
    }

    /**
     * All chunks that have a row for a moment are averaged with the weights {@code exp(-m i)}, the oldest being {@code i = 0}: the temporal ensembling of ACT (Zhao and others, arXiv 2304.13705). The
     * more the smaller {@code s} is; ACT computes a chunk for each row.
     *
     * @param decay m, 0.01 in ACT
     */
    record Ensemble(double decay) implements ChunkStrategy {
    }

    /**
     * A chunk is sampled so that it continues the one that plays: its first {@code d} rows are those of the other, and the further ones are drawn to it, the less the later they are. Real-time chunking
     * (Black and others, arXiv 2506.07339), without a gradient. It takes over as {@link Replace} does.
     *
     * @param guidance   beta, the most that a difference to what plays is amplified by; 5 in the paper
     * @param candidates chunks that are sampled, of which the one that strays least from what plays is taken
     */
    record RealTime(double guidance, int candidates) implements ChunkStrategy {
    }
}
