package dev.continuo.training.data;

import dev.continuo.perception.PictureLimits;
import dev.continuo.perception.QwenImageProcessor;
import dev.continuo.perception.Resampler;
import dev.continuo.reasoning.network.ImagePatches;
import java.util.HashMap;
import java.util.Map;

/** A camera's pictures as the model takes them: resized as its configuration says, and cut into patches. For one thread. */
final class Lens {
    private final PictureLimits limits;
    private final int width;
    private final int height;
    private final Resampler resampler;
    private final byte[] scaled;
    private final Map<QwenImageProcessor.Size, QwenImageProcessor> processors = new HashMap<>();

    /** A lens for pictures of a size in pixels. */
    Lens(final PictureLimits limits, final int pictureWidth, final int pictureHeight) {
        this.limits = limits;
        final QwenImageProcessor.Size size = QwenImageProcessor.smartResize(pictureWidth, pictureHeight, limits.minPixels(), limits.maxPixels());
        width = size.width();
        height = size.height();
        resampler = new Resampler(pictureWidth, pictureHeight, width, height);
        scaled = new byte[3 * width * height];
    }

    /** Width of what the model sees, pixels. */
    int width() {
        return width;
    }

    /** Height of what the model sees, pixels. */
    int height() {
        return height;
    }

    /** Takes in a picture. */
    void look(final byte[] picture) {
        resampler.resample(picture, scaled);
    }

    /** The whole of the picture that was taken in last. */
    ImagePatches whole() {
        return picture(scaled, width, height);
    }

    /** Any picture, as large as it is. */
    ImagePatches picture(final byte[] rgb, final int pixelColumns, final int pixelRows) {
        final QwenImageProcessor processor = processors.computeIfAbsent(
            new QwenImageProcessor.Size(pixelColumns, pixelRows), size -> limits.processor(size.width(), size.height()));
        final float[] values = new float[processor.valueCount()];
        processor.process(rgb, values, 0);
        return new ImagePatches(values, processor.gridRows(), processor.gridColumns());
    }
}
