package dev.continuo.recording.replay;

import java.util.List;

/**
 * What a brain made of recorded inputs, beside what was recorded.
 *
 * @param chunks            one entry for each chunk that could be compared, in their order
 * @param withoutInputs     chunks whose inputs are not all in the recording: those at its very beginning, or where it has gaps
 * @param unusable          chunks that the policy computed to something else than finite numbers
 * @param reasonings        one entry for each finished reasoning that could be compared
 * @param unseen            reasonings whose pictures are not in the recording
 */
public record ReplayReport(List<ChunkDifference> chunks, int withoutInputs, int unusable, List<ThoughtDifference> reasonings, int unseen) {

    /** Copies the lists. */
    public ReplayReport {
        chunks = List.copyOf(chunks);
        reasonings = List.copyOf(reasonings);
    }

    /**
     * One chunk.
     *
     * @param sequence its number as recorded
     * @param worst    the largest difference of a value: radians, metres, or what the columns are in
     * @param rms      the root of the mean squared difference of all values
     */
    public record ChunkDifference(long sequence, double worst, double rms) {
    }

    /**
     * One reasoning.
     *
     * @param recorded the words as recorded
     * @param again    the words now
     */
    public record ThoughtDifference(String recorded, String again) {
        /** Whether nothing changed. */
        public boolean isSame() {
            return recorded.equals(again);
        }
    }

    /** The largest difference of any chunk; 0 without chunks. */
    public double worst() {
        return chunks.stream().mapToDouble(ChunkDifference::worst).max().orElse(0);
    }

    /** The root of the mean squared difference of all chunks; 0 without chunks. */
    public double rms() {
        return Math.sqrt(chunks.stream().mapToDouble(chunk -> chunk.rms * chunk.rms).average().orElse(0));
    }

    /** Chunks whose every value is the same to the last bit. */
    public long identical() {
        return chunks.stream().filter(chunk -> chunk.worst == 0).count();
    }

    /** Reasonings whose words are the same. */
    public long sameWords() {
        return reasonings.stream().filter(ThoughtDifference::isSame).count();
    }
}
