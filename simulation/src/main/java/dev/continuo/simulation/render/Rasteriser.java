package dev.continuo.simulation.render;

import java.util.Arrays;

/**
 * Fills triangles into a colour and a depth buffer. Depth is 1/w, so larger is nearer. Neighbouring triangles leave no gap and no
 * pixel twice: a pixel belongs to the triangle that holds its centre, upper and left edges included.
 *
 * <p>Vertices are {@value #STRIDE} floats: x, y (pixels), 1/w, red, green, blue (0 to 254.9, or a factor 0 to 1 for textured
 * triangles), u/w, v/w (texels over w). No allocation after construction.
 */
public final class Rasteriser {
    /** Floats of one vertex. */
    static final int STRIDE = 8;
    /** Samples between two exact perspective divisions. */
    private static final int RUN = 16;
    private static final int ROOM = 0x404040;

    final int width;
    final int height;
    final int[] colour;
    final float[] depth;

    private final float[] edgeTop = new float[3];
    private final float[] edgeBottom = new float[3];
    private final float[] edgeX = new float[3];
    private final float[] edgeSlope = new float[3];
    private final float[] gradientX = new float[STRIDE];
    private final float[] gradientY = new float[STRIDE];
    private final float[] value = new float[STRIDE];
    private int spanStart;
    private int spanEnd;

    /** A rasteriser of a picture of so many samples. */
    public Rasteriser(final int width, final int height) {
        this.width = width;
        this.height = height;
        this.colour = new int[width * height];
        this.depth = new float[width * height];
    }

    /** Leaves nothing but the dim room behind everything. */
    public void clear() {
        Arrays.fill(colour, ROOM);
        Arrays.fill(depth, 0);
    }

    /** Takes over the buffers of another rasteriser of the same size. */
    public void restore(final Rasteriser other) {
        System.arraycopy(other.colour, 0, colour, 0, colour.length);
        System.arraycopy(other.depth, 0, depth, 0, depth.length);
    }

    /** Twice the signed area of a triangle on the screen: negative when its front, wound counter-clockwise, faces the camera. */
    static float area(final float[] v, final int a, final int b, final int c) {
        return (v[b] - v[a]) * (v[c + 1] - v[a + 1]) - (v[c] - v[a]) * (v[b + 1] - v[a + 1]);
    }

    /** Fills a triangle whose colour runs linearly between the vertices at offsets a, b and c. */
    void shade(final float[] v, final int a, final int b, final int c) {
        if (!setUp(v, a, b, c, 6)) {
            return;
        }
        final int last = lastRow(v, a, b, c);
        for (int y = firstRow(v, a, b, c); y <= last; y++) {
            span(y);
            if (spanStart < spanEnd) {
                start(v, a, y, 6);
                shadeSpan(y * width + spanStart, y * width + spanEnd);
            }
        }
    }

    /** Steps are copied to locals: the compiler cannot know that the buffers are other arrays. */
    private void shadeSpan(final int from, final int end) {
        final float nearStep = gradientX[2];
        final float redStep = gradientX[3];
        final float greenStep = gradientX[4];
        final float blueStep = gradientX[5];
        float near = value[2];
        float red = value[3];
        float green = value[4];
        float blue = value[5];
        for (int at = from; at < end; at++) {
            if (near > depth[at]) {
                depth[at] = near;
                colour[at] = (int) red << 16 | (int) green << 8 | (int) blue;
            }
            near += nearStep;
            red += redStep;
            green += greenStep;
            blue += blueStep;
        }
    }

    /** Fills a triangle with a texture in correct perspective, darkened by the factors in the vertices' colours. */
    void texture(final float[] v, final int a, final int b, final int c, final Texture texture) {
        if (!setUp(v, a, b, c, STRIDE)) {
            return;
        }
        final int last = lastRow(v, a, b, c);
        for (int y = firstRow(v, a, b, c); y <= last; y++) {
            span(y);
            if (spanStart < spanEnd) {
                start(v, a, y, STRIDE);
                final int end = y * width + spanEnd;
                for (int at = y * width + spanStart; at < end; at += RUN) {
                    textureRun(at, Math.min(at + RUN, end), texture);
                }
            }
        }
    }

