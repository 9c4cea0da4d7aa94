package dev.continuo.training.demonstration;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

/** What was recorded of one episode, as a {@link DemonstrationFile} keeps it. */
public interface Episode {
    /** Per row, where the robot was. */
    float[][] states();

    /** Per row, what was commanded: as many values. */
    float[][] actions();

    /** Per row, whether it belongs to a disturbance. */
    boolean[] detours();

    /** Rows of the episode. */
    default int rows() {
        return states().length;
    }

    /** Writes all of it. */
    void write(DataOutputStream out) throws IOException;

    /** Values as they are kept. */
    static float[] floats(final double[] values) {
        final float[] kept = new float[values.length];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = (float) values[i];
        }
        return kept;
    }

    /** Flags as they are kept. */
    static boolean[] flags(final List<Boolean> values) {
        final boolean[] kept = new boolean[values.size()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = values.get(i);
        }
        return kept;
    }

    /** Writes at most 65535 values. */
    static void writeFloats(final DataOutputStream out, final float[] values) throws IOException {
        out.writeShort(values.length);
        for (final float value : values) {
            out.writeFloat(value);
        }
    }

    /** Reads what {@link #writeFloats} wrote. */
    static float[] readFloats(final DataInputStream in) throws IOException {
        final float[] values = new float[in.readUnsignedShort()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readFloat();
        }
        return values;
    }

    /**
     * Reads one episode.
     *
     * @param <T> what it is
     */
    @FunctionalInterface
    interface Reader<T extends Episode> {
        /**
         * The next episode.
         *
         * @throws IOException also when what comes is no such episode
         */
        T read(DataInputStream in) throws IOException;
    }
}
