package dev.continuo.training.data;

import dev.continuo.perception.QwenImageProcessor;
import dev.continuo.reasoning.network.ImagePatches;
import dev.continuo.simulation.render.Appearance;
import dev.continuo.simulation.render.SceneRenderer;
import dev.continuo.simulation.scene.CellGeometry;
import dev.continuo.simulation.scene.SceneState;

/**
 * What the top camera sees of a scene, as the model takes it: the whole picture or a window of it at the same scale. For one thread.
 */
final class Eye {
    private static final int PATCH = 14;

    private final SceneRenderer renderer = new SceneRenderer();
    private final byte[] picture = new byte[renderer.byteCount()];
    private final QwenImageProcessor processor;
    private final int width;
    private final int height;
    private final byte[] scaled;

    /** An eye whose pictures are preprocessed as the model's configuration says. */
    Eye(final QwenImageProcessor processor) {
        this.processor = processor;
        width = processor.targetWidth(CellGeometry.CAMERA_WIDTH, CellGeometry.CAMERA_HEIGHT);
        height = processor.targetHeight(CellGeometry.CAMERA_WIDTH, CellGeometry.CAMERA_HEIGHT);
        scaled = new byte[3 * width * height];
    }

    /** Looks at a scene; what follows is about this picture. */
    void look(final SceneState scene, final Appearance appearance) {
        renderer.render(scene, appearance, picture);
        processor.resize(picture, CellGeometry.CAMERA_WIDTH, CellGeometry.CAMERA_HEIGHT, scaled, width, height);
    }

    /** The whole picture. */
    ImagePatches whole() {
        return window(0, 0, width / PATCH, height / PATCH);
    }

    /**
     * A window of the picture, moved inside it where it would stick out.
     *
     * @param left    first column, pixels of the scaled picture
     * @param top     first row, pixels of the scaled picture
     * @param columns width in patches, even
     * @param rows    height in patches, even
     */
    ImagePatches window(final int left, final int top, final int columns, final int rows) {
        final int w = columns * PATCH;
        final int h = rows * PATCH;
        final int x0 = Math.clamp(left, 0, width - w);
        final int y0 = Math.clamp(top, 0, height - h);
        final byte[] part = new byte[3 * w * h];
        for (int y = 0; y < h; y++) {
            System.arraycopy(scaled, 3 * ((y0 + y) * width + x0), part, 3 * y * w, 3 * w);
        }
        final float[] values = new float[rows * columns * processor.patchValues()];
        processor.patches(part, w, h, values);
        return new ImagePatches(values, rows, columns);
    }

    /** The column of the scaled picture in which a point of the table is seen, without the camera's misalignment. */
    int columnOf(final double y) {
        return (int) Math.round(width / 2.0 - y * pixelsPerMetre());
    }

    /** The row of the scaled picture in which a point of the table is seen, without the camera's misalignment. */
    int rowOf(final double x) {
        return (int) Math.round(height / 2.0 - (x - CellGeometry.CAMERA_X) * pixelsPerMetre());
    }

    private double pixelsPerMetre() {
        return height / (2 * CellGeometry.CAMERA_Z * Math.tan(CellGeometry.CAMERA_FIELD_OF_VIEW / 2));
    }
}
