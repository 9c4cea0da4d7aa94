package dev.continuo.policy.playback;

/**
 * The newest chunk takes over at once, at the row that is due, by a cross-fade: with {@code w} rising from 0 to 1 over the blend rows, {@code setpoint = (1 - w) old + w new}. A takeover that interrupts
 * an earlier one starts from where the setpoint is, {@code p}: then {@code (1 - w) p + w old} stands for {@code old}. So the setpoint is continuous, and within the span of the rows involved, however
 * quickly chunks follow each other. Without blend rows it jumps.
 */
final class CrossFade implements Succession {
    private final int columns;
    private final long rowPeriodNanos;
    private final long blendNanos;
    private final double[] faded;
    private final double[] interruptedAt;
    private final double[] present;
    private PlayedChunk active;
    private PlayedChunk fading;
    private boolean playing;
    private boolean blending;
    private boolean interrupted;
    private long blendStartNanos;

    CrossFade(final int blendRows, final int maxRows, final int columns, final long rowPeriodNanos) {
        this.columns = columns;
        this.rowPeriodNanos = rowPeriodNanos;
        blendNanos = blendRows * rowPeriodNanos;
        active = new PlayedChunk(maxRows, columns);
        fading = new PlayedChunk(maxRows, columns);
        faded = new double[columns];
        present = new double[columns];
        interruptedAt = new double[columns];
    }

    @Override
    public void reset() {
        playing = false;
        blending = false;
    }

    @Override
    public void take(final ActionChunk chunk, final int firstColumn, final long nowNanos) {
        if (playing && blendNanos > 0) {
            sample(nowNanos, active.isOver(nowNanos, rowPeriodNanos), present);
            System.arraycopy(present, 0, interruptedAt, 0, columns);
            interrupted = blending;
            blending = true;
            blendStartNanos = nowNanos;
        }
        final PlayedChunk spare = fading;
        fading = active;
        active = spare;
        active.copyFrom(chunk, firstColumn);
        playing = true;
    }

    @Override
    public PlayedChunk newest() {
        return active;
    }

    @Override
    public void sample(final long nowNanos, final boolean over, final double[] position) {
        final long elapsed = nowNanos - blendStartNanos;
        blending = blending && elapsed < blendNanos && !over;
        active.sample(over ? active.rows - 1 : active.placeAt(nowNanos, rowPeriodNanos), position);
        if (blending) {
            final double weight = (double) elapsed / blendNanos;
            fading.sample(fading.placeAt(nowNanos, rowPeriodNanos), faded);
            for (int i = 0; i < columns; i++) {
                final double old = interrupted ? interruptedAt[i] + weight * (faded[i] - interruptedAt[i]) : faded[i];
                position[i] = old + weight * (position[i] - old);
            }
        }
    }
}
