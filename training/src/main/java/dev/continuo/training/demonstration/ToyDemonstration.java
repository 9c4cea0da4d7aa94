package dev.continuo.training.demonstration;

import dev.continuo.simulation.task.Split;
import dev.continuo.simulation.toys.ToyInstruction;
import dev.continuo.simulation.toys.ToyScene;
import dev.continuo.simulation.toys.ToyShelf;
import dev.continuo.simulation.toys.ToyTable;
import dev.continuo.simulation.toys.ToyTrial;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One recorded episode of toy placement at the row rate of the action chunks. Pictures are not kept: what a camera would have seen is rendered from the scene when a sample is drawn, each
 * time in another light.
 *
 * @param instruction what was asked
 * @param things      the names of what stood on the table
 * @param states      per row, the pose of the tool and the opening of the hand as ten numbers
 * @param actions     per row, those that were commanded
 * @param scenes      per row, the arm's eight axes, then x, y, z and the turn of each thing
 * @param held        per row, whether the hand held the object
 * @param detours     per row, whether the row belongs to a disturbance
 */
public record ToyDemonstration(
    String instruction, List<String> things, float[][] states, float[][] actions, float[][] scenes, boolean[] held, boolean[] detours) implements Episode {
    private static final int MAGIC = 0x434e5432;
    private static final int AXES = 8;
    private static final int PER_THING = 4;
    /** Values of a scene. */
    static final int SCENE_VALUES = AXES + PER_THING * ToyTable.THINGS;

    /**
     * The trial that was played.
     *
     * @param seed of what it shall look like
     */
    public ToyTrial trial(final long seed) {
        return new ToyTrial(ToyInstruction.of(instruction), things.stream().map(name -> ToyShelf.named(name).orElseThrow()).toList(), Split.IN_DOMAIN, seed);
    }

    /** How everything stood at a row. */
    public ToyScene scene(final int row) {
        final ToyScene scene = new ToyScene();
        for (int axis = 0; axis < AXES; axis++) {
            scene.axes[axis] = scenes[row][axis];
        }
        for (int thing = 0; thing < ToyTable.THINGS; thing++) {
            final int at = AXES + PER_THING * thing;
            for (int i = 0; i < 3; i++) {
                scene.position[3 * thing + i] = scenes[row][at + i];
            }
            scene.yaw[thing] = scenes[row][at + 3];
        }
        scene.held[ToyTable.OBJECT] = held[row];
        scene.timeNanos = row;
        return scene;
    }

    /** A scene as it is kept. */
    static float[] values(final ToyScene scene) {
        final float[] values = new float[SCENE_VALUES];
        for (int axis = 0; axis < AXES; axis++) {
            values[axis] = (float) scene.axes[axis];
        }
        for (int thing = 0; thing < ToyTable.THINGS; thing++) {
            final int at = AXES + PER_THING * thing;
            values[at] = (float) scene.x(thing);
            values[at + 1] = (float) scene.y(thing);
            values[at + 2] = (float) scene.z(thing);
            values[at + 3] = (float) scene.yaw[thing];
        }
        return values;
    }

    @Override
    public void write(final DataOutputStream out) throws IOException {
        out.writeInt(MAGIC);
        out.writeUTF(instruction);
        out.writeInt(things.size());
        for (final String thing : things) {
            out.writeUTF(thing);
        }
        out.writeInt(rows());
        for (int row = 0; row < rows(); row++) {
            Episode.writeFloats(out, states[row]);
            Episode.writeFloats(out, actions[row]);
            Episode.writeFloats(out, scenes[row]);
            out.writeBoolean(held[row]);
            out.writeBoolean(detours[row]);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static ToyDemonstration read(final DataInputStream in) throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IOException("not a demonstration of toy placement");
        }
        final String instruction = in.readUTF();
        final List<String> things = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            things.add(in.readUTF());
        }
        final int rows = in.readInt();
        final float[][] states = new float[rows][];
        final float[][] actions = new float[rows][];
        final float[][] scenes = new float[rows][];
        final boolean[] held = new boolean[rows];
        final boolean[] detours = new boolean[rows];
        for (int row = 0; row < rows; row++) {
            states[row] = Episode.readFloats(in);
            actions[row] = Episode.readFloats(in);
            scenes[row] = Episode.readFloats(in);
            held[row] = in.readBoolean();
            detours[row] = in.readBoolean();
        }
        return new ToyDemonstration(instruction, List.copyOf(things), states, actions, scenes, held, detours);
    }
}