    /** A run of samples between whose ends the texture is laid linearly, perspective being exact at the ends. */
    private void textureRun(final int from, final int end, final Texture texture) {
        final int count = end - from;
        final float nearStep = gradientX[2];
        float near = value[2];
        float u = value[6] / near;
        float v = value[7] / near;
        final float farNear = near + count * nearStep;
        final float uStep = ((value[6] + count * gradientX[6]) / farNear - u) / count;
        final float vStep = ((value[7] + count * gradientX[7]) / farNear - v) / count;
        // Factors in 1/256, constant over a run: they change slowly.
        final int red = (int) (value[3] * 256);
        final int green = (int) (value[4] * 256);
        final int blue = (int) (value[5] * 256);
        for (int at = from; at < end; at++) {
            if (near > depth[at]) {
                depth[at] = near;
                final int texel = texture.sample(u, v);
                colour[at] = Math.min((texel >> 16) * red, 0xffff) >> 8 << 16 | Math.min((texel >> 8 & 255) * green, 0xffff) & 0xff00
                    | Math.min((texel & 255) * blue, 0xffff) >> 8;
            }
            near += nearStep;
            u += uStep;
            v += vStep;
        }
        for (int i = 2; i < STRIDE; i++) {
            value[i] += count * gradientX[i];
        }
    }

    /** Attributes at the centre of the span's first sample. */
    private void start(final float[] v, final int a, final int y, final int attributes) {
        final float dx = spanStart + 0.5f - v[a];
        final float dy = y + 0.5f - v[a + 1];
        for (int i = 2; i < attributes; i++) {
            value[i] = v[a + i] + gradientX[i] * dx + gradientY[i] * dy;
        }
    }

    private boolean setUp(final float[] v, final int a, final int b, final int c, final int attributes) {
        final float area = area(v, a, b, c);
        if (Math.abs(area) < 1e-6f) {
            return false;
        }
        final float scale = 1 / area;
        final float x1 = v[b] - v[a];
        final float y1 = v[b + 1] - v[a + 1];
        final float x2 = v[c] - v[a];
        final float y2 = v[c + 1] - v[a + 1];
        for (int i = 2; i < attributes; i++) {
            final float first = v[b + i] - v[a + i];
            final float second = v[c + i] - v[a + i];
            gradientX[i] = (first * y2 - second * y1) * scale;
            gradientY[i] = (second * x1 - first * x2) * scale;
        }
        edge(0, v, a, b);
        edge(1, v, b, c);
        edge(2, v, c, a);
        return true;
    }

    /** Edges run from the upper to the lower end whichever triangle asks, so that neighbours compute the same x. */
    private void edge(final int edge, final float[] v, final int from, final int to) {
        final boolean down = v[from + 1] < v[to + 1] || v[from + 1] == v[to + 1] && v[from] < v[to];
        final int top = down ? from : to;
        final int bottom = down ? to : from;
        edgeTop[edge] = v[top + 1];
        edgeBottom[edge] = v[bottom + 1];
        edgeX[edge] = v[top];
        final float rows = v[bottom + 1] - v[top + 1];
        edgeSlope[edge] = rows == 0 ? 0 : (v[bottom] - v[top]) / rows;
    }

    private void span(final int y) {
        final float centre = y + 0.5f;
        float left = Float.MAX_VALUE;
        float right = -Float.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            if (centre >= edgeTop[i] && centre < edgeBottom[i]) {
                final float x = edgeX[i] + (centre - edgeTop[i]) * edgeSlope[i];
                left = Math.min(left, x);
                right = Math.max(right, x);
            }
        }
        spanStart = Math.max(0, ceil(left - 0.5f));
        spanEnd = Math.min(width, ceil(right - 0.5f));
    }

    private int firstRow(final float[] v, final int a, final int b, final int c) {
        return Math.max(0, ceil(Math.min(v[a + 1], Math.min(v[b + 1], v[c + 1])) - 0.5f));
    }

    private int lastRow(final float[] v, final int a, final int b, final int c) {
        return Math.min(height, ceil(Math.max(v[a + 1], Math.max(v[b + 1], v[c + 1])) - 0.5f)) - 1;
    }

    private static int ceil(final float value) {
        return (int) Math.ceil(value);
    }
}
