package dev.continuo.perception.sensor;

/** One reading, filled again and again. */
public final class SensorReading {
    /** When it was measured, by the machine's monotonic clock. */
    public long observedAtNanos;
    private final double[] values;

    /** A reading of so many channels. */
    public SensorReading(final int channels) {
        values = new double[channels];
    }

    /** The values in SI units, in the order of the kind's channels; to be written in place. */
    public double[] values() {
        return values;
    }
}
