package dev.continuo.simulation.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RasteriserTest {
    @Test
    void trianglesThatShareAnEdgeCoverEachPixelOnce() {
        final SplittableRandom random = new SplittableRandom(1);
        for (int trial = 0; trial < 200; trial++) {
            final Rasteriser rasteriser = new Rasteriser(40, 40);
            final float[] v = new float[5 * Rasteriser.STRIDE];
            final double[][] corners = {{5, 5}, {35, 4}, {36, 33}, {3, 36}};
            for (int i = 0; i < 4; i++) {
                vertex(v, i, corners[i][0] + random.nextDouble(), corners[i][1] + random.nextDouble());
            }
            vertex(v, 4, 15 + random.nextDouble(10), 15 + random.nextDouble(10));
            final int[] covered = new int[40 * 40];
            for (int i = 0; i < 4; i++) {
                Arrays.fill(rasteriser.depth, 0);
                Arrays.fill(rasteriser.colour, 0);
                rasteriser.shade(v, i * Rasteriser.STRIDE, (i + 1) % 4 * Rasteriser.STRIDE, 4 * Rasteriser.STRIDE);
                for (int p = 0; p < covered.length; p++) {
                    covered[p] += rasteriser.colour[p] != 0 ? 1 : 0;
                }
            }
            for (int y = 8; y < 32; y++) {
                for (int x = 8; x < 32; x++) {
                    assertEquals(1, covered[y * 40 + x], "pixel " + x + "," + y + " in trial " + trial);
                }
            }
        }
    }

    @Test
    void theNearerTriangleIsSeenWhicheverComesFirst() {
        final float[] v = new float[6 * Rasteriser.STRIDE];
        for (int i = 0; i < 6; i++) {
            vertex(v, i, i % 3 == 1 ? 30 : 2, i % 3 == 2 ? 30 : 2);
            v[i * Rasteriser.STRIDE + 2] = i < 3 ? 2 : 1;
            v[i * Rasteriser.STRIDE + 3] = i < 3 ? 200 : 100;
        }
        for (int order = 0; order < 2; order++) {
            final Rasteriser rasteriser = new Rasteriser(32, 32);
            final int first = 3 * order * Rasteriser.STRIDE;
            final int second = 3 * (1 - order) * Rasteriser.STRIDE;
            rasteriser.shade(v, first, first + Rasteriser.STRIDE, first + 2 * Rasteriser.STRIDE);
            rasteriser.shade(v, second, second + Rasteriser.STRIDE, second + 2 * Rasteriser.STRIDE);
            assertEquals(200, rasteriser.colour[8 * 32 + 8] >> 16);
        }
    }

    @Test
    void aTextureIsLaidInPerspective() {
        final Texture texture = new Texture(101, 4);
        for (int i = 0; i < texture.texels.length; i++) {
            texture.texels[i] = i % 101 << 16;
        }
        final Rasteriser rasteriser = new Rasteriser(128, 16);
        final float[] v = new float[4 * Rasteriser.STRIDE];
        // The right end is twice as far as the left one.
        for (int i = 0; i < 4; i++) {
            final boolean right = i == 1 || i == 2;
            vertex(v, i, right ? 128 : 0, i >= 2 ? 16 : 0);
            final int at = i * Rasteriser.STRIDE;
            v[at + 2] = right ? 0.5f : 1f;
            v[at + 3] = 1;
            v[at + 6] = (right ? 100.5f : 0.5f) * v[at + 2];
            v[at + 7] = (i >= 2 ? 4 : 0) * v[at + 2];
        }
        rasteriser.texture(v, 0, Rasteriser.STRIDE, 2 * Rasteriser.STRIDE, texture);
        rasteriser.texture(v, 0, 2 * Rasteriser.STRIDE, 3 * Rasteriser.STRIDE, texture);
        for (int x = 0; x < 128; x++) {
            final double t = (x + 0.5) / 128;
            final double expected = 100 * t / (2 - t);
            assertEquals(expected, rasteriser.colour[8 * 128 + x] >> 16, 1.6, "column " + x);
        }
    }

    private static void vertex(final float[] v, final int index, final double x, final double y) {
        final int at = index * Rasteriser.STRIDE;
        v[at] = (float) x;
        v[at + 1] = (float) y;
        v[at + 2] = 1;
        v[at + 3] = 255;
    }
}
