package dev.continuo.simulation.render;

import java.util.Arrays;

/**
 * The shadow that moving things cast on table and board, at the resolution of the picture: projected triangles, then two box blurs
 * for the soft edge of a large lamp. No allocation after construction.
 */
public final class ShadowMask {
    private static final int RADIUS = 2;

    private final int width;
    private final int height;
    private final int[] mask;
    private final int[] blurred;
    private int left;
    private int top;
    private int right;
    private int bottom;

    /** A mask for a picture of so many pixels. */
    public ShadowMask(final int width, final int height) {
        this.width = width;
        this.height = height;
        this.mask = new int[width * height];
        this.blurred = new int[width * height];
    }

    /** Takes all shadow away. */
    public void clear() {
        Arrays.fill(mask, 0);
        left = width;
        top = height;
        right = 0;
        bottom = 0;
    }

    /** Adds a triangle in pixels of the picture. */
    void fill(final float x0, final float y0, final float x1, final float y1, final float x2, final float y2) {
        final int firstY = Math.max(0, (int) Math.ceil(Math.min(y0, Math.min(y1, y2)) - 0.5f));
        final int endY = Math.min(height, (int) Math.ceil(Math.max(y0, Math.max(y1, y2)) - 0.5f));
        for (int y = firstY; y < endY; y++) {
            final float centre = y + 0.5f;
            float from = Float.MAX_VALUE;
            float to = -Float.MAX_VALUE;
            for (int edge = 0; edge < 3; edge++) {
                final float ax = edge == 0 ? x0 : edge == 1 ? x1 : x2;
                final float ay = edge == 0 ? y0 : edge == 1 ? y1 : y2;
                final float bx = edge == 0 ? x1 : edge == 1 ? x2 : x0;
                final float by = edge == 0 ? y1 : edge == 1 ? y2 : y0;
                if (centre >= Math.min(ay, by) && centre < Math.max(ay, by)) {
                    final float x = ax + (centre - ay) / (by - ay) * (bx - ax);
                    from = Math.min(from, x);
                    to = Math.max(to, x);
                }
            }
            final int firstX = Math.max(0, (int) Math.ceil(from - 0.5f));
            final int endX = Math.min(width, (int) Math.ceil(to - 0.5f));
            if (firstX < endX) {
                Arrays.fill(mask, y * width + firstX, y * width + endX, 256);
                left = Math.min(left, firstX);
                right = Math.max(right, endX);
                top = Math.min(top, y);
                bottom = Math.max(bottom, y + 1);
            }
        }
    }

    /** Darkens a picture of 2×2 samples per pixel as much as a look says. */
    public void darken(final Rasteriser picture, final Look look) {
        final int[] colour = picture.colour;
        if (left >= right) {
            return;
        }
        final int x0 = Math.max(0, left - 2 * RADIUS);
        final int x1 = Math.min(width, right + 2 * RADIUS);
        final int y0 = Math.max(0, top - 2 * RADIUS);
        final int y1 = Math.min(height, bottom + 2 * RADIUS);
        for (int pass = 0; pass < 2; pass++) {
            blur(mask, blurred, x0, x1, y0, y1, 1, x0, x1);
            blur(blurred, mask, x0, x1, y0, y1, width, y0, y1);
        }
        for (int y = y0; y < y1; y++) {
            for (int x = x0; x < x1; x++) {
                final int shadow = mask[y * width + x];
                if (shadow > 0) {
                    final int light = 256 - (shadow * look.shadow >> 8);
                    final int at = 4 * y * width + 2 * x;
                    colour[at] = dim(colour[at], light);
                    colour[at + 1] = dim(colour[at + 1], light);
                    colour[at + 2 * width] = dim(colour[at + 2 * width], light);
                    colour[at + 2 * width + 1] = dim(colour[at + 2 * width + 1], light);
                }
            }
        }
    }

    private static int dim(final int colour, final int light) {
        return ((colour & 0xff00ff) * light >>> 8 & 0xff00ff) | ((colour & 0x00ff00) * light >>> 8 & 0x00ff00);
    }

    /** One-dimensional box blur along rows (step 1) or columns (step width), reading within the limits of that direction. */
    private void blur(
        final int[] from, final int[] to, final int x0, final int x1, final int y0, final int y1, final int step, final int low,
        final int high) {
        for (int y = y0; y < y1; y++) {
            for (int x = x0; x < x1; x++) {
                final int place = step == 1 ? x : y;
                final int first = Math.max(-RADIUS, low - place);
                final int last = Math.min(RADIUS, high - 1 - place);
                final int at = y * width + x;
                int sum = 0;
                for (int i = first; i <= last; i++) {
                    sum += from[at + i * step];
                }
                to[at] = sum / (2 * RADIUS + 1);
            }
        }
    }
}
