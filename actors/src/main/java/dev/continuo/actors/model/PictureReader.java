package dev.continuo.actors.model;

import dev.continuo.perception.Frame;
import dev.continuo.perception.PictureLimits;
import dev.continuo.perception.QwenImageProcessor;
import dev.continuo.reasoning.network.ImagePatches;
import java.util.ArrayList;
import java.util.List;

/** Pictures as the vision tower takes them. Processors are kept by size: a camera's pictures all have the same. One thread. */
public final class PictureReader {
    private final PictureLimits limits;
    private final List<Sized> processors = new ArrayList<>();

    private record Sized(int width, int height, QwenImageProcessor processor) {
    }

    /** A reader of pictures of any sizes. */
    public PictureReader(final PictureLimits limits) {
        this.limits = limits;
    }

    /** One image of each picture, in their order. */
    public List<ImagePatches> read(final Frame[] pictures) {
        final List<ImagePatches> images = new ArrayList<>(pictures.length);
        for (final Frame picture : pictures) {
            final QwenImageProcessor processor = processor(picture.width(), picture.height());
            final float[] values = new float[processor.valueCount()];
            processor.process(picture.rgb(), values, 0);
            images.add(new ImagePatches(values, processor.gridRows(), processor.gridColumns()));
        }
        return images;
    }

    private QwenImageProcessor processor(final int width, final int height) {
        for (final Sized sized : processors) {
            if (sized.width == width && sized.height == height) {
                return sized.processor;
            }
        }
        final QwenImageProcessor processor = limits.processor(width, height);
        processors.add(new Sized(width, height, processor));
        return processor;
    }
}
