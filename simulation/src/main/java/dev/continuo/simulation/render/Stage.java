package dev.continuo.simulation.render;

import dev.continuo.hardware.kinematics.Pose;
import dev.continuo.simulation.scene.CellGeometry;
import dev.continuo.simulation.scene.SceneState;

/**
 * Places bodies in the world, lights them and hands their triangles to the rasteriser or to the shadow mask. No allocation after
 * construction.
 */
public final class Stage {
    private static final int MAX_VERTICES = 512;
    private static final float BRIGHTEST = 254.9f;
    private static final float SHININESS = 0.35f;

    private final View view;
    private final ShadowMask shadows;
    private final float[] vertices = new float[MAX_VERTICES * Rasteriser.STRIDE];
    private final boolean[] visible = new boolean[MAX_VERTICES];
    private final double[] point = new double[3];
    private final double floor;
    private Rasteriser target;
    private Look look;

    /**
     * A stage.
     *
     * @param floor height of the plane that shadows fall on, metres
     */
    public Stage(final View view, final ShadowMask shadows, final double floor) {
        this.floor = floor;
        this.view = view;
        this.shadows = shadows;
    }

    /** Chooses what is drawn on. */
    public void target(final Rasteriser rasteriser) {
        target = rasteriser;
    }

    /** Chooses light and colours. */
    public void light(final Look lit) {
        look = lit;
    }

    /** Draws a body; mirrored means reflected in the plane y = 0 of its own frame. */
    public void draw(final Mesh mesh, final Pose pose, final boolean mirrored) {
        final float side = mirrored ? -1 : 1;
        for (int i = 0; i < mesh.vertexCount(); i++) {
            final int at = i * Rasteriser.STRIDE;
            place(pose, mesh.positions()[3 * i], side * mesh.positions()[3 * i + 1], mesh.positions()[3 * i + 2]);
            visible[i] = view.project(point[0], point[1], point[2], vertices, at);
            final double[] r = pose.rotation;
            final float nx = mesh.normals()[3 * i];
            final float ny = side * mesh.normals()[3 * i + 1];
            final float nz = mesh.normals()[3 * i + 2];
            shade(
                (float) (r[0] * nx + r[1] * ny + r[2] * nz), (float) (r[3] * nx + r[4] * ny + r[5] * nz),
                (float) (r[6] * nx + r[7] * ny + r[8] * nz), 3 * mesh.materials()[i], at);
        }
        final int[] triangles = mesh.triangles();
        for (int t = 0; t < triangles.length; t += 3) {
            final int a = triangles[t] * Rasteriser.STRIDE;
            final int b = triangles[t + 1] * Rasteriser.STRIDE;
            final int c = triangles[t + 2] * Rasteriser.STRIDE;
            if (visible[triangles[t]] && visible[triangles[t + 1]] && visible[triangles[t + 2]]
                && Rasteriser.area(vertices, a, b, c) * side < 0) {
                target.shade(vertices, a, b, c);
            }
        }
    }

    /** Adds a body's shadow on the floor. */
    public void cast(final Mesh mesh, final Pose pose) {
        final Look.Light light = look.light;
        for (int i = 0; i < mesh.vertexCount(); i++) {
            place(pose, mesh.positions()[3 * i], mesh.positions()[3 * i + 1], mesh.positions()[3 * i + 2]);
            final double drop = (point[2] - floor) / (light.z() - point[2]);
            visible[i] = drop >= 0 && view.project(
                point[0] + (point[0] - light.x()) * drop, point[1] + (point[1] - light.y()) * drop, floor, vertices,
                i * Rasteriser.STRIDE);
        }
        final int[] triangles = mesh.triangles();
        for (int t = 0; t < triangles.length; t += 3) {
            final int a = triangles[t] * Rasteriser.STRIDE;
            final int b = triangles[t + 1] * Rasteriser.STRIDE;
            final int c = triangles[t + 2] * Rasteriser.STRIDE;
            if (visible[triangles[t]] && visible[triangles[t + 1]] && visible[triangles[t + 2]]) {
                shadows.fill(
                    vertices[a] / 2, vertices[a + 1] / 2, vertices[b] / 2, vertices[b + 1] / 2, vertices[c] / 2, vertices[c + 1] / 2);
            }
        }
    }

    /** Draws one of {@code cells} squared pieces of the table, so that the lamp's fall-off is seen. */
    public void drawTable(final Texture texture, final int row, final int column, final int cells) {
        for (int corner = 0; corner < 4; corner++) {
            final double down = (row + (corner >= 2 ? 1 : 0)) / (double) cells;
            final double right = (column + (corner == 1 || corner == 2 ? 1 : 0)) / (double) cells;
            point[0] = TablePainter.MAX_X + (TablePainter.MIN_X - TablePainter.MAX_X) * down;
            point[1] = TablePainter.HALF_Y - 2 * TablePainter.HALF_Y * right;
            point[2] = 0;
            sheetVertex(corner, texture, right, down);
        }
        sheet(texture);
    }

