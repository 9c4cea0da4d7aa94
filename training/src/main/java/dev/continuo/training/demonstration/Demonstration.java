package dev.continuo.training.demonstration;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * One recorded episode at the row rate of the action chunks. Pictures are not kept: what a camera would have seen is rendered from the
 * scene when a sample is drawn, each time in another light.
 *
 * @param equation   what stands on the board
 * @param cardValues the cards' numbers, from left to right as they lay at the beginning
 * @param board      the board's x, y (metres) and yaw (radians)
 * @param states     per row, 14 measured axis positions: left joints and gripper, right joints and gripper
 * @param actions    per row, the 14 setpoints that were commanded
 * @param cards      per row, for each card x, y, z and the quaternion x, y, z, w
 * @param placed     per row, how many answer cards lay in their slots
 * @param detours    per row, whether the row belongs to a disturbance
 */
public record Demonstration(
    String equation, int[] cardValues, float[] board, float[][] states, float[][] actions, float[][] cards, byte[] placed,
    boolean[] detours) implements Episode {
    private static final int MAGIC = 0x434e5431;

    @Override
    public void write(final DataOutputStream out) throws IOException {
        out.writeInt(MAGIC);
        out.writeUTF(equation);
        out.writeInt(cardValues.length);
        for (final int value : cardValues) {
            out.writeInt(value);
        }
        Episode.writeFloats(out, board);
        out.writeInt(rows());
        for (int row = 0; row < rows(); row++) {
            Episode.writeFloats(out, states[row]);
            Episode.writeFloats(out, actions[row]);
            Episode.writeFloats(out, cards[row]);
            out.writeByte(placed[row]);
            out.writeBoolean(detours[row]);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static Demonstration read(final DataInputStream in) throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IOException("not a demonstration");
        }
        final String equation = in.readUTF();
        final int[] values = new int[in.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readInt();
        }
        final float[] board = Episode.readFloats(in);
        final int rows = in.readInt();
        final float[][] states = new float[rows][];
        final float[][] actions = new float[rows][];
        final float[][] cards = new float[rows][];
        final byte[] placed = new byte[rows];
        final boolean[] detours = new boolean[rows];
        for (int row = 0; row < rows; row++) {
            states[row] = Episode.readFloats(in);
            actions[row] = Episode.readFloats(in);
            cards[row] = Episode.readFloats(in);
            placed[row] = in.readByte();
            detours[row] = in.readBoolean();
        }
        return new Demonstration(equation, values, board, states, actions, cards, placed, detours);
    }
}
