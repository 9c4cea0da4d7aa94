package dev.continuo.training.data;

import dev.continuo.perception.PictureLimits;
import dev.continuo.perception.QwenImageProcessor;
import dev.continuo.perception.Resampler;
import dev.continuo.reasoning.network.ImagePatches;
import dev.continuo.simulation.render.Appearance;
import dev.continuo.simulation.render.SceneRenderer;
import dev.continuo.simulation.scene.CellGeometry;
import dev.continuo.simulation.scene.SceneState;
import java.util.HashMap;
import java.util.Map;

/**
 * What the top camera sees of a scene, as the model takes it: the whole picture or a window of it at the same scale. For one thread.
 */
final class Eye {
    private static final int PATCH = QwenImageProcessor.PATCH;

    private final SceneRenderer renderer = new SceneRenderer();
    private final byte[] picture = new byte[renderer.byteCount()];
    private final PictureLimits limits;
    private final int width;
    private final int height;
    private final Resampler resampler;
    private final byte[] scaled;
    private final Map<QwenImageProcessor.Size, QwenImageProcessor> processors = new HashMap<>();

    /** An eye whose pictures are resized as the model's configuration says. */
    Eye(final PictureLimits limits) {
        this.limits = limits;
        final QwenImageProcessor.Size size = QwenImageProcessor.smartResize(
            CellGeometry.CAMERA_WIDTH, CellGeometry.CAMERA_HEIGHT, limits.minPixels(), limits.maxPixels());
        width = size.width();
        height = size.height();
        resampler = new Resampler(CellGeometry.CAMERA_WIDTH, CellGeometry.CAMERA_HEIGHT, width, height);
        scaled = new byte[3 * width * height];
    }

    /** Looks at a scene; what follows is about this picture. */
    void look(final SceneState scene, final Appearance appearance) {
        renderer.render(scene, appearance, picture);
        resampler.resample(picture, scaled);
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
        return picture(part, w, h);
    }

    /** Any picture, preprocessed. */
    ImagePatches picture(final byte[] rgb, final int pixelColumns, final int pixelRows) {
        final QwenImageProcessor processor = processors.computeIfAbsent(
            new QwenImageProcessor.Size(pixelColumns, pixelRows), size -> limits.processor(size.width(), size.height()));
        final float[] values = new float[processor.valueCount()];
        processor.process(rgb, values, 0);
        return new ImagePatches(values, processor.gridRows(), processor.gridColumns());
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
