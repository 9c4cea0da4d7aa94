package dev.continuo.benchmarks.model;

import dev.continuo.benchmarks.Circumstances;
import dev.continuo.benchmarks.Percentiles;
import dev.continuo.benchmarks.Table;
import java.util.List;
import java.util.Locale;

/**
 * What {@code bench model} found.
 *
 * @param circumstances under what
 * @param model         whose sizes
 * @param weights       {@code shipped} or {@code random}
 * @param parameters    of both networks
 * @param task          what the model was given
 * @param peer          the version of PyTorch, or how to get its row
 * @param parts         the figures
 * @param peakBytes     the most memory that the process held at once
 * @param peerPeakBytes the same of PyTorch's; 0 without it
 */
public record ModelReport(
    Circumstances circumstances, String model, String weights, long parameters, ModelTask task, String peer, List<Times> parts,
    long peakBytes, long peerPeakBytes) {
    private static final double MEGABYTE = 1e-6;

    /**
     * One part of the model.
     *
     * @param part     which
     * @param continuo its times here
     * @param pytorch  its times in PyTorch; null when that is not there
     * @param ratio    PyTorch's median over ours: above 1 we are faster; 0 without it
     */
    public record Times(ModelPart part, Percentiles continuo, Percentiles pytorch, double ratio) {

        /** The times of a part; {@code pytorch} may be null. */
        static Times of(final ModelPart part, final Percentiles continuo, final Percentiles pytorch) {
            return new Times(part, continuo, pytorch,
                pytorch == null || continuo.p50() == 0 ? 0 : Math.round(1000.0 * pytorch.p50() / continuo.p50()) / 1000.0);
        }
    }

    /** For people. */
    String text() {
        final Table table = new Table("part", "what", "count", "p50", "p90", "max", "PyTorch p50", "p90", "PyTorch / ours");
        for (final Times times : parts) {
            final Percentiles own = times.continuo();
            final Percentiles theirs = times.pytorch();
            table.row(List.of(times.part().label(), times.part().what(), Long.toString(own.count()), Percentiles.text(own.p50()),
                Percentiles.text(own.p90()), Percentiles.text(own.max()), theirs == null ? "-" : Percentiles.text(theirs.p50()),
                theirs == null ? "-" : Percentiles.text(theirs.p90()),
                theirs == null ? "-" : String.format(Locale.ROOT, "%.2f", times.ratio())));
        }
        return String.format(Locale.ROOT, "%s, %s weights, %d parameters, %d thread(s): a picture of %dx%d patches, %d tokens of text, "
                + "answers of %d tokens, training batch %d%n%s%n%s%n%n", model, weights, parameters, task.threads(), task.gridRows(),
            task.gridColumns(), task.textTokens(), task.answerTokens(), task.batch(), circumstances.text(), peer) + table.render()
            + String.format(Locale.ROOT, "peak memory of the process: %.0f MB%s%n", peakBytes * MEGABYTE,
                peerPeakBytes == 0 ? "" : String.format(Locale.ROOT, ", PyTorch %.0f MB", peerPeakBytes * MEGABYTE));
    }
}