    /** Draws the board where the state has it. */
    void drawBoard(final SceneState state, final Texture texture) {
        final double cos = Math.cos(state.boardYaw);
        final double sin = Math.sin(state.boardYaw);
        for (int corner = 0; corner < 4; corner++) {
            final int down = corner >= 2 ? 1 : 0;
            final int right = corner == 1 || corner == 2 ? 1 : 0;
            final double x = CellGeometry.BOARD_LENGTH * (0.5 - down);
            final double y = CellGeometry.BOARD_WIDTH * (0.5 - right);
            point[0] = state.boardX + cos * x - sin * y;
            point[1] = state.boardY + sin * x + cos * y;
            point[2] = CellGeometry.BOARD_THICKNESS;
            sheetVertex(corner, texture, right, down);
        }
        sheet(texture);
    }

    /** Draws the face of a card when it is seen. */
    void drawCardFace(final Pose pose, final Texture texture) {
        for (int corner = 0; corner < 4; corner++) {
            final int down = corner >= 2 ? 1 : 0;
            final int right = corner == 1 || corner == 2 ? 1 : 0;
            place(
                pose, CellGeometry.CARD_LENGTH * (0.5 - down), CellGeometry.CARD_WIDTH * (0.5 - right),
                CellGeometry.CARD_THICKNESS / 2 + 0.0002);
            sheetVertex(corner, texture, right, down);
        }
        sheet(texture);
    }

    /**
     * Draws a picture on a flat side of a body when it is seen.
     *
     * @param corners x, y, z of the picture's upper left, upper right, lower right and lower left corner in the body's frame
     * @param normal  the direction that the side faces, in the body's frame
     */
    public void drawPanel(final Pose pose, final double[] corners, final double[] normal, final Texture texture) {
        final double[] r = pose.rotation;
        final float nx = (float) (r[0] * normal[0] + r[1] * normal[1] + r[2] * normal[2]);
        final float ny = (float) (r[3] * normal[0] + r[4] * normal[1] + r[5] * normal[2]);
        final float nz = (float) (r[6] * normal[0] + r[7] * normal[1] + r[8] * normal[2]);
        for (int corner = 0; corner < 4; corner++) {
            place(pose, corners[3 * corner], corners[3 * corner + 1], corners[3 * corner + 2]);
            sheetVertex(corner, texture, corner == 1 || corner == 2 ? 1 : 0, corner >= 2 ? 1 : 0, facing(nx, ny, nz));
        }
        sheet(texture);
    }

    private void sheetVertex(final int corner, final Texture texture, final double right, final double down) {
        sheetVertex(corner, texture, right, down, facing(0, 0, 1));
    }

    private void sheetVertex(final int corner, final Texture texture, final double right, final double down, final float facing) {
        final int at = corner * Rasteriser.STRIDE;
        visible[corner] = view.project(point[0], point[1], point[2], vertices, at);
        final Look.Light light = look.light;
        for (int i = 0; i < 3; i++) {
            vertices[at + 3 + i] = light.ambient()[i] + facing * light.rgb()[i];
        }
        vertices[at + 6] = (float) (right * texture.width) * vertices[at + 2];
        vertices[at + 7] = (float) (down * texture.height) * vertices[at + 2];
    }

    private void sheet(final Texture texture) {
        final int s = Rasteriser.STRIDE;
        // Corners run clockwise as seen from above: the area is positive when the front faces the camera.
        if (visible[0] && visible[1] && visible[2] && visible[3] && Rasteriser.area(vertices, 0, s, 2 * s) > 0) {
            target.texture(vertices, 0, s, 2 * s, texture);
            target.texture(vertices, 0, 2 * s, 3 * s, texture);
        }
    }

    private void place(final Pose pose, final double x, final double y, final double z) {
        for (int i = 0; i < 3; i++) {
            point[i] = pose.position[i] + pose.rotation[3 * i] * x + pose.rotation[3 * i + 1] * y + pose.rotation[3 * i + 2] * z;
        }
    }

    /** Colour of the vertex at {@link #point}: light from everywhere, the lamp, and a soft highlight for a camera that is above. */
    private void shade(final float nx, final float ny, final float nz, final int material, final int at) {
        final Look.Light light = look.light;
        final float facing = facing(nx, ny, nz);
        final float sky = 0.6f + 0.4f * nz;
        final float up = Math.max(0, nz);
        final float gloss = SHININESS * facing * up * up * up * up;
        for (int i = 0; i < 3; i++) {
            final float base = look.palette[material + i];
            final float lit = base * (light.ambient()[i] * sky + light.rgb()[i] * facing) + 0.25f * gloss * light.rgb()[i];
            vertices[at + 3 + i] = Math.min(BRIGHTEST, lit * 255);
        }
    }

    /** Cosine between a normal at {@link #point} and the direction to the lamp, 0 when it faces away. */
    private float facing(final float nx, final float ny, final float nz) {
        final Look.Light light = look.light;
        final double dx = light.x() - point[0];
        final double dy = light.y() - point[1];
        final double dz = light.z() - point[2];
        return (float) Math.max(0, (nx * dx + ny * dy + nz * dz) / Math.sqrt(dx * dx + dy * dy + dz * dz));
    }
}
