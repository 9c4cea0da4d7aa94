package dev.continuo.simulation.render;

import java.util.ArrayList;
import java.util.List;

/**
 * A solid body of triangles in the frame of the thing that it belongs to. Triangles are wound counter-clockwise seen from outside.
 *
 * @param positions x, y, z of each vertex, metres
 * @param normals   unit normals, likewise
 * @param materials the palette entry of each vertex
 * @param triangles three vertex numbers each
 */
public record Mesh(float[] positions, float[] normals, byte[] materials, int[] triangles) {

    /** Number of vertices. */
    public int vertexCount() {
        return materials.length;
    }

    /** Gathers solids into one mesh. */
    public static final class Builder {
        private static final int SIDES = 16;
        private final List<float[]> vertices = new ArrayList<>();
        private final List<Integer> materials = new ArrayList<>();
        private final List<int[]> triangles = new ArrayList<>();

        /** Adds a box given by its centre and its sides. */
        public Builder box(
            final int material, final double x, final double y, final double z, final double sizeX, final double sizeY,
            final double sizeZ) {
            return beam(material, new double[] {x - sizeX / 2, y, z}, new double[] {x + sizeX / 2, y, z}, sizeY, sizeZ);
        }

        /** Adds a box whose axis runs between two points of the plane y = constant, {@code width} wide along y. */
        public Builder beam(final int material, final double[] from, final double[] to, final double width, final double thickness) {
            final double length = Math.hypot(to[0] - from[0], to[2] - from[2]);
            final double[] along = {(to[0] - from[0]) / length, 0, (to[2] - from[2]) / length};
            final double[][] axes = {along, {0, 1, 0}, {-along[2], 0, along[0]}};
            final double[] half = {length / 2, width / 2, thickness / 2};
            final double[] centre = {(from[0] + to[0]) / 2, (from[1] + to[1]) / 2, (from[2] + to[2]) / 2};
            for (int axis = 0; axis < 3; axis++) {
                for (int sign = -1; sign <= 1; sign += 2) {
                    face(material, centre, axes, half, axis, sign);
                }
            }
            return this;
        }

        private void face(
            final int material, final double[] centre, final double[][] axes, final double[] half, final int axis, final int sign) {
            final int second = (axis + 1) % 3;
            final int third = (axis + 2) % 3;
            final int first = vertices.size();
            for (int corner = 0; corner < 4; corner++) {
                final double b = (corner == 1 || corner == 2 ? 1 : -1) * half[second];
                final double c = (corner >= 2 ? 1 : -1) * half[third];
                final double[] p = new double[3];
                for (int i = 0; i < 3; i++) {
                    p[i] = centre[i] + sign * half[axis] * axes[axis][i] + b * axes[second][i] + c * axes[third][i];
                }
                vertex(material, p, new double[] {sign * axes[axis][0], sign * axes[axis][1], sign * axes[axis][2]});
            }
            quad(first, first + 1, first + 2, first + 3, sign < 0);
        }

        /** Adds a cylinder along an axis (0 x, 1 y, 2 z) between two places on it, the axis running through a centre. */
        public Builder cylinder(
            final int material, final int axis, final double[] centre, final double from, final double to, final double radius) {
            final int second = (axis + 1) % 3;
            final int third = (axis + 2) % 3;
            final int side = vertices.size();
            for (int i = 0; i < SIDES; i++) {
                final double angle = 2 * Math.PI * i / SIDES;
                final double[] normal = new double[3];
                normal[second] = Math.cos(angle);
                normal[third] = Math.sin(angle);
                for (int end = 0; end < 2; end++) {
                    vertex(material, rim(axis, centre, end == 0 ? from : to, radius, normal), normal);
                }
            }
            for (int i = 0; i < SIDES; i++) {
                final int next = (i + 1) % SIDES;
                quad(side + 2 * i, side + 2 * next, side + 2 * next + 1, side + 2 * i + 1, false);
            }
            cap(material, axis, centre, to, radius, false);
            cap(material, axis, centre, from, radius, true);
            return this;
        }

        private void cap(
            final int material, final int axis, final double[] centre, final double at, final double radius, final boolean flipped) {
            final double[] normal = new double[3];
            normal[axis] = flipped ? -1 : 1;
            final int first = vertices.size();
            for (int i = 0; i < SIDES; i++) {
                final double angle = 2 * Math.PI * i / SIDES;
                final double[] spoke = new double[3];
                spoke[(axis + 1) % 3] = Math.cos(angle);
                spoke[(axis + 2) % 3] = Math.sin(angle);
                vertex(material, rim(axis, centre, at, radius, spoke), normal);
            }
            for (int i = 1; i < SIDES - 1; i++) {
                triangles.add(flipped ? new int[] {first, first + i + 1, first + i} : new int[] {first, first + i, first + i + 1});
            }
        }

        private static double[] rim(
            final int axis, final double[] centre, final double at, final double radius, final double[] spoke) {
            final double[] p = {centre[0] + radius * spoke[0], centre[1] + radius * spoke[1], centre[2] + radius * spoke[2]};
            p[axis] += at;
            return p;
        }

        private void vertex(final int material, final double[] p, final double[] n) {
            vertices.add(new float[] {(float) p[0], (float) p[1], (float) p[2], (float) n[0], (float) n[1], (float) n[2]});
            materials.add(material);
        }

        private void quad(final int a, final int b, final int c, final int d, final boolean flipped) {
            triangles.add(flipped ? new int[] {a, c, b} : new int[] {a, b, c});
            triangles.add(flipped ? new int[] {a, d, c} : new int[] {a, c, d});
        }

        /** The mesh. */
        public Mesh build() {
            final int count = vertices.size();
            final float[] positions = new float[3 * count];
            final float[] normals = new float[3 * count];
            final byte[] entries = new byte[count];
            for (int i = 0; i < count; i++) {
                System.arraycopy(vertices.get(i), 0, positions, 3 * i, 3);
                System.arraycopy(vertices.get(i), 3, normals, 3 * i, 3);
                entries[i] = materials.get(i).byteValue();
            }
            return new Mesh(positions, normals, entries, triangles.stream().flatMapToInt(java.util.Arrays::stream).toArray());
        }
    }
}
